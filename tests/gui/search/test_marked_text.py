# SPDX-License-Identifier: MIT
"""Marks are where they belong, whatever the text consists of and wherever it is cut off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from chatglm_desktop.core.utf16 import units
from chatglm_desktop.gui.search.marked_text import MarkedPainter, MarkedText
from chatglm_desktop.gui.theme.tokens import LIGHT


def marked_columns(said: MarkedText, width: int, lines: int) -> list[int]:
    """Where the colour of marks is seen."""
    image = QImage(width, 20 * lines, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    font = QFont()
    font.setPixelSize(13)
    with QPainter(image) as painter:
        MarkedPainter(font, lines).paint(painter, QRectF(0, 0, width, 20 * lines), said, LIGHT)
    wanted = QColor(LIGHT.mark).rgb()
    return [
        x for x in range(width) if any(image.pixel(x, y) == wanted for y in range(image.height()))
    ]


def test_characters_that_qt_counts_twice_do_not_shift_marks(qapp: QApplication) -> None:
    plain = marked_columns(MarkedText("ab", ((1, 2),)), 200, 1)
    assert units("🧪a") == 3
    shifted = marked_columns(MarkedText("🧪ab", ((2, 3),)), 200, 1)
    assert plain
    assert shifted
    assert abs(len(plain) - len(shifted)) <= 1


@pytest.mark.parametrize("lines", [1, 2])
def test_a_mark_that_is_cut_off_is_not_shown(qapp: QApplication, lines: int) -> None:
    text = "🧪 word " * 60 + "end"
    assert marked_columns(MarkedText(text, ((len(text) - 3, len(text)),)), 200, lines) == []
    assert marked_columns(MarkedText(text, ((2, 6),)), 200, lines)


def test_an_empty_text_is_nothing(qapp: QApplication) -> None:
    assert marked_columns(MarkedText(""), 50, 2) == []
