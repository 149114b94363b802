# SPDX-License-Identifier: MIT
"""A conversation as a session holds it: the newest messages of its active branch; no I/O."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chatglm_desktop.core.folders import Colour
from chatglm_desktop.core.history import History
from chatglm_desktop.core.messages import Message


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """One line of the library. Times are in seconds since the epoch.

    ``titled_by_user`` protects the title from automatic ones; ``trashed_at`` and ``archived_at``
    are None unless the conversation lies there, ``folder_id`` is None unless it lies in a folder.
    """

    id: str
    title: str
    created_at: float
    updated_at: float
    titled_by_user: bool = False
    trashed_at: float | None = None
    folder_id: str | None = None
    pinned: bool = False
    archived_at: float | None = None
    colour: Colour = ""


class Conversation:
    """The end of the active branch, and how many messages precede it.

    Positions count from 0, the oldest message of the branch. Methods that are given a message
    take its place in the tree from its ``parent_id``.
    """

    def __init__(self, history: History) -> None:
        self.id = history.conversation_id
        self._revision = 0
        self.reset(history)

    def reset(self, history: History) -> None:
        """Hold the end of another branch of the same conversation."""
        self._revision += 1
        self._leaf_id = history.leaf_id
        self._first = history.first
        self._messages = list(history.messages)

    @property
    def leaf_id(self) -> str | None:
        """The last message of the branch."""
        return self._leaf_id

    @property
    def first(self) -> int:
        """The position of the first message that is held."""
        return self._first

    @property
    def length(self) -> int:
        """How many messages the branch has, held or not."""
        return self._first + len(self._messages)

    @property
    def revision(self) -> int:
        """Another number whenever messages may stand at other positions than before."""
        return self._revision

    @property
    def history(self) -> History:
        return History(self.id, self._leaf_id, self.length, self._first, tuple(self._messages))

    def __contains__(self, message_id: str) -> bool:
        return self._index(message_id) is not None

    def __getitem__(self, message_id: str) -> Message:
        return self._messages[self._known(message_id)]

    def position(self, message_id: str) -> int:
        """Where a held message stands. Raises KeyError for another."""
        return self._first + self._known(message_id)

    def add(self, message: Message) -> None:
        """Add ``message`` at the end. Raises ValueError unless the leaf is its parent."""
        if message.parent_id != self._leaf_id:
            raise ValueError(f"{message.id} does not follow {self._leaf_id}")
        self._messages.append(message)
        self._leaf_id = message.id

    def replace(self, message: Message) -> None:
        """Put a newer version of a held message in its place, which stays where it is."""
        index = self._known(message.id)
        self._messages[index] = replace(message, parent_id=self._messages[index].parent_id)

    def cut(self, position: int, leaf_id: str | None) -> None:
        """Let the branch end before ``position``, with the message ``leaf_id``."""
        self._revision += 1
        del self._messages[max(position - self._first, 0) :]
        self._first = min(self._first, position)
        self._leaf_id = leaf_id

    def remove(self, message: Message) -> None:
        """Take a message of the branch out, held or not; what followed it follows its parent."""
        self._revision += 1
        index = self._index(message.id)
        if index is None:
            self._first -= 1
            index = 0
        else:
            del self._messages[index]
        follower = next(iter(self._messages[index:]), None)
        if follower is not None and follower.parent_id == message.id:
            self._messages[index] = replace(follower, parent_id=message.parent_id)
        if self._leaf_id == message.id:
            self._leaf_id = message.parent_id

    def _known(self, message_id: str) -> int:
        index = self._index(message_id)
        if index is None:
            raise KeyError(message_id)
        return index

    def _index(self, message_id: str) -> int | None:
        # From the end, where the message that is asked for mostly is.
        for index in range(len(self._messages) - 1, -1, -1):
            if self._messages[index].id == message_id:
                return index
        return None
