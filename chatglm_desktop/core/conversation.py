# SPDX-License-Identifier: MIT
"""A conversation: a tree of messages of which one branch is active; no I/O."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chatglm_desktop.core.messages import Message


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """One line of the library. Times are in seconds since the epoch.

    ``titled_by_user`` protects the title from automatic ones; ``trashed_at`` is None
    unless the conversation lies in the trash.
    """

    id: str
    title: str
    created_at: float
    updated_at: float
    titled_by_user: bool = False
    trashed_at: float | None = None


class Conversation:
    """All messages by id, and the active branch from the first message to ``leaf_id``."""

    def __init__(
        self,
        id: str,
        messages: Iterable[Message] = (),
        leaf_id: str | None = None,
    ) -> None:
        self.id = id
        self._messages = {message.id: message for message in messages}
        self._leaf_id = leaf_id

    @property
    def leaf_id(self) -> str | None:
        return self._leaf_id

    def __getitem__(self, message_id: str) -> Message:
        return self._messages[message_id]

    def __len__(self) -> int:
        return len(self._messages)

    def branch(self) -> list[Message]:
        """The active branch, oldest first."""
        return self.path_to(self._leaf_id)

    def path_to(self, message_id: str | None) -> list[Message]:
        """The messages from the first one down to ``message_id``, which is the last."""
        path: list[Message] = []
        while message_id is not None:
            message = self._messages[message_id]
            path.append(message)
            message_id = message.parent_id
        path.reverse()
        return path

    def add(self, message: Message) -> None:
        """Add ``message`` and make it the leaf of the active branch.

        Raises ValueError for a known id or an unknown parent.
        """
        if message.id in self._messages:
            raise ValueError(f"message {message.id} is already there")
        if message.parent_id is not None and message.parent_id not in self._messages:
            raise ValueError(f"parent {message.parent_id} of {message.id} is unknown")
        self._messages[message.id] = message
        self._leaf_id = message.id

    def replace(self, message: Message) -> None:
        """Put a newer version of a known message in its place."""
        if message.id not in self._messages:
            raise ValueError(f"message {message.id} is unknown")
        self._messages[message.id] = message
