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
    leaves or sources. ``anchor`` is the reading position that is aimed at: it tells the message,
    as positions may change, and its leaf may be lower by now, or gone.
    ``share`` is how far down in the view the point is to stand, from 0 to 1.
    """

    position: int
    offset: float = 0.0
    leaf: tuple[PartKind, int] | None = None
    source: int | None = None
    anchor: Anchor | None = None
    share: float = 0.0


def target_of(anchor: Anchor, position: int) -> Target:
    """A reading position, whose message is at ``position`` as far as known."""
    part = PartKind.REASONING if anchor.thinking else PartKind.ANSWER
    leaf = None if anchor.leaf is None else (part, anchor.leaf)
    return Target(position, anchor.offset, leaf, anchor=anchor)


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
    if target.anchor is None:
        return item.leaf_row(part, min(leaf, last)) if last >= 0 else 0
    if part is PartKind.REASONING and not item.unfolded:
        # Where it would be.
        return item.leaf_row(part, 0) - 1
    return item.leaf_row(part, min(leaf, last + 1))


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
    """``place`` as something that can be saved.

    Counted from its leaf, because rows above it may have other heights at the next start.
    """
    item = transcript[place.item]
    id = item.message.id
    if not geometry.is_open(place.item):
        return Anchor(id, place.offset)
    top = geometry.row_top(place.item, place.row)
    for part in (PartKind.ANSWER, PartKind.REASONING):
        first = item.leaf_row(part, 0)
        if place.row >= first and (part is PartKind.ANSWER or item.unfolded):
            leaf = min(place.row - first, len(item.leaves(part)))
            above = top - geometry.row_top(place.item, first + leaf)
            return Anchor(id, above + place.offset, leaf, part is PartKind.REASONING)
    return Anchor(id, top + place.offset)


def place_of(target: Target, transcript: Transcript, geometry: Geometry) -> Place:
    """Where ``target`` is, as far as that is known."""
    index = index_of(target, transcript)
    if not geometry.is_open(index):
        return Place(index, 0, max(target.offset, 0.0))
    item = transcript[index]
    row = row_of(target, item)
    if row is not None:
        offset = target.offset
        if target.anchor is not None:
            offset = _offset_again(target, item, geometry.row_height(index, row))
        return Place(index, row, offset)
    inside = min(max(target.offset, 0.0), geometry.item_height(index) - 1.0)
    place = geometry.find(geometry.item_top(index) + inside)
    return place if place.item == index else Place(index, 0)


def _offset_again(target: Target, item: Item, height: float) -> float:
    """The offset of a reading position in the row that it has now, of ``height``."""
    assert target.leaf is not None
    part, leaf = target.leaf
    count = len(item.leaves(part))
    if leaf > count or (part is PartKind.REASONING and not item.unfolded):
        return 0.0
    return min(target.offset, max(height - 1.0, 0.0)) if leaf < count else target.offset
