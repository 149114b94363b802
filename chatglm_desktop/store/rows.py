# SPDX-License-Identifier: MIT
"""Rows to values and back; knows no SQL."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from typing import Any, TypeAlias

from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.draft import Draft
from chatglm_desktop.core.errors import DatabaseDamaged
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.messages import (
    AttachmentPart,
    Message,
    MessageState,
    Part,
    Role,
    TextPart,
)
from chatglm_desktop.core.metrics import Metrics
from chatglm_desktop.core.part_values import (
    failure_from_values,
    failure_values,
    known_parts,
    part_values,
)
from chatglm_desktop.core.tabs import Anchor, TabState
from chatglm_desktop.core.values import from_plain, to_plain

log = logging.getLogger(__name__)

Row: TypeAlias = tuple[Any, ...]

MESSAGE_COLUMNS = (
    "id, parent_id, role, state, created_at, model, finish_reason, parts, failure, metrics"
)
SUMMARY_COLUMNS = (
    "id, title, created_at, updated_at, titled_by_user, trashed_at, folder_id, pinned,"
    " archived_at, colour"
)
FOLDER_COLUMNS = "id, name, created_at, parent_id, colour, system_prompt, expanded, trashed_at"


def storable(text: str) -> str:
    """``text`` as UTF-8 can hold it: halves of a character are joined, or replaced if alone."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def summary_from_row(row: Row) -> ConversationSummary:
    (
        id,
        title,
        created_at,
        updated_at,
        titled,
        trashed_at,
        folder_id,
        pinned,
        archived_at,
        colour,
    ) = row
    return ConversationSummary(
        id,
        title,
        created_at,
        updated_at,
        bool(titled),
        trashed_at,
        folder_id,
        bool(pinned),
        archived_at,
        colour,
    )


def summary_to_row(summary: ConversationSummary) -> Row:
    """The values of ``SUMMARY_COLUMNS``."""
    return (
        summary.id,
        storable(summary.title),
        summary.created_at,
        summary.updated_at,
        summary.titled_by_user,
        summary.trashed_at,
        summary.folder_id,
        summary.pinned,
        summary.archived_at,
        summary.colour,
    )


def folder_from_row(row: Row) -> Folder:
    id, name, created_at, parent_id, colour, system_prompt, expanded, trashed_at = row
    return Folder(
        id, name, created_at, parent_id, colour, system_prompt, bool(expanded), trashed_at
    )


def folder_to_row(folder: Folder) -> Row:
    """The values of ``FOLDER_COLUMNS``."""
    return (
        folder.id,
        storable(folder.name),
        folder.created_at,
        folder.parent_id,
        folder.colour,
        storable(folder.system_prompt),
        folder.expanded,
        folder.trashed_at,
    )


def message_to_row(message: Message) -> Row:
    """The values of ``MESSAGE_COLUMNS``."""
    return (
        message.id,
        message.parent_id,
        message.role.value,
        message.state.value,
        message.created_at,
        storable(message.model),
        storable(message.finish_reason),
        parts_to_json(message.parts),
        None if message.failure is None else _to_json(failure_values(message.failure)),
        None if message.metrics is None else _to_json(to_plain(message.metrics)),
    )


def message_from_row(row: Row) -> Message:
    """Raises DatabaseDamaged if a value is none that was ever written."""
    id, parent_id, role, state, created_at, model, finish_reason, parts, failure, metrics = row
    try:
        return Message(
            id,
            Role(role),
            parts_from_json(parts),
            created_at,
            parent_id,
            MessageState(state),
            model,
            finish_reason,
            None if failure is None else failure_from_values(json.loads(failure)),
            _metrics(metrics),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DatabaseDamaged(f"message {id}: {error}") from error


def parts_to_json(parts: Iterable[Part]) -> str:
    return _to_json([part_values(part) for part in parts])


def parts_from_json(text: str) -> tuple[Part, ...]:
    """The parts of a kind that this version knows; others stay in the database unseen."""
    return tuple(known_parts(json.loads(text)))


def queued_to_json(queued: Iterable[Draft]) -> str:
    return _to_json(
        [
            [part_values(TextPart(draft.text)), *map(part_values, draft.attachments)]
            for draft in queued
        ]
    )


def queued_from_json(text: str) -> tuple[Draft, ...]:
    """Raises ValueError, KeyError, TypeError or AttributeError for what was never written."""
    return tuple(_draft(tuple(known_parts(parts))) for parts in json.loads(text))


def setup_to_json(setup: Setup) -> str:
    return _to_json(to_plain(setup))


def setup_from_json(text: str) -> Setup:
    """The defaults for what this version cannot read: that must not keep the messages away."""
    try:
        return from_plain(Setup, json.loads(text))
    except ValueError as error:
        log.info("the setup of a conversation cannot be read: %s", error)
        return Setup()


def tab_from_row(row: Row) -> TabState:
    conversation_id, active, message_id, offset, leaf, thinking, *more = row
    pinned, closed, place, selection, shape = more
    anchor = None if message_id is None else Anchor(message_id, offset, leaf, bool(thinking))
    return TabState(
        conversation_id, bool(active), anchor, bool(pinned), closed, place, selection, shape
    )


def _to_json(value: object) -> str:
    return storable(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _draft(parts: tuple[Part, ...]) -> Draft:
    text = "".join(part.text for part in parts if isinstance(part, TextPart))
    return Draft(text, tuple(part for part in parts if isinstance(part, AttachmentPart)))


def _metrics(text: str | None) -> Metrics | None:
    """What a reply took; nothing if it cannot be read, as no text depends on it."""
    try:
        return None if text is None else from_plain(Metrics, json.loads(text))
    except ValueError as error:
        log.info("what a reply took cannot be read: %s", error)
        return None
