# SPDX-License-Identifier: MIT
"""The filters below the field as buttons in lines; changes only text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from chatglm_desktop.gui.search.filters import Filter, folder_token, holds, offered, toggled
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.icon_button import hover_colour
from chatglm_desktop.gui.widgets.themed_button import ThemedButton

_HEIGHT = 26
_PADDING = 9
_GAP = 6
_AT_FIRST = 6
"""How many filters are shown before all are asked for."""


class FilterRow(QWidget):
    """Emits ``changed(text)`` with what the field is to hold."""

    changed = Signal(str)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filters = offered()
        self._text = ""
        self._all = False
        self._folders: Sequence[str] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Filters"))
        self._chips = [FilterChip(themes, one.words, self) for one in self._filters]
        for chip, one in zip(self._chips, self._filters, strict=True):
            chip.setToolTip(one.token)
            chip.clicked.connect(partial(self._toggle, one))
        self._folder = FilterChip(themes, tr("In folder…"), self)
        self._folder.setCheckable(False)
        self._folder.clicked.connect(self._offer_folders)
        self._more = FilterChip(themes, tr("More…"), self)
        self._more.setCheckable(False)
        self._more.clicked.connect(self._show_all)
        self.show_text("")

    def show_text(self, text: str) -> None:
        """Show which filters stand in ``text``."""
        self._text = text
        for chip, one in zip(self._chips, self._filters, strict=True):
            chip.setChecked(holds(text, one.token))
        self._arrange()

    def set_folders(self, names: Sequence[str]) -> None:
        """The folders that can be looked in."""
        self._folders = names
        self._arrange()

    def _toggle(self, one: Filter) -> None:
        self.changed.emit(toggled(self._text, one, self._filters))

    def _offer_folders(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in self._folders:
            action = menu.addAction(name.replace("&", "&&"))
            one = Filter(name, folder_token(name))
            action.setCheckable(True)
            action.setChecked(holds(self._text, one.token))
            action.triggered.connect(partial(self._toggle, one))
        menu.popup(self._folder.mapToGlobal(self._folder.rect().bottomLeft()))

    def _show_all(self) -> None:
        self._all = True
        self._arrange()
        self._chips[_AT_FIRST].setFocus(Qt.FocusReason.TabFocusReason)

    def _shown(self) -> list[FilterChip]:
        shown = [
            chip
            for number, chip in enumerate(self._chips)
            if self._all or number < _AT_FIRST or chip.isChecked()
        ]
        if self._folders:
            shown.append(self._folder)
        return shown if self._all else [*shown, self._more]

    def _arrange(self) -> None:
        """Put the buttons into lines, as many in each as there is room for."""
        shown = self._shown()
        x = y = 0
        for chip in (*self._chips, self._folder, self._more):
            chip.setVisible(chip in shown)
        for chip in shown:
            width = chip.sizeHint().width()
            if x and x + width > self.width():
                x, y = 0, y + _HEIGHT + _GAP
            chip.setGeometry(x, y, width, _HEIGHT)
            x += width + _GAP
        self.setFixedHeight(y + _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, _HEIGHT)


class FilterChip(ThemedButton):
    """A small round button that may hold."""

    def __init__(self, themes: ThemeManager, words: str, parent: QWidget) -> None:
        super().__init__(themes, parent)
        self.setText(words)
        self.setAccessibleName(words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        font = self.font()
        font.setPixelSize(12)
        self.setFont(font)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2 * _PADDING, _HEIGHT)

    def paint(self, painter: QPainter) -> None:
        theme = self._themes.theme
        on = self.isChecked()
        edge = theme.accent if on or self.hasFocus() else theme.line
        painter.setPen(QPen(QColor(edge), 1.5 if self.hasFocus() else 1.0))
        if on:
            painter.setBrush(QColor(theme.accent_weak))
        else:
            painter.setBrush(hover_colour(theme.text) if self.underMouse() else QColor(0, 0, 0, 0))
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
        painter.setPen(QColor(theme.text if on else theme.dim))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
