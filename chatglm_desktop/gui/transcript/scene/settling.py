# SPDX-License-Identifier: MIT
"""Puts the view where it belongs and measures what is in it, within a budget of time; no widget.

The place of the scene is always a row that was measured, if there is one in view: whatever
is corrected above it, what the user sees stays where it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from time import perf_counter

from chatglm_desktop.core.tabs import Anchor
from chatglm_desktop.gui.transcript.look import BOTTOM
from chatglm_desktop.gui.transcript.scene.scene import WHOLE, Scene
from chatglm_desktop.transcript.anchors import Target, anchor_of, index_of, place_of, row_of
from chatglm_desktop.transcript.geometry import Place
from chatglm_desktop.transcript.selection import PartKind

BUDGET = 0.016
"""Seconds of laying out in one frame; a first row is always laid out."""
_MEASURED_ABOVE = 100
"""Rows; a line deeper in its message is found by guesses, about."""
_NEAR = 2
"""Screens that are scrolled exactly."""
_KEPT_SCREENS = 3
_AHEAD_SCREENS = 0.5
_AHEAD_SECONDS = 0.003
_FEWEST_ROWS = 8


class Settler:
    """Moves ``scene``. ``clock`` gives seconds, ``budget`` is how many one frame may take."""

    def __init__(
        self, scene: Scene, budget: float = BUDGET, clock: Callable[[], float] = perf_counter
    ) -> None:
        self._scene = scene
        self._budget = budget
        self._clock = clock
        self._target: Target | None = None
        self._anchor: Anchor | None = None
        self._end = 0.0
        self._spent = False
        self._reflowed = False

    @property
    def unfinished(self) -> bool:
        """Whether rows in view wait to be measured."""
        return self._spent and bool(self._scene.late or self._target)

    def aim(self, target: Target | None) -> None:
        """Show a target as soon as its message is at hand; None forgets the last one."""
        self._target = target
        self._reflowed = False
        self._anchor = target.anchor if target is not None else None

    def reflow(self) -> None:
        """Rows will be laid out anew: the same line is to be at the top then."""
        self._reflowed = True

    def anchor(self) -> Anchor | None:
        """The reading position; while its message is not at hand, the last one that was."""
        scene = self._scene
        if self._target is None and scene.transcript.has(scene.place.item):
            self._anchor = anchor_of(scene.place, scene.transcript, scene.geometry)
        return self._anchor

    def settle(self, *, following: bool) -> None:
        """Measure what is in view and put the view where it belongs."""
        scene = self._scene
        scene.late.clear()
        # Not whenever they arrive: in a row that is only painted, nothing may change its height.
        scene.layouts.take_formulas()
        self._spent = False
        self._end = self._clock() + self._budget
        if not len(scene.geometry):
            return
        self._seek()
        if following:
            self._to_end()
        else:
            self._stay()
        self._reflowed = False
        self._hold()

    def look_ahead(self) -> bool:
        """Measure for a moment what will come into view next; False if there is nothing left."""
        scene = self._scene
        if not len(scene.geometry) or self._target is not None or scene.late:
            return False
        self._spent = False
        self._end = self._clock() + _AHEAD_SECONDS
        place = scene.place
        rows = list(scene.visible_rows(0.0, scene.height))
        below = Place(*rows[-1][:2]) if rows else place
        unmeasured = self._measure(self._rows_up(place.item, place.row)) or self._measure(
            self._rows_down(below)
        )
        self._spent = False
        scene.late.clear()
        return unmeasured

    def _measure(self, rows: Iterator[tuple[int, int]]) -> bool:
        """Measure some of ``rows``; whether the time was too short."""
        room = self._scene.height * _AHEAD_SCREENS
        for index, number in rows:
            room -= self._height(index, number)
            if self._spent or room <= 0:
                break
        return self._spent

    def move(self, by: float) -> None:
        """Scroll by ``by`` pixels, exactly unless it is far: what is passed is measured."""
        self._target = None
        place = self._scene.place
        self._scene.place = replace(place, offset=place.offset + by)

    def go(self, y: float) -> None:
        """Scroll to ``y``, as far as heights are known."""
        self._target = None
        if len(self._scene.geometry):
            self._scene.place = self._find(min(max(y, 0.0), self._scene.limit))

    def _seek(self) -> None:
        """Go to the target, for as long as its message is not all there."""
        target, scene = self._target, self._scene
        if target is None:
            return
        index = index_of(target, scene.transcript)
        down = round(target.share * scene.height)
        if not scene.transcript.has(index):
            scene.place = Place(index, 0, -down)
            return
        self._open_leaf(index, target)
        self._measure_to(index, target)
        place = place_of(target, scene.transcript, scene.geometry)
        scene.place = replace(place, offset=place.offset - down)
        waits = self._spent or scene.transcript[index].pending
        if not waits and not self._waits_for_formulas(target, place):
            self._target = None

    def _waits_for_formulas(self, target: Target, place: Place) -> bool:
        """Whether the line at the top will be elsewhere in its row when formulas have arrived."""
        if target.anchor is None or target.leaf is None:
            return False
        return self._scene.layout(place.item, place.row).unfinished

    def _open_leaf(self, index: int, target: Target) -> None:
        """Unfold the thinking that the target is in, if the user asked for it."""
        item = self._scene.open(index)
        wanted = target.leaf if target.anchor is None else None
        if wanted is not None and wanted[0] is PartKind.REASONING and item.folded:
            self._scene.apply(self._scene.transcript.fold(index, False))

    def _measure_to(self, index: int, target: Target) -> None:
        """Measure a message from its top, or its leaf, down to the target.

        Guesses would miss the line.
        """
        item = self._scene.transcript[index]
        row = row_of(target, item)
        if row is not None:
            if target.anchor is not None and row < item.row_count:
                self._height(index, row)
            return
        if item.pending:
            return
        y = 0.0
        for number in range(min(item.row_count, _MEASURED_ABOVE)):
            if y > target.offset or self._spent:
                return
            y += self._height(index, number)

    def _stay(self) -> None:
        """Keep the place; measure down from it, then up to the top of the view."""
        self._normalize()
        if not self._down():
            self._to_end()
        elif not self._up():
            # There is nothing above any more.
            self._scene.place = Place(0, 0)
            if not self._down():
                self._to_end()

    def _normalize(self) -> None:
        """Make the place one of a row that is there and in view."""
        scene = self._scene
        geometry = scene.geometry
        place = replace(scene.place, item=min(scene.place.item, len(geometry) - 1))
        if self._ready(place.item):
            place = replace(place, row=min(place.row, geometry.row_count(place.item) - 1))
            before = geometry.row_height(place.item, place.row)
            if self._reflowed and place.offset > 0 and before > 0:
                after = self._height(place.item, place.row)
                place = replace(place, offset=float(round(place.offset * after / before)))
            height = geometry.row_height(place.item, place.row)
        else:
            height = geometry.item_height(place.item)
        if height < place.offset <= _NEAR * scene.height:
            place = self._walk(place)
        elif not -scene.height <= place.offset <= height:
            place = self._find(min(max(geometry.y(place), 0.0), geometry.total - 1.0))
        scene.place = place

    def _walk(self, place: Place) -> Place:
        """The same point, named by the row that it is in."""
        offset = place.offset
        for index, number in self._rows_down(place):
            height = self._height(index, number)
            if offset < height:
                return Place(index, max(number, 0), offset)
            offset -= height
        return self._find(self._scene.geometry.total - 1.0)

    def _find(self, y: float) -> Place:
        place = self._scene.geometry.find(y)
        return self._scene.geometry.find(y) if self._ready(place.item) else place

    def _down(self) -> bool:
        """Measure from the place on; False if the text ends before the view does."""
        need = self._scene.height + self._scene.place.offset
        for index, number in self._rows_down(self._scene.place):
            need -= self._height(index, number)
            if need <= 0:
                return True
        return need <= BOTTOM

    def _up(self) -> bool:
        """Measure what is in view above the place; False if the text begins below the top."""
        place = self._scene.place
        room = -place.offset
        if room <= 0:
            return True
        for index, number in self._rows_up(place.item, place.row):
            room -= self._height(index, number)
            if room <= 0:
                return True
        return False

    def _to_end(self) -> None:
        need = self._scene.height
        for index, number in self._rows_up(len(self._scene.transcript), 0):
            need -= self._height(index, number)
            if need <= 0:
                break
        self._scene.place = self._scene.geometry.find(self._scene.limit)

    def _hold(self) -> None:
        """Name the point at the top of the view by the first row in view that is measured.

        And keep the layouts of few screens.
        """
        scene = self._scene
        rows = list(scene.visible_rows(0.0, scene.height))
        if rows:
            index, number, y = rows[0]
            scene.place = Place(index, number, float(round(-y)))
        scene.layouts.trim(_KEPT_SCREENS * max(len(rows), _FEWEST_ROWS))

    def _height(self, index: int, number: int) -> float:
        """The height of a row, measured if there is time."""
        scene = self._scene
        if number == WHOLE:
            return scene.geometry.item_height(index)
        if self._spent:
            scene.late.add((index, number))
        else:
            made = scene.layouts.made
            scene.layout(index, number)
            # What was laid out before costs nothing: each frame gets on.
            self._spent = scene.layouts.made > made and self._clock() >= self._end
        return scene.geometry.row_height(index, number)

    def _ready(self, index: int) -> bool:
        """Whether an item has rows, which it gets if there is time."""
        scene = self._scene
        if not scene.transcript.has(index):
            return False
        if not scene.geometry.is_open(index):
            if self._spent:
                scene.late.add((index, WHOLE))
                return False
            scene.open(index)
            self._spent = self._clock() >= self._end
        return True

    def _rows_down(self, place: Place) -> Iterator[tuple[int, int]]:
        """Rows from a place on; of an item without rows WHOLE."""
        scene = self._scene
        number = place.row
        for index in range(place.item, len(scene.transcript)):
            if self._ready(index):
                while number < scene.geometry.row_count(index):
                    yield index, number
                    number += 1
            else:
                yield index, WHOLE
            number = 0

    def _rows_up(self, item: int, row: int) -> Iterator[tuple[int, int]]:
        """Rows above a row, from the nearest on; of an item without rows WHOLE."""
        scene = self._scene
        if item < len(scene.transcript) and scene.geometry.is_open(item):
            for number in range(row - 1, -1, -1):
                yield item, number
        for index in range(item - 1, -1, -1):
            if self._ready(index):
                for number in range(scene.geometry.row_count(index) - 1, -1, -1):
                    yield index, number
            else:
                yield index, WHOLE
