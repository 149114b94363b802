# SPDX-License-Identifier: MIT
"""The files of the next message as chips in lines, which scroll when they are many."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from chatglm_desktop.gui.attaching.chip import HEIGHT, WIDTH, AttachmentChip
from chatglm_desktop.gui.attaching.shelf import Shelf
from chatglm_desktop.gui.pictures import Pictures
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager

_GAP = 8
_LEAST_LINES = 1.5
"""Half of a line tells that there are more."""

_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_REMOVE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class AttachmentChips(QScrollArea):
    """Shows ``shelf``; is hidden while it is empty. Arrows go from chip to chip, Delete takes one
    out, Enter opens one that is a text.

    Emits ``removed(item)``, ``opened(id)``, ``text_wanted(id)`` to have a text in the message
    itself, and ``left()`` when the last chip has gone.
    """

    removed = Signal(object)
    opened = Signal(int)
    text_wanted = Signal(int)
    left = Signal()

    def __init__(
        self,
        themes: ThemeManager,
        shelf: Shelf,
        pictures: Pictures,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._shelf = shelf
        self._pictures = pictures
        self._chips: dict[int, AttachmentChip] = {}
        self._highest = int(2 * _LEAST_LINES * HEIGHT)
        self._board = QWidget()
        self.setWidget(self._board)
        # After that: a scroll area fills what it is given.
        self._board.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Attached files"))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        shelf.changed.connect(self._show_items)
        self.hide()

    def set_highest(self, pixels: int) -> None:
        """Scroll where the chips are higher than this."""
        self._highest = max(pixels, int(_LEAST_LINES * HEIGHT) + _GAP)
        self._arrange()

    def chips(self) -> list[AttachmentChip]:
        """All chips, in order."""
        return list(self._chips.values())

    def _show_items(self) -> None:
        items = self._shelf.items
        grown = len(items) > len(self._chips)
        gone = self._chips.keys() - {item.id for item in items}
        focused = next((index for index, chip in enumerate(self.chips()) if _focused(chip)), None)
        for id in gone:
            chip = self._chips.pop(id)
            chip.hide()
            chip.deleteLater()
        for item in items:
            if item.id in self._chips:
                self._chips[item.id].show_item(item)
            else:
                self._chips[item.id] = self._new_chip(item.id)
        self.setVisible(bool(items))
        self._arrange()
        if gone and focused is not None:
            self._focus(focused)
        if grown and items:
            self.ensureWidgetVisible(self._chips[items[-1].id], 0, 0)

    def _new_chip(self, id: int) -> AttachmentChip:
        item = next(item for item in self._shelf.items if item.id == id)
        chip = AttachmentChip(self._themes, self._pictures, item, self._board)
        chip.remove_requested.connect(self._remove)
        chip.opened.connect(self.opened)
        chip.text_wanted.connect(self.text_wanted)
        chip.button.installEventFilter(self)
        chip.show()
        return chip

    def _remove(self, id: int) -> None:
        item = self._shelf.item(id)
        self._shelf.remove(id)
        self.removed.emit(item)

    def _arrange(self) -> None:
        """Put the chips into lines, as many in each as there is room for."""
        room = self.viewport().width()
        across = max((room + _GAP) // (WIDTH + _GAP), 1)
        width = min(WIDTH, room)
        for number, chip in enumerate(self._chips.values()):
            line, column = divmod(number, across)
            x, y = column * (WIDTH + _GAP), line * (HEIGHT + _GAP)
            chip.setGeometry(QRect(x, y, width, HEIGHT))
        lines = -(-len(self._chips) // across)
        height = lines * (HEIGHT + _GAP) - _GAP
        self._board.resize(room, max(height, 0))
        self.setFixedHeight(max(min(height, self._highest), 0))
        self.updateGeometry()

    def _focus(self, index: int) -> None:
        chips = self.chips()
        if chips:
            chip = chips[max(min(index, len(chips) - 1), 0)]
            chip.button.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(chip, 0, 0)
        else:
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            chips = self.chips()
            index = next((n for n, chip in enumerate(chips) if chip.button is watched), None)
            if index is not None and self._press(chips[index], index, event.key()):
                return True
        return super().eventFilter(watched, event)

    def _press(self, chip: AttachmentChip, index: int, key: int) -> bool:
        """A key on the button of a chip; whether it was for it."""
        if key in _REMOVE:
            chip.button.click()
        elif key in _OPEN:
            chip.open()
        elif key in (*_BACK, *_ON):
            self._focus(index + (1 if key in _ON else -1))
        else:
            return False
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 0)


def _focused(chip: AttachmentChip) -> bool:
    return chip.button.hasFocus()
