# SPDX-License-Identifier: MIT
"""Files in PDF, and what reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

from chatglm_desktop.chat.exporting.making import Tools
from chatglm_desktop.chat.exporting.words import Words
from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.export_choice import ExportContents
from chatglm_desktop.core.exports import SavedConversation
from chatglm_desktop.core.messages import AttachmentPart, Message
from chatglm_desktop.gui.exporting.tools import export_tools
from tests.helpers.exports import PICTURE

Printed = Callable[[Sequence[Message]], PdfReader]


@pytest.fixture
def tools(qapp: QApplication) -> Tools:
    return export_tools()


@pytest.fixture
def printed(tools: Tools, tmp_path: Path) -> Printed:
    """Makes a PDF of messages, with thinking."""

    def data(part: AttachmentPart) -> bytes | None:
        return None if part.digest == "0" * 64 else PICTURE

    def make(messages: Sequence[Message]) -> PdfReader:
        assert tools.pdf is not None
        path = tmp_path / "out.pdf"
        file = tools.pdf(path, ExportContents(thinking=True), Words(), data)
        summary = ConversationSummary("c", "天气 today", 1.7e9, 1.7e9)
        file.begin(SavedConversation(summary, Setup(), None, len(messages), len(messages)))
        file.add(messages)
        file.end()
        file.discard()
        return PdfReader(path)

    return make
