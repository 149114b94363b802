# SPDX-License-Identifier: MIT
"""Exports conversations from the store, slice by slice; knows no format and no window."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, assert_never

from chatglm_desktop.chat.exporting.making import Making, Tools
from chatglm_desktop.chat.exporting.outputs import Output
from chatglm_desktop.chat.exporting.thread import WorkThread
from chatglm_desktop.chat.exporting.words import Words
from chatglm_desktop.core.exports import (
    Chosen,
    Everything,
    Exported,
    ExportFailed,
    ExportOrder,
    InFolder,
    Messages,
    SavedConversation,
    export_problem,
)
from chatglm_desktop.core.folders import Folder, ancestry, within
from chatglm_desktop.core.messages import Message

if TYPE_CHECKING:
    from chatglm_desktop.store.exporting import SavedConversations

SLICE = 100
"""Messages that are in memory at once."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an export is: which conversation of how many, how many messages, what share."""

    conversation: int
    conversations: int
    messages: int
    share: float


class Exporter:
    """``read_file`` gives what is in an attached file (raises OSError), ``now`` the time."""

    def __init__(
        self,
        saved: SavedConversations,
        read_file: Callable[[str], bytes],
        tools: Tools | None = None,
        words: Words | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._saved = saved
        self._read_file = read_file
        self._tools = tools or Tools()
        self._words = words or Words()
        self._now = now

    async def export(
        self, order: ExportOrder, progress: Callable[[Progress], object] | None = None
    ) -> Exported:
        """Write what is ordered; if cancelled or failed, nothing of it stays.

        Raises ExportFailed, and StoreErrors.
        """
        thread = WorkThread("export")
        try:
            run = _Run(self._saved, order, thread, progress or _nobody)
            return await run.export(self._making(order))
        except OSError as error:
            raise export_problem(error) from error
        finally:
            thread.close()

    def _making(self, order: ExportOrder) -> Making:
        return Making(order, self._read_file, self._tools, self._words, self._now())


class _Run:
    """One export."""

    def __init__(
        self,
        saved: SavedConversations,
        order: ExportOrder,
        thread: WorkThread,
        progress: Callable[[Progress], object],
    ) -> None:
        self._saved = saved
        self._order = order
        self._thread = thread
        self._progress = progress
        self._output: Output | None = None
        self._conversations = 0
        self._messages = 0

    async def export(self, making: Making) -> Exported:
        folders = await self._saved.folders()
        ids = await self._ids(folders)
        if not ids:
            raise ExportFailed("nothing")
        try:
            output = await self._thread.run(partial(self._open, making, folders))
            for number, id in enumerate(ids):
                await self._conversation(output, folders, id, number, len(ids))
            if not self._conversations:
                raise ExportFailed("nothing")
            target = await self._thread.run(output.publish)
        except BaseException:
            # Also if it was cancelled while the thread made the output.
            await self._thread.run(self._discard)
            raise
        return Exported(target, self._conversations, self._messages, making.missing)

    def _open(self, making: Making, folders: dict[str, Folder]) -> Output:
        self._output = making.output(folders)
        return self._output

    def _discard(self) -> None:
        if self._output is not None:
            self._output.discard()

    async def _ids(self, folders: dict[str, Folder]) -> Sequence[str]:
        scope = self._order.scope
        match scope:
            case Everything():
                return await self._saved.ids()
            case InFolder(folder_id):
                return await self._saved.ids(within(folders.values(), folder_id))
            case Chosen(ids):
                return ids
            case Messages(id):
                return (id,)
            case _:
                assert_never(scope)

    async def _conversation(
        self, output: Output, folders: dict[str, Folder], id: str, number: int, of: int
    ) -> None:
        conversation = await self._saved.conversation(id)
        if conversation is None:
            return  # deleted meanwhile
        conversation = await self._part(conversation)
        around = [folder.name for folder in ancestry(folders, conversation.summary.folder_id)]
        await self._thread.run(partial(output.begin, conversation, around[::-1]))
        whole = self._order.format == "json" and not isinstance(self._order.scope, Messages)
        expected = max(conversation.count if whole else conversation.length, 1)
        done = 0
        async for messages in self._tree(id) if whole else self._branch(conversation):
            await self._thread.run(partial(output.add, messages))
            done += len(messages)
            self._messages += len(messages)
            share = (number + min(done / expected, 1.0)) / of
            self._progress(Progress(number + 1, of, self._messages, share))
        await self._thread.run(output.end)
        self._conversations += 1

    async def _part(self, conversation: SavedConversation) -> SavedConversation:
        """A conversation of which only some messages are wanted ends with the last of them."""
        scope = self._order.scope
        if not isinstance(scope, Messages):
            return conversation
        last = min(scope.first + scope.count, conversation.length)
        leaf = await self._saved.branch(conversation.summary.id, last - 1, 1)
        length = max(last - scope.first, 0)
        leaf_id = leaf[0].id if leaf else None
        return replace(conversation, length=length, count=length, leaf_id=leaf_id)

    async def _branch(self, conversation: SavedConversation) -> AsyncIterator[Sequence[Message]]:
        id, scope = conversation.summary.id, self._order.scope
        first, last = 0, conversation.length
        if isinstance(scope, Messages):
            first, last = scope.first, scope.first + scope.count
        begun = first
        while messages := await self._saved.branch(id, first, min(SLICE, last - first)):
            if first == begun:
                # What it follows is not in the file.
                messages = (replace(messages[0], parent_id=None), *messages[1:])
            yield messages
            first += len(messages)

    async def _tree(self, id: str) -> AsyncIterator[Sequence[Message]]:
        messages, last = await self._saved.tree(id, 0, SLICE)
        while messages:
            yield messages
            messages, last = await self._saved.tree(id, last, SLICE)


def _nobody(progress: Progress) -> None:
    """Whom nobody asks how far it is."""
