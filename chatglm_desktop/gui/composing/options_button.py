# SPDX-License-Identifier: MIT
"""The button that opens a conversation's options, and says whether it has own ones."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QWidget

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.icon_button import IconButton
from chatglm_desktop.gui.widgets.tool_tip import plain_tip

OPTIONS_KEY = "Ctrl+Shift+P"


class OptionsButton(IconButton):
    """A dot marks own options, a sign of warning those that the service would refuse."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(themes, "sliders", tr("Options of this conversation"), parent=parent)
        self._own = False
        self._problems: tuple[str, ...] = ()
        self.show_state(own=False)

    @property
    def problems(self) -> tuple[str, ...]:
        """What the service would refuse, in words."""
        return self._problems

    def show_state(self, *, own: bool, problems: tuple[str, ...] = ()) -> None:
        """Mark whether the conversation has options of its own, and ``problems`` with them."""
        self._own, self._problems = own, problems
        name = tr("Options of this conversation")
        key = QKeySequence(OPTIONS_KEY).toString(QKeySequence.SequenceFormat.NativeText)
        said = (*problems, tr("Differs from your defaults")) if own else problems
        self.setAccessibleName(". ".join((name, *said)))
        self.setToolTip(plain_tip("\n".join((f"{name} ({key})", *said))))
        self.update()

    def paint(self, painter: QPainter) -> None:
        super().paint(painter)
        theme = self._themes.theme
        corner = QPointF(self.width() - 7.0, 7.0)
        painter.setPen(QPen(QColor(theme.raised), 1.5))
        if self._problems:
            painter.setBrush(QColor(theme.warn))
            painter.drawEllipse(corner, 5.5, 5.5)
            painter.setPen(QPen(QColor(theme.raised), 1.6, c=Qt.PenCapStyle.RoundCap))
            painter.drawLine(corner + QPointF(0, -2.6), corner + QPointF(0, 0.4))
            painter.drawPoint(corner + QPointF(0, 2.8))
        elif self._own:
            painter.setBrush(QColor(theme.accent))
            painter.drawEllipse(corner, 3.5, 3.5)
