# SPDX-License-Identifier: MIT
"""The sources of a reply: a title, a line for each, and the way to all; knows no text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from chatglm_desktop.core.deltas import Source
from chatglm_desktop.core.links import host_of, may_open
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.rows.row import Hot, OpenLink, Paint, PlainRow, RowAction

_ABOVE = 14.0
_NUMBER = 16.0
_PAD = 8.0
_GAP = 10.0
_HOST_SHARE = 0.4
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def source_title(source: Source) -> str:
    """What a source is called; its address if it has no title."""
    return " ".join(source.title.split()) or source.url


def source_tip(number: int, source: Source) -> str:
    """A source in a line: number, title, host."""
    parts = (source_title(source), host_of(source.url))
    return f"{number}. " + " · ".join(part for part in parts if part)


class SourcesTitle(PlainRow):
    """Stands above the sources and counts them."""

    def __init__(self, count: int, look: Look) -> None:
        self._count = count
        self.height = _ABOVE + look.small.line_height + 4.0

    def paint(self, painter: QPainter, paint: Paint) -> None:
        look = paint.look
        title = tr("Sources")
        line = QRectF(0.0, _ABOVE, 2000.0, look.small.line_height)
        painter.setFont(look.small_bold.font)
        painter.setPen(look.colour(look.theme.text))
        painter.drawText(line, _LEFT, title)
        line.setLeft(QFontMetricsF(look.small_bold.font).horizontalAdvance(title) + _PAD)
        painter.setFont(look.small.font)
        painter.setPen(look.colour(look.theme.dim))
        painter.drawText(line, _LEFT, str(self._count))


class SourceRow(PlainRow):
    """One source, laid out to ``width``: number, title, host."""

    def __init__(self, number: int, source: Source, look: Look, width: float) -> None:
        self._number = str(number)
        self._width = width
        self.height = look.small.line_height + 8.0
        self.natural_width = width
        metrics = QFontMetricsF(look.small.font)
        room = max(width - _NUMBER - 2 * _PAD, 1.0)
        right = Qt.TextElideMode.ElideRight
        self._host = metrics.elidedText(host_of(source.url), right, room * _HOST_SHARE)
        host = metrics.horizontalAdvance(self._host)
        room -= host + _GAP if host else 0.0
        self._title = metrics.elidedText(source_title(source), right, room)
        self._host_left = _NUMBER + _PAD + metrics.horizontalAdvance(self._title) + _GAP
        self._hots: tuple[Hot, ...] = ()
        if may_open(source.url):
            label = tr("Open source {source}", source=source_tip(number, source))
            self._hots = (Hot(self._box, OpenLink(source.url), label),)

    @property
    def _box(self) -> QRectF:
        return QRectF(0.0, 0.0, self._width, self.height)

    @property
    def hots(self) -> Sequence[Hot]:
        return self._hots

    def paint(self, painter: QPainter, paint: Paint) -> None:
        look, theme = paint.look, paint.look.theme
        hovered = bool(self._hots) and paint.hover == self._hots[0].action
        if hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(theme.accent_weak))
            painter.drawRoundedRect(self._box, 6.0, 6.0)
        painter.setFont(look.small.font)
        painter.setPen(look.colour(theme.dim))
        painter.drawText(QRectF(0.0, 0.0, _NUMBER, self.height), _RIGHT, self._number)
        host = QRectF(self._host_left, 0.0, self._width, self.height)
        painter.drawText(host, _LEFT, self._host)
        painter.setPen(look.colour(theme.accent if self._hots else theme.text))
        title = QRectF(_NUMBER + _PAD, 0.0, self._width, self.height)
        painter.drawText(title, _LEFT, self._title)


class MoreSources(PlainRow):
    """Leads to all ``count`` sources."""

    def __init__(self, count: int, look: Look) -> None:
        self._label = tr("Show all {count}", count=count)
        self.height = look.small.line_height + 8.0
        width = QFontMetricsF(look.small.font).horizontalAdvance(self._label) + 2 * _PAD
        self._box = QRectF(_NUMBER, 0.0, width, self.height)
        self._hots = (Hot(self._box, RowAction("show_sources"), self._label),)

    @property
    def hots(self) -> Sequence[Hot]:
        return self._hots

    def paint(self, painter: QPainter, paint: Paint) -> None:
        look, theme = paint.look, paint.look.theme
        hovered = paint.hover == RowAction("show_sources")
        painter.setFont(look.small.font)
        painter.setPen(look.colour(theme.text if hovered else theme.dim))
        painter.drawText(self._box.adjusted(_PAD, 0.0, 0.0, 0.0), _LEFT, self._label)
