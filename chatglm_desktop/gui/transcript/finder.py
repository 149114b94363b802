# SPDX-License-Identifier: MIT
"""Brings matches into view, unfolding what hides them; knows no store and no find bar."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from chatglm_desktop.core.fold import fold
from chatglm_desktop.gui.transcript.rows.code_row import CodeRow
from chatglm_desktop.gui.transcript.scene.painting import Display
from chatglm_desktop.gui.transcript.scene.scene import Scene
from chatglm_desktop.gui.transcript.scene.scroller import Scroller
from chatglm_desktop.transcript.anchors import Target
from chatglm_desktop.transcript.finding import Landing, Match
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.matching import Hit, closest, hits
from chatglm_desktop.transcript.rows import Row, RowKind
from chatglm_desktop.transcript.selection import PartKind, Selection

_SHARE = 0.33


class Finder(QObject):
    """Emits ``changed()``, ``counted(position, count)`` for what a message really shows, and
    ``landed(position, ordinal)`` for the match at which :meth:`land` has ended.
    """

    changed = Signal()
    counted = Signal(int, int)
    landed = Signal(int, int)

    def __init__(self, scene: Scene, display: Display, scroller: Scroller, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._marks = display.marks
        self._scroller = scroller
        self._wanted: Match | Landing | None = None

    @property
    def query(self) -> str:
        """What is marked, folded."""
        return self._marks.query

    def look_for(self, text: str) -> None:
        """Mark ``text`` wherever it is in view; "" ends that."""
        self._wanted = None
        self._marks.look_for(fold(text))
        self.changed.emit()

    def reset(self) -> None:
        """Other messages are shown; what is looked for stays."""
        self.look_for(self._marks.query)

    def show(self, match: Match) -> None:
        """Bring a match into view, as soon as its message is at hand and parsed."""
        self._go_to(match)

    def land(self, landing: Landing) -> None:
        """Mark what a search has found, and bring the one that is meant into view."""
        self.look_for(landing.text)
        self._go_to(landing)

    def _go_to(self, wanted: Match | Landing) -> None:
        self._wanted = wanted
        if not self.advance():
            self._scroller.show(Target(wanted.position, share=_SHARE))

    def current(self) -> Selection | None:
        """The match that was stepped to, as something selected."""
        current = self._marks.current
        return None if current is None else current[1].selection(current[0])

    def advance(self) -> bool:
        """Go on with a match that waits; False as long as its message is not there."""
        wanted, transcript = self._wanted, self._scene.transcript
        if wanted is None or not transcript.has(wanted.position):
            return False
        item = self._scene.open(wanted.position)
        if item.pending:
            return False
        self._wanted = None
        found = hits(item, self._marks.query)
        if found:
            ordinal = self._ordinal(item, found, wanted)
            self._step_to(wanted.position, found[ordinal])
            if isinstance(wanted, Landing):
                self.landed.emit(wanted.position, ordinal)
        else:
            # It stands in what is not shown, such as the address of a link.
            self._scroller.show(Target(wanted.position, share=_SHARE))
        self.counted.emit(wanted.position, len(found))
        return True

    def _ordinal(self, item: Item, found: list[Hit], wanted: Match | Landing) -> int:
        if isinstance(wanted, Landing):
            return closest(item, found, wanted)
        return min(wanted.ordinal, len(found) - 1)

    def _step_to(self, index: int, hit: Hit) -> None:
        item = self._scene.transcript[index]
        self._marks.step_to(index, hit)
        if hit.part is PartKind.REASONING and item.folded:
            self._scene.apply(self._scene.transcript.fold(index, False))
        row = Row(RowKind.LEAF, hit.part, hit.leaf)
        number = item.leaf_row(hit.part, hit.leaf)
        layout = self._scene.layout(index, number)
        if isinstance(layout, CodeRow) and layout.folded:
            self._scene.layouts.states.set_expanded((item.message.id, row), True)
            layout = self._scene.layout(index, number)
        layout.reveal(hit.start)
        offset = layout.caret_rect(hit.start).top()
        self._scroller.show(Target(index, offset, (hit.part, hit.leaf), share=_SHARE))
        self.changed.emit()
