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
from chatglm_desktop.transcript.finding import Match
from chatglm_desktop.transcript.matching import Hit, hits
from chatglm_desktop.transcript.rows import Row, RowKind
from chatglm_desktop.transcript.selection import PartKind, Selection

_SHARE = 0.33


class Finder(QObject):
    """Emits ``changed()``, and ``counted(position, count)`` for what a message really shows."""

    changed = Signal()
    counted = Signal(int, int)

    def __init__(self, scene: Scene, display: Display, scroller: Scroller, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._marks = display.marks
        self._scroller = scroller
        self._wanted: Match | None = None

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
        self._wanted = match
        if not self.advance():
            self._scroller.show(Target(match.position, share=_SHARE))

    def current(self) -> Selection | None:
        """The match that was stepped to, as something selected."""
        current = self._marks.current
        return None if current is None else current[1].selection(current[0])

    def advance(self) -> bool:
        """Go on with a match that waits; False as long as its message is not there."""
        match, transcript = self._wanted, self._scene.transcript
        if match is None or not transcript.has(match.position):
            return False
        item = self._scene.open(match.position)
        if item.pending:
            return False
        self._wanted = None
        found = hits(item, self._marks.query)
        if found:
            self._step_to(match.position, found[min(match.ordinal, len(found) - 1)])
        else:
            # It stands in what is not shown, such as the address of a link.
            self._scroller.show(Target(match.position, share=_SHARE))
        self.counted.emit(match.position, len(found))
        return True

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
