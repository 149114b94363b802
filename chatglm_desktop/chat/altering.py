# SPDX-License-Identifier: MIT
"""Alters a conversation without asking anybody, so that it can be taken back; decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from chatglm_desktop.chat.events import MessageDeleted, SessionEvent
from chatglm_desktop.chat.steps import MessageStep, clearing, deletion, saved_edit
from chatglm_desktop.chat.turns import rewritten

if TYPE_CHECKING:
    from chatglm_desktop.chat.active_branch import ActiveBranch
    from chatglm_desktop.chat.clock import Clock
    from chatglm_desktop.core.messages import AttachmentPart, Message
    from chatglm_desktop.store import Store


class Altering:
    """``done`` hears of each step. The methods must not be called while a reply runs."""

    def __init__(
        self,
        branch: ActiveBranch,
        store: Store,
        clock: Clock,
        *,
        emit: Callable[[SessionEvent], None],
        done: Callable[[MessageStep], None],
    ) -> None:
        self._branch = branch
        self._conversation = branch.conversation
        self._store = store
        self._clock = clock
        self._emit = emit
        self._done = done

    def rewrite(
        self, text: str, attachments: Sequence[AttachmentPart], old: Message, position: int
    ) -> None:
        """Put a version that says ``text`` in the place of ``old``; what followed it stays."""
        id = self._conversation.id
        new = rewritten(old, text, attachments, self._clock.now())
        self._branch.change(lambda: self._store.tree.supersede(id, old.id, new))
        self._done(saved_edit(self._store, id, old.id, new.id, self._clock.now))

    def delete(self, message: Message, position: int) -> None:
        """Take a message out; what followed it stays."""
        at = self._clock.now()
        self._conversation.remove(message)
        self._branch.save(lambda: self._store.tree.delete(message.id, at))
        self._branch.look()
        self._emit(MessageDeleted(message.id))
        self._done(deletion(self._store, self._conversation.id, message.id, self._clock.now))

    def clear(self) -> None:
        """Empty the branch; all of it stays as a version."""
        id, leaf_id = self._conversation.id, self._conversation.leaf_id
        if leaf_id is not None:
            self._branch.change(lambda: self._store.tree.clear(id))
            self._done(clearing(self._store, id, leaf_id))
