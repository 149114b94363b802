# SPDX-License-Identifier: MIT
"""Icons take the colour and the sharpness that is asked for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QApplication

from chatglm_desktop import resources
from chatglm_desktop.gui.theme.icons import Icons

NAMES = sorted(
    file.stem for file in resources.path("icons").glob("*.svg") if file.stem != "chatglm-desktop"
)


def furthest_ink(pixmap: QPixmap, colour: QColor) -> int:
    """How far, in steps of 255, a fully covered pixel is from ``colour`` at most."""
    image = pixmap.toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    covered = [pixel for pixel in pixels if pixel.alpha() == 255]
    assert covered, "nothing was drawn"
    return max(
        max(
            abs(pixel.red() - colour.red()),
            abs(pixel.green() - colour.green()),
            abs(pixel.blue() - colour.blue()),
        )
        for pixel in covered
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication, name: str) -> None:
    pixmap = Icons().pixmap(name, "#c4320a", 24, 4.0)
    # Antialiasing rounds the colour by a step or two.
    assert furthest_ink(pixmap, QColor("#c4320a")) <= 2


def test_a_pixmap_has_the_pixels_of_its_screen_and_is_drawn_once(qapp: QApplication) -> None:
    icons = Icons()
    pixmap = icons.pixmap("plus", "#000000", 16, 2.0)
    assert pixmap.size() == QSize(32, 32)
    assert pixmap.deviceIndependentSize().toSize() == QSize(16, 16)
    assert icons.pixmap("plus", "#000000", 16, 2.0) is pixmap
    assert icons.pixmap("plus", "#ffffff", 16, 2.0) is not pixmap


def test_an_icon_for_menus_is_sharp_on_dense_screens(qapp: QApplication) -> None:
    icon = Icons().icon("trash", "#000000")
    assert icon.pixmap(QSize(16, 16), 2.0).size() == QSize(32, 32)


def test_an_unknown_icon_is_a_bug(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        Icons().pixmap("nonexistent", "#000000", 16, 1.0)
