# SPDX-License-Identifier: MIT
"""Puts conversations and folders in order, with a way back; knows no window and no SQL."""

from __future__ import annotations

import uuid
from collections.abc import (
    Awaitable,
    Callable,
    Collection,
    Coroutine,
    Iterable,
    Mapping,
    Sequence,
)
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from chatglm_desktop.core.arranging import (
    Step,
    StepKind,
    changes,
    may_lie_in,
    trashed_around,
)
from chatglm_desktop.core.events import Signal
from chatglm_desktop.core.folders import Colour, Folder, within

if TYPE_CHECKING:
    from chatglm_desktop.chat.conversations import Library
    from chatglm_desktop.core.conversation import ConversationSummary
    from chatglm_desktop.store import Store


@dataclass(frozen=True, slots=True)
class Arranging:
    """A step on the stack of what can be taken back; ``put`` does a step."""

    step: Step
    put: Callable[[Step], Awaitable[bool]] = field(repr=False)

    @property
    def kind(self) -> StepKind:
        return self.step.kind

    async def undo(self) -> bool:
        return await self.put(self.step.backwards)

    async def redo(self) -> bool:
        return await self.put(self.step)


def _any(_: ConversationSummary) -> bool:
    return True


def _in_use(summary: ConversationSummary) -> bool:
    return summary.trashed_at is None


def _listed(summary: ConversationSummary) -> bool:
    return summary.trashed_at is None and summary.archived_at is None


