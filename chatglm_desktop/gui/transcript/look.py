# SPDX-License-Identifier: MIT
"""Fonts, colours and lengths of the transcript for one theme and zoom; draws nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter

from chatglm_desktop.gui.theme.fonts import code_font
from chatglm_desktop.gui.theme.icons import Icons
from chatglm_desktop.gui.theme.tokens import Theme
from chatglm_desktop.gui.transcript.math.formulas import Formulas
from chatglm_desktop.markdown.highlighters import Highlighters

BODY_PIXELS = 14.5
HEADING_PIXELS = (22.0, 19.0, 16.5, 14.5, 14.5, 14.5)
COLUMN_MAX = 760.0
COLUMN_MARGIN = 24.0
BUBBLE_RADIUS = 14.0
GAP = 32.0
TOP = 22.0
BOTTOM = 36.0
USER_SHARE = 0.75
FORMULA_X_HEIGHT = 0.473
"""How high small letters in formulas are, in font sizes."""
STAND_IN = "x"
"""Keeps the place of a formula in a layout: lines break beside it as beside a letter."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font and the height of its lines; ``ascent`` places the base line in them.

    ``formula_size`` is the font size of formulas in its text, whose small letters are then as
    high as those around; ``stand_in`` is how wide the character is that keeps their place.
    """

    font: QFont
    line_height: float
    ascent: float
    formula_size: float
    stand_in: float


class Look:
    """Everything drawing needs to know of a theme. ``base`` gives the families of text."""

    def __init__(self, theme: Theme, base: QFont) -> None:
        self.theme = theme
        self.base = base
        self.formulas = Formulas(base)
        self.highlighters = Highlighters()
        self._colours: dict[str, QColor] = {}
        self._icons = Icons()

    def take_over(self, earlier: Look) -> None:
        """Keep what an earlier look has that does not depend on the theme."""
        self.highlighters = earlier.highlighters
        self._icons = earlier._icons
        if earlier.base == self.base:
            self.formulas = earlier.formulas

    def colour(self, value: str) -> QColor:
        """The colour ``#rrggbb``."""
        if value not in self._colours:
            self._colours[value] = QColor(value)
        return self._colours[value]

    def draw_icon(
        self, painter: QPainter, name: str, colour: str, rect: QRectF, size: int = 16
    ) -> None:
        """Draw an icon of ``size`` pixels in the middle of ``rect``, sharp however enlarged."""
        pixmap = self._icons.pixmap(name, colour, size, pixel_ratio(painter))
        square = QRectF(0.0, 0.0, size, size)
        square.moveCenter(rect.center())
        painter.drawPixmap(square, pixmap, QRectF(pixmap.rect()))

    @cached_property
    def body(self) -> Face:
        return self._face(BODY_PIXELS, 1.52)

    @cached_property
    def thinking(self) -> Face:
        return self._face(13.5, 1.5)

    @cached_property
    def small(self) -> Face:
        return self._face(12.5, 1.5)

    @cached_property
    def small_bold(self) -> Face:
        return self._face(12.5, 1.5, bold=True)

    @cached_property
    def cell(self) -> Face:
        return self._face(14.0, 1.5)

    @cached_property
    def strong_cell(self) -> Face:
        return self._face(14.0, 1.5, bold=True)

    @cached_property
    def headings(self) -> tuple[Face, ...]:
        return tuple(self._face(pixels, 1.35, bold=True) for pixels in HEADING_PIXELS)

    @cached_property
    def code(self) -> Face:
        return _measured(code_font(), 1.55)

    @cached_property
    def code_column(self) -> float:
        """The width of one column of code."""
        return QFontMetricsF(self.code.font).horizontalAdvance("0")

    def inline_code(self, face: Face) -> QFont:
        """The code font in a size that fits text of ``face``."""
        font = QFont(self.code.font)
        font.setPointSizeF(face.font.pointSizeF() * 0.9)
        return font

    def _face(self, pixels: float, leading: float, *, bold: bool = False) -> Face:
        font = QFont(self.base)
        # Only sizes in points can be fractions.
        font.setPointSizeF(pixels * 72.0 / _dots_per_inch())
        if bold:
            font.setWeight(QFont.Weight.DemiBold)
        return _measured(font, leading)


class Looks:
    """What all transcripts look like: they share fonts, icons, formulas and languages."""

    def __init__(self) -> None:
        self._looks: dict[Theme, Look] = {}

    def get(self, theme: Theme, base: QFont) -> Look:
        """The look for a theme, with the families of ``base``."""
        found = self._looks.get(theme)
        if found is None or found.base != base:
            earlier = next(reversed(self._looks.values()), None)
            found = self._looks[theme] = Look(theme, base)
            if earlier is not None:
                found.take_over(earlier)
        return found

    def stop(self) -> None:
        """Begin nothing more in threads: the program ends."""
        for look in self._looks.values():
            look.formulas.stop()


def pixel_ratio(painter: QPainter) -> float:
    """Pixels of the screen for each of those that ``painter`` draws."""
    return painter.device().devicePixelRatioF() * painter.worldTransform().m11()


def _measured(font: QFont, leading: float) -> Face:
    metrics = QFontMetricsF(font)
    pixels = float(font.pixelSize())
    if pixels < 0:
        pixels = font.pointSizeF() * _dots_per_inch() / 72.0
    height = float(round(pixels * leading))
    ascent = (height - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()
    formula_size = min(max(metrics.xHeight() / FORMULA_X_HEIGHT, pixels), 1.2 * pixels)
    return Face(font, height, ascent, formula_size, metrics.horizontalAdvance(STAND_IN))


def _dots_per_inch() -> float:
    screen = QGuiApplication.primaryScreen()
    return float(screen.logicalDotsPerInchY())
