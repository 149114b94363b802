# SPDX-License-Identifier: MIT
"""Running text in lines."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from chatglm_desktop.gui.theme.tokens import LIGHT
from chatglm_desktop.gui.transcript.flow import Flow
from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.markdown.blocks import Span


@pytest.mark.parametrize(
    ("text", "lines"), [("", 1), ("a", 1), ("a\nb", 2), ("a\n\nb", 3), ("a\nb\n", 2), ("\n", 1)]
)
def test_a_break_at_the_end_makes_no_line(qapp: QApplication, text: str, lines: int) -> None:
    look = Look(LIGHT, QFont())
    flow = Flow((Span(text),), look.body, look, 500.0)
    assert flow.height == lines * look.body.line_height
