# SPDX-License-Identifier: MIT
"""What files for reading tell of a message, whatever their format; knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from chatglm_desktop.chat.exporting.words import Words
from chatglm_desktop.core.deltas import Image, Source
from chatglm_desktop.core.export_choice import ExportContents
from chatglm_desktop.core.messages import (
    AttachmentPart,
    ImagesPart,
    Message,
    MessageState,
    Role,
    SourcesPart,
)

TimeText: TypeAlias = Callable[[float], str]
"""Seconds since the epoch as a text."""


@dataclass(frozen=True, slots=True)
class Told:
    """``text`` of a user is shown as it was written, that of a reply is Markdown.

    ``details`` are the model and the time, as far as they are wanted. ``note`` says how a reply
    ended that did not end by itself.
    """

    role: Role
    name: str
    details: tuple[str, ...]
    thinking: str
    text: str
    attachments: tuple[AttachmentPart, ...]
    images: tuple[Image, ...]
    sources: tuple[Source, ...]
    note: str

    @property
    def verbatim(self) -> bool:
        return self.role is not Role.ASSISTANT


def local_time(at: float) -> str:
    """A time in this computer's zone, as all readers understand it."""
    try:
        return datetime.fromtimestamp(at).strftime("%Y-%m-%d %H:%M")
    except (OverflowError, ValueError, OSError):
        return ""  # an imported message can claim any time


def tell(
    message: Message, contents: ExportContents, words: Words, time: TimeText = local_time
) -> Told:
    """What is told of ``message``."""
    reasoning = message.reasoning
    return Told(
        message.role,
        _name(message.role, words),
        tuple(_details(message, contents, time)),
        reasoning.text if reasoning is not None and contents.thinking else "",
        message.text,
        message.attachments,
        tuple(i for p in message.parts if isinstance(p, ImagesPart) for i in p.items),
        tuple(s for p in message.parts if isinstance(p, SourcesPart) for s in p.items),
        _note(message, words),
    )


def one_line(text: str) -> str:
    """``text`` without line breaks and without more than one space in a row."""
    return " ".join(text.split())


def _name(role: Role, words: Words) -> str:
    return {Role.USER: words.you, Role.ASSISTANT: words.assistant, Role.SYSTEM: words.system}[role]


def _details(message: Message, contents: ExportContents, time: TimeText) -> Iterator[str]:
    if contents.model and message.model:
        yield one_line(message.model)
    if contents.times and (text := time(message.created_at)):
        yield text


def _note(message: Message, words: Words) -> str:
    if message.failure is not None:
        return one_line(words.failed(message.failure))
    match message.state:
        case MessageState.STOPPED:
            return words.stopped
        case MessageState.INTERRUPTED:
            return words.interrupted
        case MessageState.SENDING | MessageState.STREAMING:
            return words.arriving
        case _:
            return ""
