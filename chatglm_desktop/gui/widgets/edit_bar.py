# SPDX-License-Identifier: MIT
"""The line above the draft while something else is edited; knows only the theme."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.elided_label import ElidedLabel
from chatglm_desktop.gui.widgets.icon_button import IconButton
from chatglm_desktop.gui.widgets.link_button import LinkButton

_ICON = 14


class EditBar(QWidget):
    """Emits ``cancelled()`` and ``save_wanted()``, to change the text without asking anew."""

    cancelled = Signal()
    save_wanted = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._label = ElidedLabel(themes, 12)
        cancel = IconButton(themes, "close", tr("Cancel"), shortcut="Esc", side=26, icon_size=14)
        cancel.clicked.connect(self.cancelled)
        self.save = LinkButton(themes, tr("Save only"))
        self.save.setShortcut("Ctrl+S")
        self.save.setToolTip(tr("Change the text without asking anew ({key})", key="Ctrl+S"))
        self.save.clicked.connect(self.save_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 + _ICON + 8, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._label, 1)
        row.addWidget(self.save)
        row.addWidget(cancel)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        themes.changed.connect(self._repaint)
        self.hide()

    def set_text(self, text: str) -> None:
        """Say what is edited."""
        self._label.set_text(text)

    def _repaint(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colour, ratio = self._themes.theme.accent, self.devicePixelRatioF()
        pixmap = self._themes.icons.pixmap("rename", colour, _ICON, ratio)
        with QPainter(self) as painter:
            painter.drawPixmap(2, (self.height() - _ICON) // 2, pixmap)
