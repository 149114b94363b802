# SPDX-License-Identifier: MIT
"""Reading positions and targets: to and from places, and kept while rows change; no view."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chatglm_desktop.core.tabs import Anchor
from chatglm_desktop.transcript.document import Transcript
from chatglm_desktop.transcript.geometry import Geometry, Place
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.rows import RowChange
from chatglm_desktop.transcript.selection import PartKind


@dataclass(frozen=True, slots=True)
class Target:
    """A point that is to be shown as soon as its message is at hand.

    ``offset`` pixels below the top of the message at ``position``, or below that of one of its
    leaves or sources; ``anchor`` tells the message where it is known, as positions may change.
    ``share`` is how far down in the view the point is to stand, from 0 to 1.
    """

    position: int
    offset: float = 0.0
    leaf: tuple[PartKind, int] | None = None
    source: int | None = None
    anchor: Anchor | None = None
    share: float = 0.0


def index_of(target: Target, transcript: Transcript) -> int:
    """The item that a target is in."""
    anchor = target.anchor
    if anchor is not None and transcript.knows(anchor.message_id):
        return transcript.index(anchor.message_id)
    return min(target.position, len(transcript) - 1)


def row_of(target: Target, item: Item) -> int | None:
    """The row of a leaf or a source, as far as the item is parsed; None for a whole message."""
    if target.source is not None:
        return item.source_row(target.source)
    if target.leaf is None:
        return None
    part, leaf = target.leaf
    last = len(item.leaves(part)) - 1
    return item.leaf_row(part, min(leaf, last)) if last >= 0 else 0


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


def place_of(target: Target, transcript: Transcript, geometry: Geometry) -> Place:
    """Where ``target`` is, as far as that is known."""
    index = index_of(target, transcript)
    if not geometry.is_open(index):
        return Place(index, 0, max(target.offset, 0.0))
    row = row_of(target, transcript[index])
    if row is not None:
        return Place(index, row, target.offset)
    inside = min(max(target.offset, 0.0), geometry.item_height(index) - 1.0)
    place = geometry.find(geometry.item_top(index) + inside)
    return place if place.item == index else Place(index, 0)
