# SPDX-License-Identifier: MIT
"""A picture made by the service, or the card in its place; asks for nothing by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from chatglm_desktop.core.deltas import Image
from chatglm_desktop.core.links import host_of
from chatglm_desktop.core.pictures import PictureProblem
from chatglm_desktop.gui.pictures import Pictures
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.look import Look, pixel_ratio
from chatglm_desktop.gui.transcript.rows.glyphs import paint_picture_glyph
from chatglm_desktop.gui.transcript.rows.row import Hot, OpenLink, Paint, PictureAction, PlainRow

MOST_HEIGHT = 420.0
_ABOVE = 12.0
_CARD = (300.0, 136.0)
_UNKNOWN = (400.0, 300.0)
_RADIUS = 10.0
_BUTTON = 30.0
_PAD = 16.0


def picture_size(size: tuple[float, float], width: float) -> tuple[float, float]:
    """Width and height of a picture of ``size`` in a column of ``width`` pixels."""
    scale = min(width / size[0], MOST_HEIGHT / size[1], 1.0)
    return max(float(round(size[0] * scale)), 1.0), max(float(round(size[1] * scale)), 1.0)


def problem_text(problem: PictureProblem, host: str) -> str:
    """Why a picture is not there, in a sentence."""
    match problem:
        case "unreachable":
            return tr("{host} cannot be reached.", host=host)
        case "timed out":
            return tr("{host} took too long.", host=host)
        case "refused":
            return tr("{host} does not hand it out.", host=host)
        case "too large":
            return tr("The picture is too large to be shown here.")
        case "not a picture":
            return tr("What {host} sent is no picture.", host=host)
        case "missing":
            return tr("The file is missing.")
        case _:
            assert_never(problem)


class PictureRow(PlainRow):
    """The picture ``number`` of a reply, laid out to ``width``."""

    def __init__(
        self, number: int, image: Image, pictures: Pictures, look: Look, width: float
    ) -> None:
        self._url = image.url
        self._host = host_of(image.url)
        self._pictures = pictures
        self._state = pictures.state(image.url)
        self._rendered: QImage | None = None
        self._button = ""
        shown = pictures.get(image.url)
        if shown is not None:
            size = shown.image.size()
            box = picture_size((size.width(), size.height()), width)
        else:
            declared = (float(image.width), float(image.height))
            box = picture_size(declared if min(declared) > 0 else _UNKNOWN, width)
            box = (min(max(box[0], _CARD[0]), width), max(box[1], _CARD[1]))
        self._box = QRectF(0.0, _ABOVE, *box)
        self.height = _ABOVE + box[1]
        self.natural_width = box[0]
        self._hots = (self._hot(number, look),)

    def _hot(self, number: int, look: Look) -> Hot:
        match self._state:
            case "shown":
                label = tr("Picture {number}: open in the browser", number=number)
                return Hot(self._box, OpenLink(self._url), label)
            case "hidden":
                self._button = tr("Show")
                label = tr("Show picture {number} from {host}", number=number, host=self._host)
            case "loading":
                self._button = label = tr("Cancel")
            case _:
                self._button = label = tr("Try again")
        width = QFontMetricsF(look.small.font).horizontalAdvance(self._button) + 28.0
        rect = QRectF(0.0, 0.0, width, _BUTTON)
        rect.moveCenter(self._box.center() + QPointF(0.0, 34.0))
        loading = self._state == "loading"
        action = PictureAction("cancel" if loading else "show", self._url)
        return Hot(rect, action, label)

    @property
    def hots(self) -> Sequence[Hot]:
        return self._hots

    @property
    def _text(self) -> str:
        match self._state:
            case "hidden":
                return tr("Picture from {host}", host=self._host)
            case "loading":
                return tr("Loading the picture from {host}…", host=self._host)
            case "shown":
                return ""
            case problem:
                return problem_text(problem, self._host)

    def paint(self, painter: QPainter, paint: Paint) -> None:
        shown = self._pictures.get(self._url)
        if self._state == "shown" and shown is not None:
            self._paint_picture(painter, shown.image)
        else:
            self._paint_card(painter, paint)

    def _paint_picture(self, painter: QPainter, image: QImage) -> None:
        ratio = pixel_ratio(painter)
        if self._rendered is None or self._rendered.devicePixelRatioF() != ratio:
            self._rendered = rounded(image, self._box.width(), self._box.height(), ratio)
        painter.drawImage(self._box.topLeft(), self._rendered)

    def _paint_card(self, painter: QPainter, paint: Paint) -> None:
        look, theme = paint.look, paint.look.theme
        painter.setPen(QPen(look.colour(theme.line), 1.0))
        painter.setBrush(look.colour(theme.surface))
        painter.drawRoundedRect(self._box.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        centre = self._box.center()
        paint_picture_glyph(painter, centre - QPointF(0.0, 34.0), look.colour(theme.dim), 1.75)
        line = QRectF(_PAD, centre.y() - 10.0, self._box.width() - 2 * _PAD, 20.0)
        metrics = QFontMetricsF(look.small.font)
        text = metrics.elidedText(self._text, Qt.TextElideMode.ElideMiddle, line.width())
        painter.setFont(look.small.font)
        painter.setPen(look.colour(theme.text))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)
        hot = self._hots[0]
        hovered = paint.hover == hot.action
        painter.setPen(QPen(look.colour(theme.line), 1.0))
        painter.setBrush(look.colour(theme.accent_weak if hovered else theme.raised))
        painter.drawRoundedRect(hot.rect.adjusted(0.5, 0.5, -0.5, -0.5), 8.0, 8.0)
        painter.setPen(look.colour(theme.text))
        painter.drawText(hot.rect, Qt.AlignmentFlag.AlignCenter, self._button)


def rounded(
    image: QImage, width: float, height: float, ratio: float, radius: float = _RADIUS
) -> QImage:
    """``image`` cut to fill ``width`` × ``height`` pixels of a screen, with round corners."""
    size = QSize(max(round(width * ratio), 1), max(round(height * ratio), 1))
    scaled = image.scaled(
        size,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    result = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    result.fill(Qt.GlobalColor.transparent)
    with QPainter(result) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(QRectF(QPointF(), size.toSizeF()), radius * ratio, radius * ratio)
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        x, y = (size.width() - scaled.width()) // 2, (size.height() - scaled.height()) // 2
        painter.drawImage(x, y, scaled)
    result.setDevicePixelRatio(ratio)
    return result
