# SPDX-License-Identifier: MIT
"""Deletes messages of one conversation and takes that back; knows no events and no window."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from chatglm_desktop.core.errors import StoreError

if TYPE_CHECKING:
    from chatglm_desktop.core.conversation import Conversation
    from chatglm_desktop.core.history import Deleted
    from chatglm_desktop.core.messages import Message
    from chatglm_desktop.store import Store


@dataclass(slots=True)
class _Deletion:
    """``saved`` is what the store needs to take it back, None until it is saved."""

    message: Message
    position: int
    saved: Deleted | None = None


class Deletions:
    """Changes the conversation at once and the store in the same order, one after the other.

    ``spawn`` runs the saving as an owned task; ``tell`` hears what could not be saved.
    """

    def __init__(
        self,
        conversation: Conversation,
        store: Store,
        spawn: Callable[[Coroutine[Any, Any, None]], asyncio.Task[None]],
        tell: Callable[[StoreError], None],
    ) -> None:
        self._conversation = conversation
        self._store = store
        self._spawn = spawn
        self._tell = tell
        self._done: list[_Deletion] = []
        self._saving: asyncio.Task[None] | None = None

    def __bool__(self) -> bool:
        """Whether there is one to take back."""
        return bool(self._done)

    def delete(self, message: Message, position: int) -> None:
        """Take ``message`` at ``position`` of the active branch out."""
        deletion = _Deletion(message, position)
        self._conversation.remove(message)
        self._done.append(deletion)
        self._save(self._delete(deletion))

    def take_back(self) -> bool:
        """Put back what was deleted last; whether there was anything."""
        if not self._done:
            return False
        deletion = self._done.pop()
        self._conversation.insert(deletion.message, deletion.position)
        self._save(self._restore(deletion))
        return True

    def forget_below(self, position: int) -> None:
        """Another branch is active from ``position`` on: what was deleted further down is gone."""
        self._done = [deletion for deletion in self._done if deletion.position <= position]

    async def saved(self) -> None:
        """Wait until the store has followed."""
        while self._saving is not None and not self._saving.done():
            await asyncio.wait([self._saving])

    def _save(self, work: Coroutine[Any, Any, None]) -> None:
        self._saving = self._spawn(self._after(self._saving, work))

    async def _after(
        self, previous: asyncio.Task[None] | None, work: Coroutine[Any, Any, None]
    ) -> None:
        if previous is not None and not previous.done():
            await asyncio.wait([previous])
        try:
            await work
        except StoreError as error:
            self._tell(error)

    async def _delete(self, deletion: _Deletion) -> None:
        deletion.saved = await self._store.delete_message(deletion.message.id)

    async def _restore(self, deletion: _Deletion) -> None:
        if deletion.saved is not None:
            # Not as it was saved: its last version may have come to the store too late.
            deleted = replace(deletion.saved, message=deletion.message)
            await self._store.restore_message(deleted)
