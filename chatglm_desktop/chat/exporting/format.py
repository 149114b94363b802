# SPDX-License-Identifier: MIT
"""What the formats have in common: a text made message by message; knows no file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias

from chatglm_desktop.core.exports import SavedConversation
from chatglm_desktop.core.messages import AttachmentPart, Message

LinkOf: TypeAlias = Callable[[AttachmentPart], str | None]
"""The relative address of an attachment that is written beside; None if it is gone."""

DataOf: TypeAlias = Callable[[AttachmentPart], bytes | None]
"""What is in an attachment; None if it is gone."""


class TextFormat(Protocol):
    """One conversation as text, to be written in this order; used once."""

    def head(self, conversation: SavedConversation) -> str: ...

    def message(self, message: Message) -> str: ...

    def foot(self) -> str: ...
