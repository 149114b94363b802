# SPDX-License-Identifier: MIT
"""What exports need of Qt: PDF files and drawn formulas; needs a QGuiApplication, no window."""

from __future__ import annotations

from functools import lru_cache, partial

from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont, QPageSize

from chatglm_desktop.chat.exporting.making import Tools
from chatglm_desktop.gui.exporting.formulas import ReadyFormulas, svg_of
from chatglm_desktop.gui.exporting.pdf import PdfFile
from chatglm_desktop.gui.exporting.print_look import print_look
from chatglm_desktop.gui.theme.fonts import body_font

_KEPT = 512
"""Drawings of formulas that are kept."""


def export_tools(base: QFont | None = None) -> Tools:
    """For the thread of an exporter; ``base`` gives the families of text."""
    font = base or body_font()
    formulas = ReadyFormulas(font)
    look = print_look(font, formulas)
    pdf = partial(PdfFile, look=look, size=_paper())
    # The same formula often stands in a text more than once.
    drawn = lru_cache(_KEPT)(partial(svg_of, formulas))
    return Tools(drawn, pdf)


def _paper() -> QPageSize.PageSizeId:
    """The paper that is used in the user's country."""
    letter = QLocale.system().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    return QPageSize.PageSizeId.Letter if letter else QPageSize.PageSizeId.A4
