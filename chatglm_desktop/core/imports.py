# SPDX-License-Identifier: MIT
"""What is taken in from a file of another program, as values; knows no file format, no storage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.messages import Message

ImportSource: TypeAlias = Literal[
    "chatglm-desktop", "chatgpt", "claude", "cherry-studio", "chatbox", "nextchat"
]

SOURCE_NAMES: Mapping[ImportSource, str] = {
    "chatglm-desktop": "ChatGLM Desktop",
    "chatgpt": "ChatGPT",
    "claude": "Claude",
    "cherry-studio": "Cherry Studio",
    "chatbox": "Chatbox",
    "nextchat": "NextChat",
}

SkipReason: TypeAlias = Literal["broken", "empty", "in the trash", "taken"]
"""Why a conversation stays out. "taken": its messages have ids that others here have already."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A conversation as it is to be taken in.

    Parents stand before their children, siblings in their order; the path down to ``leaf_id`` is
    the active branch. The same conversation of the same program always has the same ids.
    """

    summary: ConversationSummary
    messages: tuple[Message, ...]
    leaf_id: str | None
    setup: Setup = field(default_factory=Setup)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A conversation of the file that is left out."""

    title: str
    reason: SkipReason


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is remembered of a conversation while a file is looked through.

    ``times`` are where its messages stand among others, in seconds since the epoch.
    """

    id: str
    title: str
    message_ids: tuple[str, ...]
    times: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What is here already of a sketched conversation: ``missing`` of its messages are not.

    ``here`` is false for a conversation that would be new.
    """

    here: bool
    missing: int
    reason: SkipReason | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What one step of an import has added: ids of new and of grown conversations, messages."""

    new: tuple[str, ...] = ()
    grown: tuple[str, ...] = ()
    messages: int = 0
