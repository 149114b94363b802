# SPDX-License-Identifier: MIT
"""Reading positions: to and from message ids, and kept while rows change; knows no view."""

from __future__ import annotations

from dataclasses import replace

from chatglm_desktop.core.tabs import Anchor
from chatglm_desktop.transcript.document import Transcript
from chatglm_desktop.transcript.geometry import Geometry, Place
from chatglm_desktop.transcript.item import RowChange


def kept(place: Place, item: int, change: RowChange) -> Place:
    """``place`` after rows of ``item`` changed: the same row, or the nearest that is left."""
    if place.item != item or place.row < change.first:
        return place
    if place.row >= change.first + change.removed:
        return replace(place, row=place.row + change.added - change.removed)
    if place.row < change.first + change.added:
        return place
    return Place(item, max(change.first + change.added - 1, 0))


def anchor_of(place: Place, transcript: Transcript, geometry: Geometry) -> Anchor:
    """``place`` as something that can be saved: pixels below the top of a message."""
    offset = geometry.y(place) - geometry.item_top(place.item)
    return Anchor(transcript[place.item].message.id, offset)


def place_of(anchor: Anchor, transcript: Transcript, geometry: Geometry) -> Place | None:
    """Where ``anchor`` is; None if its message is not there."""
    if not transcript.knows(anchor.message_id):
        return None
    item = transcript.index(anchor.message_id)
    if not geometry.is_open(item):
        return Place(item, 0, anchor.offset)
    top = geometry.item_top(item)
    inside = min(max(anchor.offset, 0.0), geometry.item_height(item) - 1.0)
    place = geometry.find(top + inside)
    return place if place.item == item else Place(item, 0)
