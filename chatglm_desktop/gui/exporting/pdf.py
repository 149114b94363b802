# SPDX-License-Identifier: MIT
"""Conversations as PDF, message by message; any thread that waits may use it, each file one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)

from chatglm_desktop.chat.exporting.format import DataOf
from chatglm_desktop.chat.exporting.words import Words
from chatglm_desktop.core.export_choice import ExportContents
from chatglm_desktop.core.exports import SavedConversation
from chatglm_desktop.core.messages import Message
from chatglm_desktop.gui.exporting.message_setting import MessageSetting
from chatglm_desktop.gui.exporting.pages import Ground, Page, Pages, Piece
from chatglm_desktop.gui.exporting.pdf_text import correct_text
from chatglm_desktop.gui.transcript.look import Look

_POINTS = 0.7
"""Points on paper of a pixel at zoom 1: text of 14.5 pixels is one of 10 points."""
_MARGIN = 54.0
"""Points around the text."""
_FOOTER = 20.0
_END = b"%%EOF\n"
_PROBE = 1 << 20


class PdfFile:
    """A PDF in the making at ``path``; ``data`` gives attached pictures. Raises OSErrors."""

    def __init__(
        self,
        path: Path,
        contents: ExportContents,
        words: Words,
        data: DataOf,
        *,
        look: Look,
        size: QPageSize.PageSizeId = QPageSize.PageSizeId.A4,
    ) -> None:
        self._path = path
        # Qt tells of no reason if it cannot write.
        path.touch()
        self._writer = QPdfWriter(str(path))
        # That of the screen, so that sizes in points mean the same pixels as in layouts.
        dots = round(QGuiApplication.primaryScreen().logicalDotsPerInchY())
        self._writer.setResolution(dots)
        self._writer.setPageSize(QPageSize(size))
        margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._writer.setPageMargins(margins, QPageLayout.Unit.Point)
        self._writer.setCreator("ChatGLM Desktop")
        self._scale = dots / 72.0 * _POINTS
        self._width = self._writer.width() / self._scale
        self._height = self._writer.height() / self._scale - _FOOTER
        self._look = look
        self._setting = MessageSetting(look, self._width, contents, words, data)
        self._pages = Pages(self._height)
        self._painter = QPainter()
        self._number = 0
        self._title = ""

    def begin(self, conversation: SavedConversation) -> None:
        self._title = self._setting.title(conversation)
        self._writer.setTitle(self._title)
        if not self._painter.begin(self._writer):
            raise OSError("the PDF cannot be written")
        self._add(self._setting.head(conversation))

    def add(self, messages: Sequence[Message]) -> None:
        for message in messages:
            self._add(self._setting.message(message))

    def end(self) -> None:
        for page in self._pages.end():
            self._paint(page)
        self._painter.end()
        self._check()
        correct_text(self._path)

    def _check(self) -> None:
        """Qt tells of nothing that it could not write: find out why a file has no end."""
        with self._path.open("r+b") as file:
            file.seek(-min(len(_END), self._path.stat().st_size), os.SEEK_END)
            if file.read() != _END:
                # As much as any last words of a file: the reason is the same for them.
                file.write(bytes(_PROBE))
                file.flush()
                raise OSError("the PDF has no end")

    def discard(self) -> None:
        if self._painter.isActive():
            self._painter.end()

    def _add(self, pieces: Iterable[Piece]) -> None:
        for page in self._pages.add(pieces):
            self._paint(page)

    def _paint(self, page: Page) -> None:
        painter = self._painter
        if self._number and not self._writer.newPage():
            raise OSError("the PDF cannot be written")
        self._number += 1
        painter.save()
        painter.scale(self._scale, self._scale)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_grounds(page)
        for placed in page:
            if placed.piece.draw is not None:
                painter.save()
                painter.translate(0.0, placed.top)
                painter.scale(placed.scale, placed.scale)
                placed.piece.draw(painter, 0.0)
                painter.restore()
        self._paint_footer()
        painter.restore()

    def _paint_grounds(self, page: Page) -> None:
        """What pieces stand on: one box for all that follow each other."""
        boxes: list[tuple[Ground, float, float]] = []
        for placed in page:
            ground = placed.piece.ground
            bottom = placed.top + placed.piece.height * placed.scale
            if ground is None:
                continue
            if boxes and boxes[-1][0] is ground:
                boxes[-1] = (ground, boxes[-1][1], bottom)
            else:
                boxes.append((ground, placed.top, bottom))
        for ground, top, bottom in boxes:
            line = QPen(self._look.colour(ground.line), 0.75) if ground.line else Qt.PenStyle.NoPen
            self._painter.setPen(line)
            self._painter.setBrush(self._look.colour(ground.colour))
            box = QRectF(ground.left, top, ground.right - ground.left, bottom - top)
            self._painter.drawRoundedRect(box, ground.radius, ground.radius)

    def _paint_footer(self) -> None:
        painter, face = self._painter, self._look.small
        box = QRectF(0.0, self._height + 4.0, self._width, _FOOTER)
        painter.setFont(face.font)
        painter.setPen(self._look.colour(self._look.theme.dim))
        number = str(self._number)
        metrics = QFontMetricsF(face.font)
        room = self._width - metrics.horizontalAdvance(number) - 24.0
        title = metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