class Organiser:
    """Each verb returns at once and is done in its turn; what it changes nothing of is no step.

    Emits ``done`` with each step that the user did, ``changed`` with each that was done, taken
    back (turned round) or done again, and ``deleted`` with the conversations gone for good.
    ``now`` gives seconds since the epoch.
    """

    def __init__(self, library: Library, store: Store, now: Callable[[], float]) -> None:
        self.done: Signal[Step] = Signal()
        self.changed: Signal[Step] = Signal()
        self.deleted: Signal[frozenset[str]] = Signal()
        self._library = library
        self._store = store.arrangement
        self._undo = library.undo
        self._now = now

    def rename(self, id: str, title: str) -> None:
        """Give a title by hand; automatic ones will not overwrite it. A blank one is none."""
        if title := " ".join(title.split()):
            self._change("rename", [id], title=title, titled_by_user=True)

    def pin(self, ids: Iterable[str], pinned: bool) -> None:
        """Pin on top of all, out of the archive; or let go."""
        if pinned:
            self._change("pin", ids, _in_use, pinned=True, archived_at=None)
        else:
            self._change("unpin", ids, pinned=False)

    def move(self, ids: Iterable[str], folder_id: str | None) -> None:
        """Put into a folder (None: into none), where they are seen: neither pinned nor archived."""
        self._run("move", self._move(tuple(ids), folder_id))

    def archive(self, ids: Iterable[str], archived: bool) -> None:
        """Put away without deleting, or take out."""
        if archived:
            self._change("archive", ids, _listed, archived_at=self._now())
        else:
            self._change("unarchive", ids, archived_at=None)

    def colour(self, ids: Iterable[str], colour: Colour) -> None:
        self._change("colour", ids, colour=colour)

    def trash(self, ids: Iterable[str]) -> None:
        """Move to the trash; running replies are stopped first."""
        chosen = tuple(ids)
        self._library.stop(chosen)
        self._change("trash", chosen, _in_use, trashed_at=self._now())

    def restore(self, ids: Iterable[str]) -> None:
        """Take out of the trash, together with the folders around them."""
        self._run("restore", self._restore(tuple(ids)))

    def delete_forever(self, ids: Iterable[str]) -> None:
        """Delete what lies in the trash. There is no way back: ask before."""
        self._run("delete forever", self._delete_forever(tuple(ids)))

    def empty_trash(self) -> None:
        """Delete all that lies in the trash. There is no way back: ask before."""
        self._run("empty trash", self._empty_trash())

    def new_folder(self, name: str, parent_id: str | None = None) -> str:
        """Make a folder; returns its id. A folder that is not there cannot hold it."""
        id = uuid.uuid4().hex
        folder = Folder(id, " ".join(name.split()), self._now(), parent_id)
        self._run("new folder", self._new_folder(folder))
        return id

    def rename_folder(self, id: str, name: str) -> None:
        """A blank name changes nothing."""
        if name := " ".join(name.split()):
            self._change_folder("rename_folder", id, name=name)

    def move_folder(self, id: str, parent_id: str | None) -> None:
        """Put a folder into another one (None: into none); not into one that lies in it."""
        self._run("move folder", self._move_folder(id, parent_id))

    def colour_folder(self, id: str, colour: Colour) -> None:
        self._change_folder("colour_folder", id, colour=colour)

    def set_folder_prompt(self, id: str, prompt: str) -> None:
        """What is said before the conversations in it; blank: as in the folder above."""
        self._change_folder("folder_prompt", id, system_prompt=prompt.strip())

    def expand_folder(self, id: str, expanded: bool) -> None:
        """Show or hide what lies in a folder; that is no step to take back."""
        self._run("expand folder", self._expand(id, expanded))

    def trash_folder(self, id: str) -> None:
        """Move a folder with all that lies in it to the trash, in one step."""
        self._run("trash folder", self._trash_folder(id, self._now()))

    def restore_folder(self, id: str) -> None:
        """Take a folder out of the trash with all that went there together with it."""
        self._run("restore folder", self._restore_folder(id))

    def take_back(self, step: Step) -> None:
        """Undo this very step, unless it was taken back before."""
        self._undo.undo(Arranging(step, self._put))

    def _run(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        self._undo.run(work, name)

    def _change(
        self,
        kind: StepKind,
        ids: Iterable[str],
        fits: Callable[[ConversationSummary], bool] = _any,
        **values: Any,
    ) -> None:
        self._run(kind, self._give(kind, tuple(ids), fits, values))

    async def _give(
        self,
        kind: StepKind,
        ids: Collection[str],
        fits: Callable[[ConversationSummary], bool],
        values: Mapping[str, Any],
    ) -> None:
        chosen = filter(fits, await self._store.summaries(ids))
        await self._do(Step(kind, changes(chosen, **values)))

    async def _move(self, ids: Collection[str], folder_id: str | None) -> None:
        if folder_id is None or folder_id in self._library.folders:
            values = {"folder_id": folder_id, "pinned": False, "archived_at": None}
            await self._give("move", ids, _in_use, values)

    async def _restore(self, ids: Collection[str]) -> None:
        chosen = await self._store.summaries(ids)
        around = trashed_around(self._library.all_folders, [one.folder_id for one in chosen])
        await self._do(
            Step("restore", changes(chosen, trashed_at=None), changes(around, trashed_at=None))
        )

    async def _new_folder(self, folder: Folder) -> None:
        if folder.parent_id is None or folder.parent_id in self._library.folders:
            await self._do(Step("new_folder", folders=((None, folder),)))

    def _change_folder(self, kind: StepKind, id: str, **values: Any) -> None:
        self._run(kind, self._give_folder(kind, id, values))

    async def _give_folder(self, kind: StepKind, id: str, values: Mapping[str, Any]) -> None:
        if (folder := self._library.folders.get(id)) is not None:
            await self._do(Step(kind, folders=changes([folder], **values)))

    async def _move_folder(self, id: str, parent_id: str | None) -> None:
        if may_lie_in(self._library.folders, id, parent_id):
            await self._give_folder("move_folder", id, {"parent_id": parent_id})

    async def _expand(self, id: str, expanded: bool) -> None:
        if (folder := self._library.folders.get(id)) is not None:
            arranged = await self._store.arrange((), changes([folder], expanded=expanded))
            self._library.take(arranged)

    async def _trash_folder(self, id: str, at: float) -> None:
        folders = self._library.folders
        if id not in folders:
            return
        inside = within(folders.values(), id)
        conversations = await self._store.in_folders(inside)
        self._library.stop([one.id for one in conversations])
        # The same time for all: by it they are known to have gone together.
        await self._do(
            Step(
                "trash_folder",
                changes(conversations, trashed_at=at),
                changes((folders[one] for one in sorted(inside)), trashed_at=at),
            )
        )

    async def _restore_folder(self, id: str) -> None:
        folders = self._library.all_folders
        folder = folders.get(id)
        if folder is None or folder.trashed_at is None:
            return
        together = [
            folders[one]
            for one in sorted(within(folders.values(), id))
            if folders[one].trashed_at == folder.trashed_at
        ]
        conversations = await self._store.in_folders(
            [one.id for one in together], folder.trashed_at
        )
        around = trashed_around(folders, [folder.parent_id])
        await self._do(
            Step(
                "restore_folder",
                changes(conversations, trashed_at=None),
                changes((*together, *around), trashed_at=None),
            )
        )

    async def _delete_forever(self, ids: Collection[str]) -> None:
        gone = [one.id for one in await self._store.summaries(ids) if one.trashed_at is not None]
        await self._delete(gone)

    async def _empty_trash(self) -> None:
        await self._delete(await self._store.trashed())
        await self._store.delete_trashed_folders()
        await self._library.load()

    async def _delete(self, ids: Sequence[str]) -> None:
        # What a reply still has to save must not come after its conversation is gone.
        await self._library.end(ids)
        await self._store.delete_trashed(ids)
        self.deleted.emit(frozenset(ids))
        self._library.forget(ids)

    async def _do(self, step: Step) -> None:
        """Put a new step in the store and on the stack, unless there is nothing in it."""
        if step and await self._put(step):
            self._undo.push(Arranging(step, self._put))
            self.done.emit(step)

    async def _put(self, step: Step) -> bool:
        arranged = await self._store.arrange(step.conversations, step.folders)
        self._library.take(arranged)
        if not arranged.conversations and not step.folders:
            return False  # they are gone for good since
        self.changed.emit(step)
        return True
