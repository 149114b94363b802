# SPDX-License-Identifier: MIT
"""Draws the SVG icons in any colour and size; knows no theme and no widget."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from chatglm_desktop import resources


class Icons:
    """Pixmaps of ``resources/icons/*.svg``, each drawn once per colour, size and screen."""

    def __init__(self) -> None:
        self._sources: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        """The icon, ``size`` pixels square at device pixel ratio ``ratio``."""
        key = (name, colour, size, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._draw(*key)
        return self._pixmaps[key]

    def icon(self, name: str, colour: str, size: int = 16) -> QIcon:
        """The icon for menus and tabs, sharp at ratios of 1, 2 and 3."""
        icon = QIcon()
        for ratio in (1.0, 2.0, 3.0):
            icon.addPixmap(self.pixmap(name, colour, size, ratio))
        return icon

    def _draw(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        if name not in self._sources:
            self._sources[name] = resources.read_text(f"icons/{name}.svg")
        source = self._sources[name].replace("currentColor", colour)
        pixmap = QPixmap(round(size * ratio), round(size * ratio))
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(pixmap.rect()))
        pixmap.setDevicePixelRatio(ratio)
        return pixmap
