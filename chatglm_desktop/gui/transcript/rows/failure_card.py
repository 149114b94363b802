# SPDX-License-Identifier: MIT
"""The card at a failed turn: what happened, what to do, buttons."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.rows.row import FailureAction, FailureText, Hot, Paint
from chatglm_desktop.gui.transcript.text.flow import Flow
from chatglm_desktop.markdown.blocks import Span

_PAD = 14.0
_BUTTON = 30.0
_BUTTON_GAP = 8.0
_LONGEST = 800


class FailureCard:
    """Laid out to ``width``."""

    def __init__(self, failure: FailureText, look: Look, width: float) -> None:
        self._width = width
        self._failure = failure
        self._flows: list[tuple[float, Flow]] = []
        inner = width - 2 * _PAD - 4.0
        y = _PAD
        theme = look.theme
        for text, face, colour, space in (
            (failure.summary, look.strong_cell, theme.text, 2.0),
            (failure.hint, look.cell, theme.dim, 0.0),
        ):
            flow = Flow((Span(_shortened(text)),), face, look, inner, colour=colour)
            self._flows.append((y, flow))
            y += flow.height + space
        self._buttons: list[tuple[QRectF, str, str]] = []
        if failure.actions:
            y = self._place_buttons(y + 8.0, inner, look)
        self.height = y + _PAD

    def _place_buttons(self, y: float, inner: float, look: Look) -> float:
        """Put the buttons in lines from ``y`` on; returns where they end."""
        metrics = QFontMetricsF(look.small.font)
        x = 0.0
        for action, label in self._failure.actions:
            width = metrics.horizontalAdvance(label) + 24.0
            if x and x + width > inner:
                x = 0.0
                y += _BUTTON + _BUTTON_GAP
            rect = QRectF(_PAD + 4.0 + x, y, width, _BUTTON)
            self._buttons.append((rect, action, label))
            x += width + _BUTTON_GAP
        return y + _BUTTON

    def hots(self, top: float) -> list[Hot]:
        return [
            Hot(rect.translated(0.0, top), FailureAction(action), label)
            for rect, action, label in self._buttons
        ]

    def paint(self, painter: QPainter, top: float, paint: Paint) -> None:
        look = paint.look
        theme = look.theme
        card = QRectF(0.5, top + 0.5, self._width - 1.0, self.height - 1.0)
        painter.setPen(QPen(look.colour(theme.line), 1.0))
        painter.setBrush(look.colour(theme.surface))
        painter.drawRoundedRect(card, 10.0, 10.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(theme.bad))
        painter.drawRoundedRect(QRectF(6.0, top + 10.0, 3.0, self.height - 20.0), 1.5, 1.5)
        for y, flow in self._flows:
            flow.paint(painter, _PAD + 4.0, top + y)
        painter.setFont(look.small.font)
        # A single button only copies details: nothing that the card urges the user to do.
        main = 0 if len(self._buttons) > 1 else -1
        for number, (rect, action, label) in enumerate(self._buttons):
            hovered = paint.hover == FailureAction(action)
            self._paint_button(
                painter, look, rect.translated(0.0, top), label, (number == main, hovered)
            )

    def _paint_button(
        self, painter: QPainter, look: Look, rect: QRectF, label: str, state: tuple[bool, bool]
    ) -> None:
        """``state``: whether it is the main button, whether the pointer is over it."""
        main, hovered = state
        theme = look.theme
        ground = look.colour(theme.accent if main else theme.raised)
        if hovered:
            ground = QColor(ground).darker(108) if main else look.colour(theme.accent_weak)
        line = Qt.PenStyle.NoPen if main else QPen(look.colour(theme.line), 1.0)
        painter.setPen(line)
        painter.setBrush(ground)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 8.0, 8.0)
        painter.setPen(look.colour(theme.on_accent if main else theme.text))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, label)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + "…"
