# SPDX-License-Identifier: MIT
"""The header of a code block: language and buttons, words or icons as room allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.rows.row import ActName, Hot, Paint, RowAction

HEADER = 33.0
_PAD = 12.0
_BUTTON_PAD = 8.0
_ICON = 16
_ICON_BUTTON = 28.0


@dataclass(frozen=True, slots=True)
class _Button:
    name: ActName
    label: str
    icon: str
    rect: QRectF


class CodeHeader:
    """``width`` pixels of header; ``folded`` is None for code that cannot be folded."""

    def __init__(
        self, language: str, look: Look, width: float, *, wrapped: bool, folded: bool | None
    ) -> None:
        self._look = look
        self._width = width
        self._wrapped = wrapped
        metrics = QFontMetricsF(look.small.font)
        kinds = _kinds(folded)
        words = [metrics.horizontalAdvance(text) + 2 * _BUTTON_PAD for _, text, _ in kinds]
        label = language or tr("text")
        self._compact = sum(words) + metrics.horizontalAdvance(label) + 3 * _PAD > width
        self._buttons: list[_Button] = []
        right = width - 4.0
        for (name, text, icon), word in zip(kinds, words, strict=True):
            wide = _ICON_BUTTON if self._compact else word
            if right < wide:
                break
            rect = QRectF(right - wide, 4.0, wide, HEADER - 9.0)
            self._buttons.append(_Button(name, text, icon, rect))
            right -= wide + 2.0
        room = max(right - 2 * _PAD, 0.0)
        self._label = metrics.elidedText(label, Qt.TextElideMode.ElideRight, room)

    def hots(self, x: float, y: float) -> list[Hot]:
        """Its buttons when it stands at (``x``, ``y``)."""
        return [
            Hot(button.rect.translated(x, y), RowAction(button.name), button.label)
            for button in self._buttons
        ]

    def paint(self, painter: QPainter, paint: Paint, x: float, y: float) -> None:
        look = self._look
        painter.setPen(QPen(look.colour(look.theme.line), 1.0))
        bottom = y + HEADER - 0.5
        painter.drawLine(QPointF(x, bottom), QPointF(x + self._width, bottom))
        painter.setFont(look.small.font)
        painter.setPen(look.colour(look.theme.dim))
        label = QRectF(x + _PAD, y, self._width, HEADER - 1.0)
        painter.drawText(label, Qt.AlignmentFlag.AlignVCenter, self._label)
        for button in self._buttons:
            self._paint_button(painter, paint, button, button.rect.translated(x, y))

    def _paint_button(self, painter: QPainter, paint: Paint, button: _Button, rect: QRectF) -> None:
        look, theme = self._look, self._look.theme
        hovered = paint.hover == RowAction(button.name)
        copied = paint.copied and button.name == "copy_code"
        if hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(theme.accent_weak))
            painter.drawRoundedRect(rect, 6.0, 6.0)
        colour = theme.text if hovered else theme.dim
        if copied:
            colour = theme.ok
        elif button.name == "wrap_code" and self._wrapped:
            colour = theme.accent
        if self._compact:
            look.draw_icon(painter, "check" if copied else button.icon, colour, rect, _ICON)
            return
        painter.setPen(look.colour(colour))
        label = tr("Copied") if copied else button.label
        # A longer word reaches into the space before it.
        text = rect.adjusted(-rect.width(), 0.0, -_BUTTON_PAD, 0.0)
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(text, side, label)


def _kinds(folded: bool | None) -> Sequence[tuple[ActName, str, str]]:
    """Action, label and icon of the buttons, from the right."""
    kinds: list[tuple[ActName, str, str]] = [
        ("copy_code", tr("Copy"), "copy"),
        ("wrap_code", tr("Wrap"), "wrap"),
        ("save_code", tr("Save"), "save"),
    ]
    if folded is not None:
        label, icon = (tr("Expand"), "chevron-down") if folded else (tr("Collapse"), "chevron-up")
        kinds.append(("fold_code", label, icon))
    return kinds
