# SPDX-License-Identifier: MIT
"""What others wrote is shown letter by letter in a tool tip."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from chatglm_desktop.gui.widgets.tool_tip import plain_tip


@pytest.mark.parametrize(
    "text", ["<b>bold</b> & more", "<img src='http://example.org/a.png'>", "two\nlines", "&lt;"]
)
def test_markup_is_text(qapp: QApplication, text: str) -> None:
    document = QTextDocument()
    document.setHtml(plain_tip(text))
    assert document.toPlainText() == text


def test_no_text_is_no_tip() -> None:
    assert plain_tip("") == ""
