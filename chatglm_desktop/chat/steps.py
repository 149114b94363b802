# SPDX-License-Identifier: MIT
"""What was done to the messages of a conversation, so that it can be taken back; no session."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from chatglm_desktop.store import Store

Work: TypeAlias = Callable[[], Awaitable[bool]]
"""Does something with the store and returns whether there was anything to do."""

StepKind: TypeAlias = Literal["delete message", "save edit", "clear"]


async def directly(work: Work) -> bool:
    """Do ``work`` where no session holds the conversation."""
    return await work()


@dataclass(frozen=True, slots=True)
class MessageStep:
    """``through`` does the work so that the conversation's session, if there is one, follows."""

    kind: StepKind
    conversation_id: str
    backwards: Work
    forwards: Work
    through: Callable[[Work], Awaitable[bool]] = directly

    async def undo(self) -> bool:
        """Take it back; whether there was anything. Raises StoreErrors."""
        return await self.through(self.backwards)

    async def redo(self) -> bool:
        """Do it again; whether there was anything. Raises StoreErrors."""
        return await self.through(self.forwards)


def deletion(
    store: Store, conversation_id: str, message_id: str, now: Callable[[], float]
) -> MessageStep:
    return MessageStep(
        "delete message",
        conversation_id,
        lambda: store.tree.restore(message_id),
        lambda: store.tree.delete(message_id, now()),
    )


def saved_edit(
    store: Store, conversation_id: str, old_id: str, new_id: str, now: Callable[[], float]
) -> MessageStep:
    return MessageStep(
        "save edit",
        conversation_id,
        lambda: store.tree.withdraw(conversation_id, old_id, new_id, now()),
        lambda: store.tree.supersede_again(conversation_id, old_id, new_id),
    )


def clearing(store: Store, conversation_id: str, leaf_id: str) -> MessageStep:
    return MessageStep(
        "clear",
        conversation_id,
        lambda: store.tree.end_at(conversation_id, leaf_id),
        lambda: store.tree.clear(conversation_id),
    )
