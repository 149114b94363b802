# SPDX-License-Identifier: MIT
"""The composer's text field: keys, input methods and its own height; knows no conversation."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from chatglm_desktop.gui.attaching.sources import offers_files, sources_in
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.settings.options import SendKey

_LONG_WORD = 4000
PAGE_KEYS = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_UP_DOWN = (Qt.Key.Key_Up, Qt.Key.Key_Down)
_NONE = Qt.KeyboardModifier.NoModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class ComposerEditor(QPlainTextEdit):
    """Emits ``send_pressed`` and ``escape_pressed``; is as high as its text, up to a limit.

    ``recall_pressed(back)`` asks for an earlier question or a later one, ``up_pressed`` tells of
    the key Up where there is no text.
    Files and pictures that are pasted are not for it: ``files_offered(sources)``. Nor is text
    beyond a limit, ``long_text_pasted(text)``, unless it is pasted with Ctrl+Shift+V.
    Its menu emits ``snippet_wanted(text)`` for what is selected, or for all of it; whoever hears
    ``menu_made(menu, cursor)`` can add to it what concerns that place.
    """

    send_pressed = Signal()
    escape_pressed = Signal()
    recall_pressed = Signal(bool)
    up_pressed = Signal()
    snippet_wanted = Signal(str)
    files_offered = Signal(object)
    long_text_pasted = Signal(str)
    menu_made = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._send_key: SendKey = "enter"
        self._highest = 240
        self._paste_limit = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.viewport().setAutoFillBackground(False)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.document().contentsChange.connect(self._choose_wrapping)

    def set_send_key(self, key: SendKey) -> None:
        self._send_key = key

    def set_paste_limit(self, characters: int) -> None:
        """From how many characters on a pasted text is a long one; 0 for none."""
        self._paste_limit = characters

    def paste_text(self, text: str) -> None:
        """Put a text that comes from elsewhere where the cursor is, unless it is a long one."""
        if 0 < self._paste_limit <= len(text):
            self.long_text_pasted.emit(text)
        else:
            self.insert_as_text(text)

    def insert_as_text(self, text: str) -> None:
        """Put ``text`` where the cursor is, in place of what is selected there, as one step."""
        self.insertPlainText(text)
        self.ensureCursorVisible()

    def _choose_wrapping(self, position: int, removed: int, added: int) -> None:
        """Break a monstrous word anywhere: looking for the best place takes Qt seconds."""
        if self.document().isEmpty():
            self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        elif added >= _LONG_WORD:
            words = self.document().toRawText()[position : position + added].split()
            if max(map(len, words), default=0) >= _LONG_WORD:
                self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)

    def set_highest(self, pixels: int) -> None:
        """Scroll where the text is higher than this."""
        self._highest = pixels
        self._fit()

    def replace_text(self, text: str) -> None:
        """Put ``text`` in place of all there is, in one step that Undo takes back."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    @property
    def composing(self) -> bool:
        """Whether an input method shows text here that is not chosen yet."""
        return bool(self.textCursor().block().layout().preeditAreaText())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_V and event.modifiers() == _CTRL | _SHIFT:
            self.insert_as_text(QGuiApplication.clipboard().text())
        elif event.key() in _ENTER and not self.composing:
            self._press_enter(event)
        elif event.key() == Qt.Key.Key_Escape and not self.composing:
            self.escape_pressed.emit()
        elif event.key() in _UP_DOWN and self._recalls(event):
            pass
        elif event.key() in PAGE_KEYS and not self.verticalScrollBar().maximum():
            # There is no other page here: the conversation's are turned.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return offers_files(source) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if files := sources_in(source):
            self.files_offered.emit(files)
        elif source.hasText():
            self.paste_text(source.text())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # Files are for the page, which shows that it takes them.
        if offers_files(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if offers_files(event.mimeData()):
            event.ignore()
        else:
            super().dragMoveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSeparator()
        save = menu.addAction(tr("Save as snippet…"))
        text = self.textCursor().selection().toPlainText() or self.toPlainText()
        save.setEnabled(bool(text.strip()))
        save.triggered.connect(lambda: self.snippet_wanted.emit(text))
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        place = self.cursorForPosition(event.pos()) if by_mouse else self.textCursor()
        self.menu_made.emit(menu, place)
        menu.popup(event.globalPos())

    def _recalls(self, event: QKeyEvent) -> bool:
        """Whether Up or Down was for what was asked before."""
        modifiers = event.modifiers() & ~_KEYPAD
        up = event.key() == Qt.Key.Key_Up
        if modifiers == _CTRL and not self.composing:
            self.recall_pressed.emit(up)
        elif up and modifiers == _NONE and self.document().isEmpty() and not self.composing:
            self.up_pressed.emit()
        else:
            return False
        return True

    def _press_enter(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~_KEYPAD
        plain = modifiers == _NONE
        if modifiers == _CTRL or (plain and self._send_key == "enter"):
            self.send_pressed.emit()
        elif plain or modifiers == _SHIFT:
            # Qt's own Shift+Enter makes a soft break, which is not a line for Undo and copy.
            self.textCursor().insertBlock()
            self.ensureCursorVisible()

    def _fit(self) -> None:
        height = self._wanted_height()
        scrolls = height > self._highest
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded
            if scrolls
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.setFixedHeight(min(height, self._highest))

    def _wanted_height(self) -> int:
        """The text's height in pixels; stops measuring at the limit, a paste may be long."""
        height = 2 * self.document().documentMargin()
        block = self.document().firstBlock()
        while block.isValid() and height <= self._highest:
            height += self.blockBoundingRect(block).height()
            block = block.next()
        lowest = self.fontMetrics().height() + 2 * self.document().documentMargin()
        return int(max(height, lowest) + 0.999)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 0)


def writes(event: QKeyEvent) -> bool:
    """Whether a key puts text into a text field."""
    command = (
        Qt.KeyboardModifier.ControlModifier
        | Qt.KeyboardModifier.AltModifier
        | Qt.KeyboardModifier.MetaModifier
    )
    if event.matches(QKeySequence.StandardKey.Paste):
        return True
    return event.text().isprintable() and event.text() != "" and not event.modifiers() & command
