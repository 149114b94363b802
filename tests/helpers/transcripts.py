# SPDX-License-Identifier: MIT
"""Conversations that are at hand as a whole, for views under test."""

from __future__ import annotations

from collections.abc import Sequence

from chatglm_desktop.core.history import History
from chatglm_desktop.core.messages import Message
from chatglm_desktop.core.tabs import Anchor
from chatglm_desktop.gui.transcript.view import TranscriptView


def show_messages(
    view: TranscriptView, messages: Sequence[Message], anchor: Anchor | None = None
) -> None:
    """Show all of a conversation, at ``anchor`` or at the end."""
    view.contents.show(History("", None, len(messages), 0, tuple(messages)), anchor)
