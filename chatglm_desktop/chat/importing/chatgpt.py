# SPDX-License-Identifier: MIT
"""Reads ChatGPT's ``conversations.json``: a list of trees of small messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chatglm_desktop.chat.importing.chatgpt_content import add_content
from chatglm_desktop.chat.importing.drafting import Draft, Heading, conversation
from chatglm_desktop.chat.importing.journey import Found, Journey
from chatglm_desktop.chat.importing.json_stream import JsonStream
from chatglm_desktop.chat.importing.loose import (
    as_dict,
    as_list,
    as_text,
    as_time,
    as_title,
    first_time,
)
from chatglm_desktop.chat.importing.tree import in_order
from chatglm_desktop.core.imports import Skipped
from chatglm_desktop.core.messages import MessageState, Role


def read(stream: JsonStream, journey: Journey) -> Iterator[Found]:
    """Every conversation of a list, of an object that holds one, or the only one."""
    if stream.peek() == "{":
        whole = as_dict(stream.value())
        several = whole.get("conversations")
        for one in as_list(several) if "conversations" in whole else [whole]:
            yield _conversation(one, journey)
        return
    for _ in stream.elements():
        yield _conversation(stream.value(), journey)


def _conversation(value: object, journey: Journey) -> Found:
    told = as_dict(value)
    title = as_title(told.get("title"))
    id = as_text(told.get("conversation_id")) or as_text(told.get("id"))
    mapping = {as_text(key): as_dict(node) for key, node in as_dict(told.get("mapping")).items()}
    if not mapping:
        return Skipped(title, "broken" if not isinstance(told.get("mapping"), dict) else "empty")
    id = id or next(iter(mapping))
    heading = Heading(
        "chatgpt",
        id,
        title,
        as_time(told.get("create_time")),
        as_time(told.get("update_time")),
        pinned=first_time(told.get("pinned_time")) is not None or told.get("is_starred") is True,
        archived=told.get("is_archived") is True,
    )
    journey.begin(heading.source, heading.id)
    drafts = _Drafts(as_text(told.get("default_model_slug")), journey)
    drafts.add(mapping)
    leaf = drafts.place(as_text(told.get("current_node")))
    return conversation(heading, drafts.all, leaf, journey.now)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where what follows a node goes: after ``draft``, or into it as long as it is ``open``."""

    draft: Draft | None
    open: bool


class _Drafts:
    """Joins the nodes of a tree, of which a reply takes several, to messages."""

    def __init__(self, model: str, journey: Journey) -> None:
        self.all: list[Draft] = []
        self._model = model
        self._journey = journey
        self._places: dict[str, _Place] = {}

    def place(self, node_id: str) -> str | None:
        """The draft in which a node has come to lie."""
        place = self._places.get(node_id)
        return place.draft.id if place is not None and place.draft is not None else None

    def add(self, mapping: Mapping[str, Mapping[str, Any]]) -> None:
        parents = _parents(mapping)
        ordered = in_order(parents)
        followers: dict[str | None, int] = {}
        for parent in ordered.values():
            followers[parent] = followers.get(parent, 0) + 1
        for id, parent in ordered.items():
            before = _Place(None, False) if parent is None else self._places[parent]
            draft = self._take(id, as_dict(mapping[id].get("message")), before)
            # Where versions part, none of them goes on in the message before.
            is_open = followers.get(id) == 1 and (draft is not before.draft or before.open)
            self._places[id] = _Place(draft, is_open)

    def _take(self, id: str, message: Mapping[str, Any], before: _Place) -> Draft | None:
        """The draft that the node belongs to: a new one, or the one before."""
        role = _role(message)
        if role is None:
            return before.draft
        goes_on = (
            before.open and before.draft is not None and before.draft.role is role is Role.ASSISTANT
        )
        if goes_on and before.draft is not None:
            draft = before.draft
        else:
            parent = None if before.draft is None else before.draft.id
            draft = Draft(id, role, parent, as_time(message.get("create_time")))
            self.all.append(draft)
        _finish(draft, message, self._model)
        add_content(draft, message, self._journey)
        return draft


def _parents(mapping: Mapping[str, Mapping[str, Any]]) -> dict[str, str | None]:
    """The parent of each node, in the order of their parents' children."""
    told: dict[str, str | None] = {}
    for id, node in mapping.items():
        for child in as_list(node.get("children")):
            if isinstance(child, str) and child in mapping:
                told.setdefault(child, id)
    parents: dict[str, str | None] = {}
    for id in (*told, *mapping):
        own = mapping[id].get("parent")
        parents[id] = own if isinstance(own, str) and own in mapping else told.get(id)
    return parents


def _role(message: Mapping[str, Any]) -> Role | None:
    """Who speaks; None for what is not shown there either."""
    if as_dict(message.get("metadata")).get("is_visually_hidden_from_conversation") is True:
        return None
    match as_dict(message.get("author")).get("role"):
        case "user":
            return Role.USER
        case "assistant" | "tool":
            return Role.ASSISTANT
        case _:
            return None


def _finish(draft: Draft, message: Mapping[str, Any], model: str) -> None:
    metadata = as_dict(message.get("metadata"))
    draft.model = as_text(metadata.get("model_slug")) or draft.model or model
    match as_dict(metadata.get("finish_details")).get("type"):
        case "interrupted":
            draft.state = MessageState.STOPPED
        case "max_tokens":
            draft.finish_reason = "length"
        case "stop":
            draft.finish_reason = "stop"
        case _:
            pass
    if message.get("status") == "in_progress":
        draft.state = MessageState.INTERRUPTED
