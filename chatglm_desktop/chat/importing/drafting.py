# SPDX-License-Identifier: MIT
"""Builds messages and conversations out of what a file holds; knows no file format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from chatglm_desktop.chat.importing.data_urls import data_of
from chatglm_desktop.chat.importing.ids import made_id
from chatglm_desktop.chat.importing.loose import as_text, as_title
from chatglm_desktop.chat.importing.luggage import Luggage
from chatglm_desktop.chat.naming import first_title
from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.deltas import Image, Source
from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.generation import Generation
from chatglm_desktop.core.imports import Imported, ImportSource, Skipped
from chatglm_desktop.core.links import is_web
from chatglm_desktop.core.messages import (
    AttachmentPart,
    ImagesPart,
    Message,
    MessageState,
    Part,
    ReasoningPart,
    Role,
    SourcesPart,
    TextPart,
)

MOST_SOURCES = 500
"""Of one message; a reply that was really given has some tens."""

_FENCES = re.compile("`{3,}")
_LANGUAGE = re.compile(r"[A-Za-z0-9+#.-]{1,20}")


@dataclass(slots=True)
class Draft:
    """A message while it is put together; ``id`` and ``parent`` are as its program calls them."""

    id: str
    role: Role
    parent: str | None = None
    time: float | None = None
    model: str = ""
    state: MessageState = MessageState.COMPLETE
    finish_reason: str = ""
    failure: Failure | None = None
    seconds: float = 0.0
    """How long was thought."""

    texts: list[str] = field(default_factory=list)
    thoughts: list[str] = field(default_factory=list)
    files: list[AttachmentPart] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    """By address."""

    def say(self, text: str) -> None:
        """Add a paragraph to the text."""
        if text.strip():
            self.texts.append(text.strip("\n"))

    def think(self, text: str) -> None:
        """Add a paragraph to the thinking."""
        if text.strip():
            self.thoughts.append(text.strip())

    def attach(self, file: AttachmentPart | None, name: str) -> None:
        """Add a file; where there is none, say that the one called ``name`` is missing."""
        if file is None:
            self.miss(name)
        else:
            self.files.append(file)

    def add_picture(self, address: str, luggage: Luggage) -> None:
        """Add the picture at an address of the web, or in a ``data:`` address."""
        if is_web(address):
            self.images.append(Image(address))
        else:
            self.attach(data_of(address, luggage), "picture")

    def miss(self, name: str) -> None:
        """Say that there was a file which the export does not hold."""
        self.say(f"[{name}: not in the export]")

    def cite(self, url: object, title: object = "", snippet: object = "", mark: str = "") -> str:
        """Add a source; returns the mark that stands for it in the text, "" if it is none."""
        address = as_text(url).strip()
        if not is_web(address):
            return ""
        known = self.sources.get(address)
        if known is None and len(self.sources) >= MOST_SOURCES:
            return ""
        if known is None:
            known = Source(
                address,
                as_title(title),
                as_text(snippet)[:500],
                mark or str(len(self.sources) + 1),
            )
            self.sources[address] = known
        return f"【{known.mark}†source】"

    def fail(self, words: str) -> None:
        """Say that the reply failed."""
        self.state = MessageState.FAILED
        self.failure = Failure("ChatError", words[:1000])

    def parts(self) -> tuple[Part, ...]:
        """What it holds, in the order of a reply made here."""
        parts: list[Part] = []
        if self.thoughts:
            parts.append(ReasoningPart("\n\n".join(self.thoughts), self.seconds))
        if self.texts:
            parts.append(TextPart("\n\n".join(self.texts)))
        parts += self.files
        if self.images:
            parts.append(ImagesPart(tuple(self.images)))
        if self.sources:
            parts.append(SourcesPart(tuple(self.sources.values())))
        return tuple(parts)


@dataclass(frozen=True, slots=True)
class Heading:
    """What is said of a conversation besides its messages; times are None if none is known."""

    source: ImportSource
    id: str
    title: str = ""
    created_at: float | None = None
    updated_at: float | None = None
    pinned: bool = False
    archived: bool = False
    folder_id: str | None = None
    system_prompt: str = ""


def fenced(text: str, language: str = "") -> str:
    """``text`` as a block of code."""
    fence = "`" * (1 + max(map(len, _FENCES.findall(text)), default=2))
    known = language if _LANGUAGE.fullmatch(language) else ""
    return f"{fence}{known}\n{text.rstrip()}\n{fence}"


def conversation(
    heading: Heading, drafts: Sequence[Draft], leaf: str | None, now: float
) -> Imported | Skipped:
    """The conversation of ``drafts``, parents first, with ``leaf`` at the end of its branch.

    Drafts without anything in them are left out; what followed them follows their parent. A time
    that is not known is that of the message before, at last ``now``.
    """
    messages: list[Message] = []
    places: dict[str, str | None] = {}
    time = _first_time(heading, drafts, now)
    for draft in drafts:
        parent_id = places.get(draft.parent) if draft.parent is not None else None
        parts = draft.parts()
        if not parts and draft.failure is None:
            places[draft.id] = parent_id
            continue
        time = draft.time if draft.time is not None else time
        id = places[draft.id] = made_id(heading.source, heading.id, draft.id)
        messages.append(
            Message(
                id,
                draft.role,
                parts,
                time,
                parent_id,
                draft.state,
                draft.model if draft.role is Role.ASSISTANT else "",
                draft.finish_reason,
                draft.failure,
            )
        )
    title = heading.title or _title(messages)
    if not messages:
        return Skipped(title, "empty")
    leaf_id = (places.get(leaf) if leaf is not None else None) or newest_leaf(messages)
    return Imported(
        _summary(heading, title, messages),
        tuple(messages),
        leaf_id,
        Setup(generation=Generation(system_prompt=heading.system_prompt or None)),
    )


def newest_leaf(messages: Iterable[Message]) -> str | None:
    """Of the messages that nothing follows, the last of the newest."""
    everything = list(messages)
    parents = {message.parent_id for message in everything}
    leaves = [message for message in everything if message.id not in parents]
    newest = max(reversed(leaves), key=lambda message: message.created_at, default=None)
    return None if newest is None else newest.id


def _summary(heading: Heading, title: str, messages: Sequence[Message]) -> ConversationSummary:
    times = [message.created_at for message in messages]
    created_at = min(times) if heading.created_at is None else heading.created_at
    updated_at = max(times) if heading.updated_at is None else heading.updated_at
    return ConversationSummary(
        made_id(heading.source, heading.id),
        title,
        created_at,
        max(created_at, updated_at),
        titled_by_user=bool(heading.title),
        folder_id=heading.folder_id,
        pinned=heading.pinned,
        archived_at=max(created_at, updated_at) if heading.archived else None,
    )


def _first_time(heading: Heading, drafts: Iterable[Draft], now: float) -> float:
    known = (draft.time for draft in drafts if draft.time is not None)
    times = (heading.created_at, next(known, None), heading.updated_at, now)
    return next(time for time in times if time is not None)


def _title(messages: Iterable[Message]) -> str:
    """That of the first question which gives one."""
    titles = (first_title(message) for message in messages if message.role is Role.USER)
    return next(filter(None, titles), "")
