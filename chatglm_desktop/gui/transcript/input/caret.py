# SPDX-License-Identifier: MIT
"""Reading and selecting with the keyboard: a caret that goes through the transcript.

The caret is where the selection was led. Caret mode shows it and lets arrows move it; without
that they only extend a selection that there is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QPointF, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from chatglm_desktop.gui.transcript.scene.painting import Display
from chatglm_desktop.gui.transcript.scene.places import Places
from chatglm_desktop.gui.transcript.scene.scene import Scene
from chatglm_desktop.gui.transcript.scene.scroller import STEP, Scroller
from chatglm_desktop.transcript.caret import CaretPath
from chatglm_desktop.transcript.direction import goes_left
from chatglm_desktop.transcript.selection import Position, Selection

Move = Callable[[Position], Position | None]
_Key = QKeySequence.StandardKey
_FAR = 1.0e6


class Caret(QObject):
    """Emits ``moved()`` when the selection was changed, ``changed()`` when it blinks or goes."""

    moved = Signal()
    changed = Signal()

    def __init__(
        self,
        scene: Scene,
        scroller: Scroller,
        display: Display,
        path: CaretPath,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._scene = scene
        self._scroller = scroller
        self._display = display
        self._path = path
        self.places = Places(scene, scroller, path)
        self.active = False
        """Whether the caret mode is on."""
        self._column: float | None = None
        self._blink = QTimer(self)
        self._blink.timeout.connect(self._toggle)
        self._moves: dict[_Key, tuple[_Key, Move]] = {
            _Key.MoveToNextChar: (_Key.SelectNextChar, self._to_right),
            _Key.MoveToPreviousChar: (_Key.SelectPreviousChar, self._to_left),
            _Key.MoveToNextWord: (_Key.SelectNextWord, self._word_to_right),
            _Key.MoveToPreviousWord: (_Key.SelectPreviousWord, self._word_to_left),
            _Key.MoveToNextLine: (_Key.SelectNextLine, self._down),
            _Key.MoveToPreviousLine: (_Key.SelectPreviousLine, self._up),
            _Key.MoveToStartOfLine: (_Key.SelectStartOfLine, self._line_start),
            _Key.MoveToEndOfLine: (_Key.SelectEndOfLine, self._line_end),
            _Key.MoveToNextPage: (_Key.SelectNextPage, self._page_down),
            _Key.MoveToPreviousPage: (_Key.SelectPreviousPage, self._page_up),
            _Key.MoveToStartOfDocument: (_Key.SelectStartOfDocument, self._first),
            _Key.MoveToEndOfDocument: (_Key.SelectEndOfDocument, self._last),
        }

    @property
    def position(self) -> Position | None:
        """Where the caret is, shown or not; None without a selection."""
        selection = self._display.selection
        return self._path.placed(selection.head) if selection is not None else None

    def enter(self) -> None:
        """Turn the caret mode on: the caret is where it was, or in the first line in view."""
        self.active = True
        position = self.position or self.places.position_at(QPointF(0.0, 1.0))
        if position is not None and self._display.selection is None:
            self._display.selection = Selection(position, position)
        if position is not None:
            self.places.reveal(position)
        self.show()
        self.moved.emit()

    def leave(self) -> None:
        """Turn the caret mode off; what is selected stays so."""
        self.active = False
        self.hide()

    def show(self) -> None:
        """Paint the caret from now on if its mode is on: the view has got the focus."""
        if not self.active:
            return
        self._display.caret_shown = True
        flash = QGuiApplication.styleHints().cursorFlashTime()
        if flash > 0:
            self._blink.start(flash // 2)
        self.changed.emit()

    def hide(self) -> None:
        """Paint no caret, and let no timer run."""
        self._blink.stop()
        self._display.caret_shown = False
        self.changed.emit()

    def forget_column(self) -> None:
        """The caret was set by other means."""
        self._column = None

    def _toggle(self) -> None:
        self._display.caret_shown = not self._display.caret_shown
        self.changed.emit()

    def take(self, event: QKeyEvent) -> bool:
        """Move the caret or extend the selection; False if the key means neither."""
        for plain, (selecting, move) in self._moves.items():
            if event.matches(selecting):
                return self._go(move, extend=True)
            if self.active and event.matches(plain):
                return self._go(move, extend=False)
        return False

    def _go(self, move: Move, *, extend: bool) -> bool:
        selection, position = self._display.selection, self.position
        if selection is None or position is None:
            return self.active
        column = self._column
        self._column = None
        if move in (self._up, self._down, self._page_up, self._page_down):
            self._column = self._column_of(position) if column is None else column
        moved = move(position)
        if moved is not None:
            self._display.selection = Selection(selection.anchor if extend else moved, moved)
            self.places.reveal(moved)
        self.show()
        self.moved.emit()
        return True

    # Along a line: keys mean sides, which is the other way round in Hebrew and Arabic

    def _to_right(self, position: Position) -> Position:
        move = self._path.left if self._leftwards(position) else self._path.right
        return move(position)

    def _to_left(self, position: Position) -> Position:
        move = self._path.right if self._leftwards(position) else self._path.left
        return move(position)

    def _word_to_right(self, position: Position) -> Position:
        move = self._path.word_left if self._leftwards(position) else self._path.word_right
        return move(position)

    def _word_to_left(self, position: Position) -> Position:
        move = self._path.word_right if self._leftwards(position) else self._path.word_left
        return move(position)

    def _leftwards(self, position: Position) -> bool:
        return goes_left(self._path.text(position))

    def _line_start(self, position: Position) -> Position:
        return replace(position, character=self._ends(position)[0])

    def _line_end(self, position: Position) -> Position:
        return replace(position, character=self._ends(position)[1])

    def _ends(self, position: Position) -> tuple[int, int]:
        line = self.places.line(position)
        if line is None:
            return position.character, position.character
        return line.layout.line_at(position.character)

    def _first(self, position: Position) -> Position | None:
        return self._path.first()

    def _last(self, position: Position) -> Position | None:
        return self._path.last()

    # From line to line, in the column where it began

    def _column_of(self, position: Position) -> float:
        rect = self.places.caret_rect(position)
        return rect.left() if rect is not None else 0.0

    def _down(self, position: Position) -> Position:
        return self._step(position, 1) or self._enter(self._path.leaf_after(position), position)

    def _up(self, position: Position) -> Position:
        return self._step(position, -1) or self._enter(self._path.leaf_before(position), position)

    def _step(self, position: Position, direction: int) -> Position | None:
        """The line below or above within the leaf; None beyond its last one."""
        line = self.places.line(position)
        if line is None or self._column is None:
            return None
        here = line.layout.caret_rect(position.character)
        y = here.bottom() + 1.0 if direction > 0 else here.top() - 1.0
        x = self._column - line.corner.x()
        character = line.layout.character_at(QPointF(x, y))
        there = line.layout.caret_rect(character)
        if (there.top() - here.top()) * direction <= 0:
            return None
        return replace(position, character=character)

    def _enter(self, leaf: Position | None, position: Position) -> Position:
        """The place in the first or last line of the next leaf, at the end if there is none."""
        line = self.places.line(leaf) if leaf is not None else None
        if leaf is None or line is None or self._column is None:
            return position
        rect = line.layout.caret_rect(leaf.character)
        point = QPointF(self._column - line.corner.x(), rect.center().y())
        return replace(leaf, character=line.layout.character_at(point))

    def _page_down(self, position: Position) -> Position:
        return self._page(position, 1) or self._path.last() or position

    def _page_up(self, position: Position) -> Position:
        return self._page(position, -1) or self._path.first() or position

    def _page(self, position: Position, direction: int) -> Position | None:
        """About a screen away at the same height of the view; None at the end of everything."""
        rect = self.places.caret_rect(position)
        before = self._scene.top
        self._scroller.scroll_by(direction * max(self._scene.height - STEP, STEP))
        if rect is None or self._column is None or self._scene.top == before:
            return None
        y = min(max(rect.center().y(), 0.0), self._scene.height - 1.0)
        found = self.places.position_at(QPointF(self._column, y))
        return found if found != position else None
