# SPDX-License-Identifier: MIT
"""The values of this program's own format (see resources/export-format.md); knows no file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from chatglm_desktop.core.exports import SavedConversation
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.messages import Message
from chatglm_desktop.core.part_values import failure_values, part_values
from chatglm_desktop.core.values import to_plain

FORMAT: Final = "chatglm-desktop"
VERSION = 1
"""The newest that is read, and the one that is written."""


def exported_at(now: float) -> str:
    """A time as in ISO 8601, in UTC."""
    return datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")


def folder_values(folder: Folder) -> dict[str, Any]:
    """A folder, without what is of no use elsewhere."""
    return {
        "id": folder.id,
        "name": folder.name,
        "parent_id": folder.parent_id,
        "created_at": folder.created_at,
        "colour": folder.colour,
        "system_prompt": folder.system_prompt,
    }


def conversation_values(conversation: SavedConversation) -> dict[str, Any]:
    """A conversation without its messages."""
    summary = conversation.summary
    return {
        "id": summary.id,
        "title": summary.title,
        "titled_by_user": summary.titled_by_user,
        "created_at": summary.created_at,
        "updated_at": summary.updated_at,
        "archived_at": summary.archived_at,
        "pinned": summary.pinned,
        "colour": summary.colour,
        "folder_id": summary.folder_id,
        "leaf_id": conversation.leaf_id,
        "setup": to_plain(conversation.setup),
    }


def message_values(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "parent_id": message.parent_id,
        "role": message.role.value,
        "state": message.state.value,
        "created_at": message.created_at,
        "model": message.model,
        "finish_reason": message.finish_reason,
        "parts": [part_values(part) for part in message.parts],
        "failure": None if message.failure is None else failure_values(message.failure),
        "metrics": None if message.metrics is None else to_plain(message.metrics),
    }
