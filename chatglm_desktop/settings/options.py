# SPDX-License-Identifier: MIT
"""Every option with its type, default and one line of help; knows no file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

ThemeChoice: TypeAlias = Literal["system", "light", "dark", "high-contrast"]
Language: TypeAlias = Literal["system", "en", "zh"]
SendKey: TypeAlias = Literal["enter", "ctrl-enter"]
FollowMode: TypeAlias = Literal["follow", "screen", "never"]
CopyFormat: TypeAlias = Literal["markdown", "plain"]


@dataclass(frozen=True, slots=True)
class Options:
    """What the user can choose. The window's geometry is state and lies elsewhere."""

    theme: ThemeChoice = "system"
    language: Language = "system"
    send_key: SendKey = "enter"
    copy_format: CopyFormat = "markdown"
    follow: FollowMode = "follow"
    endpoint: str = ""


HELP: Mapping[str, str] = {
    "theme": "The colours of the window.",
    "language": "The language of the window; answers come in that of the question.",
    "send_key": "The key that sends a message; the other one begins a new line.",
    "copy_format": "What copied text is where it is pasted as plain text.",
    "follow": "How far a reply that arrives is followed: to its end, for one screen, or never.",
    "endpoint": "Another address of the guest service; empty means the usual one.",
}
