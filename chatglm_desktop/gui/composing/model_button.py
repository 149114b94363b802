# SPDX-License-Identifier: MIT
"""The button that names the model in use and opens the list of models; knows only names."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from chatglm_desktop.gui.composing.row_fit import SIDE
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.icon_button import hover_colour
from chatglm_desktop.gui.widgets.themed_button import ThemedButton
from chatglm_desktop.gui.widgets.tool_tip import plain_tip

MODEL_KEY = "Ctrl+Shift+M"

_MOST_WIDTH = 220
_ARROW = 14
_PADDING = 8
_GAP = 4


class ModelButton(ThemedButton):
    """Shortens a long name; the tool tip has all of it, and the account's name."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        # A click leaves the cursor where the user writes.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        font = self.font()
        font.setPixelSize(13)
        self.setFont(font)
        self.show_names("", "")

    def show_names(self, model: str, account: str) -> None:
        """Name the model, or the account alone where it has none."""
        self.setText(model or account or tr("Choose a model"))
        key = QKeySequence(MODEL_KEY).toString(QKeySequence.SequenceFormat.NativeText)
        names = [name for name in (model, account) if name]
        said = ", ".join(names) or self.text()
        self.setAccessibleName(tr("Model: {name}", name=said))
        self.setToolTip(plain_tip("\n".join([*names, tr("Another model ({key})", key=key)])))
        self.updateGeometry()
        self.update()

    def wanted_width(self) -> int:
        """How wide it is where there is room enough."""
        text = self.fontMetrics().horizontalAdvance(self.text()) + 1
        return min(text + _ARROW + _GAP + 2 * _PADDING, _MOST_WIDTH)

    def sizeHint(self) -> QSize:
        return QSize(self.wanted_width(), SIDE)

    def paint(self, painter: QPainter) -> None:
        theme = self._themes.theme
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        hot = self.underMouse() or self.hasFocus()
        painter.setPen(QPen(QColor(theme.accent)) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(hover_colour(theme.text) if hot else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, 7, 7)
        colour = theme.text if hot else theme.dim
        inner = self.rect().adjusted(_PADDING, 0, -_PADDING - _ARROW - _GAP, 0)
        shown = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.setPen(QColor(colour))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, left, shown)
        ratio = painter.device().devicePixelRatioF()
        pixmap = self._themes.icons.pixmap("chevron-down", colour, _ARROW, ratio)
        place = QPointF(self.width() - _PADDING - _ARROW, (self.height() - _ARROW) / 2 + 0.5)
        painter.drawPixmap(place, pixmap)
