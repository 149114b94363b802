# SPDX-License-Identifier: MIT
"""About how long the draft is in tokens, and whether it still fits; counts nothing itself."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.tool_tip import plain_tip

_ICON = 14
_GAP = 4


class TokenLabel(QWidget):
    """Quiet; a sign of warning and the limit are added when it is passed."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._draft = self._used = self._limit = 0
        self._text = ""
        font = self.font()
        font.setPixelSize(12)
        self.setFont(font)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self._repaint)

    def text(self) -> str:
        """What stands there; "" for an empty draft."""
        return self._text

    @property
    def too_long(self) -> bool:
        """Draft and conversation together are more than the model takes."""
        return bool(self._draft) and 0 < self._limit < self._draft + self._used

    def set_draft(self, tokens: int) -> None:
        """The draft takes about so many tokens."""
        self._draft = tokens
        self._describe()

    def set_context(self, used: int, limit: int) -> None:
        """What was said so far takes ``used`` tokens; ``limit`` fit, or that is not known (0)."""
        self._used, self._limit = used, limit
        self._describe()

    def _describe(self) -> None:
        total = self._draft + self._used
        numbers = {
            "draft": _number(self._draft),
            "total": _number(total),
            "limit": _number(self._limit),
        }
        if not self._draft:
            self._text = tip = ""
        elif self._draft > self._limit > 0:
            self._text = tr("≈ {draft} of {limit} tokens", **numbers)
            tip = tr("This draft is longer than what the model can read at once.")
        elif self.too_long:
            self._text = tr("≈ {total} of {limit} tokens", **numbers)
            tip = tr(
                "With all that was said before this is more than the model can read at once. "
                "The oldest messages are left out."
            )
        else:
            one = self._draft == 1
            self._text = tr("≈ 1 token") if one else tr("≈ {draft} tokens", **numbers)
            tip = tr("An estimate; each model counts differently.")
        self.setToolTip(plain_tip(tip))
        self.setAccessibleName(f"{self._text}. {tip}" if self.too_long else self._text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        icon = _ICON + _GAP if self.too_long else 0
        width = self.fontMetrics().horizontalAdvance(self._text) + 2
        return QSize(width + icon, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        colour = theme.warn if self.too_long else theme.dim
        with QPainter(self) as painter:
            left = 0
            if self.too_long:
                ratio = self.devicePixelRatioF()
                pixmap = self._themes.icons.pixmap("warning", colour, _ICON, ratio)
                painter.drawPixmap(QPointF(0, (self.height() - _ICON) / 2), pixmap)
                left = _ICON + _GAP
            painter.setPen(QColor(colour))
            place = self.rect().adjusted(left, 0, 0, 0)
            end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, end, self._text)

    def _repaint(self) -> None:
        self.update()


def _number(tokens: int) -> str:
    """A count as it is written in English, which Chinese shares."""
    return QLocale(QLocale.Language.English).toString(tokens)
