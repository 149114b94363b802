# SPDX-License-Identifier: MIT
"""What the user sent along: thumbnails of pictures, a chip for each other file; reads no file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPen

from chatglm_desktop.core.messages import AttachmentPart
from chatglm_desktop.core.pictures import attached
from chatglm_desktop.gui.pictures import Pictures
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.look import Look, pixel_ratio
from chatglm_desktop.gui.transcript.rows.glyphs import paint_file_glyph, paint_picture_glyph
from chatglm_desktop.gui.transcript.rows.notes import byte_count
from chatglm_desktop.gui.transcript.rows.picture_row import rounded
from chatglm_desktop.gui.transcript.rows.row import Paint, PlainRow

TILE = 120.0
_CHIP_WIDTH = 220.0
_CHIP = 44.0
_GAP = 8.0
_BELOW = 8.0
_RADIUS = 8.0
_ICON = 36.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class AttachmentsRow(PlainRow):
    """The attachments of a message, in lines of at most ``width`` pixels."""

    def __init__(
        self, parts: Sequence[AttachmentPart], pictures: Pictures, look: Look, width: float
    ) -> None:
        self._pictures = pictures
        self._look = look
        self._rendered: dict[str, QImage] = {}
        for part in parts:
            if is_picture(part) and pictures.state(attached(part.digest)) == "hidden":
                # It lies on this computer: nothing is told to anyone.
                pictures.ask(attached(part.digest))
        self._boxes = list(self._placed(parts, width))
        bottom = max(box.bottom() for _, box in self._boxes)
        self.natural_width = max(box.right() for _, box in self._boxes)
        self.height = float(round(bottom + _BELOW))

    def _placed(
        self, parts: Sequence[AttachmentPart], width: float
    ) -> Iterator[tuple[AttachmentPart, QRectF]]:
        """Thumbnails first, chips in lines of their own."""
        x = y = line = 0.0
        for part in sorted(parts, key=self._tiled, reverse=True):
            across, down = (TILE, TILE) if self._tiled(part) else (min(_CHIP_WIDTH, width), _CHIP)
            if x and (x + across > width or down < line):
                x, y, line = 0.0, y + line + _GAP, 0.0
            yield part, QRectF(x, y, across, down)
            x += across + _GAP
            line = max(line, down)

    def _tiled(self, part: AttachmentPart) -> bool:
        state = self._pictures.state(attached(part.digest))
        return is_picture(part) and state in ("hidden", "loading", "shown")

    def paint(self, painter: QPainter, paint: Paint) -> None:
        for part, box in self._boxes:
            painter.save()
            if self._tiled(part):
                self._paint_tile(painter, part, box)
            else:
                self._paint_chip(painter, part, box)
            painter.restore()

    def _paint_tile(self, painter: QPainter, part: AttachmentPart, box: QRectF) -> None:
        picture = self._pictures.get(attached(part.digest))
        if picture is None:
            self._paint_ground(painter, box)
            colour = self._look.colour(self._look.theme.dim)
            paint_picture_glyph(painter, box.center(), colour, 1.5)
            return
        ratio = pixel_ratio(painter)
        rendered = self._rendered.get(part.digest)
        if rendered is None or rendered.devicePixelRatioF() != ratio:
            rendered = rounded(picture.image, TILE, TILE, ratio, _RADIUS)
            self._rendered[part.digest] = rendered
        painter.drawImage(box.topLeft(), rendered)

    def _paint_chip(self, painter: QPainter, part: AttachmentPart, box: QRectF) -> None:
        look, theme = self._look, self._look.theme
        self._paint_ground(painter, box)
        centre = QPointF(box.left() + _ICON / 2 + 2.0, box.center().y())
        paint_file_glyph(painter, centre, look.colour(theme.dim))
        text = box.adjusted(_ICON, 4.0, -10.0, -4.0)
        half = text.height() / 2
        name = QFontMetricsF(look.small.font).elidedText(
            part.name, Qt.TextElideMode.ElideMiddle, text.width()
        )
        painter.setFont(look.small.font)
        painter.setPen(look.colour(theme.text))
        painter.drawText(QRectF(text.left(), text.top(), text.width(), half), _LEFT, name)
        missing = is_picture(part)
        note = tr("missing") if missing else byte_count(part.size)
        painter.setPen(look.colour(theme.bad if missing else theme.dim))
        painter.drawText(QRectF(text.left(), text.top() + half, text.width(), half), _LEFT, note)

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        theme = self._look.theme
        painter.setPen(QPen(self._look.colour(theme.line), 1.0))
        painter.setBrush(self._look.colour(theme.surface))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)


def is_picture(part: AttachmentPart) -> bool:
    """Whether a thumbnail can be made of an attachment."""
    return part.media_type in ("image/png", "image/jpeg", "image/webp", "image/gif")
