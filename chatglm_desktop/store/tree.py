# SPDX-License-Identifier: MIT
"""The tree of a conversation's messages, as coroutines of the store; knows no SQL.

All methods raise StoreErrors, and what they change is changed wholly or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.history import Aside
from chatglm_desktop.core.messages import Message
from chatglm_desktop.store import copies, deletion, messages, versions
from chatglm_desktop.store.jobs import Do, Read


class Tree:
    """What hides messages and brings them back; made by the store."""

    def __init__(self, do: Do, read: Read) -> None:
        self._do = do
        self._read = read

    async def aside(self, conversation_id: str) -> Aside:
        """What is not to be seen on the active branch."""
        return await self._read(partial(versions.aside, conversation_id=conversation_id))

    async def show_version(self, conversation_id: str, message_id: str, index: int) -> None:
        """Make version ``index`` of a message active, down to the leaf where it was left.

        Does nothing where there is no such version.
        """
        await self._do(versions.show_version, conversation_id, message_id, index)

    async def reveal(self, conversation_id: str, message_id: str) -> bool:
        """Make the branch that holds a message active; False if it is not there."""
        return await self._do(versions.reveal, conversation_id, message_id)

    async def end_at(self, conversation_id: str, message_id: str) -> bool:
        """Let the active branch end with a message, without what follows; False without it."""
        return await self._do(versions.end_at, conversation_id, message_id)

    async def show_beyond(self, conversation_id: str) -> None:
        """Go on with what was last active below the end of the branch, if there is anything."""
        await self._do(versions.show_beyond, conversation_id)

    async def clear(self, conversation_id: str) -> bool:
        """Empty the active branch; all messages stay. False if it is empty."""
        return await self._do(versions.clear, conversation_id)

    async def add_versions(self, conversation_id: str, added: Sequence[Message]) -> None:
        """Add messages that have the same parent, and make the first of them the leaf."""
        await self._do(messages.add, conversation_id, *added)

    async def supersede(self, conversation_id: str, message_id: str, message: Message) -> None:
        """Add ``message`` as a version of another; all that followed that one follows it."""
        await self._do(versions.supersede, conversation_id, message_id, message)

    async def withdraw(self, conversation_id: str, message_id: str, new_id: str, at: float) -> bool:
        """Take back, at the time ``at``, that ``new_id`` has superseded ``message_id``.

        False if that one is not there.
        """
        return await self._do(versions.withdraw, conversation_id, message_id, new_id, at)

    async def supersede_again(self, conversation_id: str, message_id: str, new_id: str) -> bool:
        """Undo :meth:`withdraw`; False if there is nothing to undo."""
        return await self._do(versions.supersede_again, conversation_id, message_id, new_id)

    async def delete(self, message_id: str, at: float) -> bool:
        """Take a message out at the time ``at``; what followed it follows its parent.

        False if it is not there.
        """
        return await self._do(deletion.delete, message_id, at)

    async def restore(self, message_id: str) -> bool:
        """Put a deleted message back; False if there is none."""
        return await self._do(deletion.restore, message_id)

    async def restore_latest(self, conversation_id: str) -> bool:
        """Put back what was deleted last; False if there is nothing."""
        return await self._do(deletion.restore_latest, conversation_id)

    async def restore_all(self, conversation_id: str) -> int:
        """Put all deleted messages of a conversation back; returns how many."""
        return await self._do(deletion.restore_all, conversation_id)

    async def forget_removed(self, older_than: float) -> int:
        """Delete for good what was deleted before ``older_than``; returns how many messages."""
        return await self._do(deletion.forget_removed, older_than)

    async def duplicate(self, conversation_id: str, copy: ConversationSummary) -> None:
        """Make ``copy`` a conversation with all messages of another.

        A reply that still runs ends there, with what has come of it.
        """
        await self._do(copies.duplicate, conversation_id, copy)

    async def branch_off(
        self, conversation_id: str, message_id: str, copy: ConversationSummary
    ) -> bool:
        """Make ``copy`` a conversation of a message and those before it; False without it."""
        return await self._do(copies.branch_off, conversation_id, message_id, copy)
