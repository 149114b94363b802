# SPDX-License-Identifier: MIT
"""Ties the sidebar to the library: what is listed there, and what the user wants done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.core.folders import Folder, system_prompt
from chatglm_desktop.gui.strings import tr

if TYPE_CHECKING:
    from chatglm_desktop.chat.conversations import Library
    from chatglm_desktop.chat.listing import Listing
    from chatglm_desktop.chat.organiser import Organiser
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.core.arranging import LibraryChange
    from chatglm_desktop.core.conversation import ConversationSummary
    from chatglm_desktop.core.folders import Colour
    from chatglm_desktop.core.listing import Outline
    from chatglm_desktop.gui.main_window import MainWindow
    from chatglm_desktop.gui.sidebar.wish import Wish


class LibraryController(QObject):
    """Has the organiser do what the user asks for in the sidebar, and shows what came of it.

    Emits what others do: ``window_requested`` and ``opened`` (a new copy) with the id of a
    conversation, ``export_requested`` with several, ``folder_export_requested`` and
    ``new_in_folder_requested`` with the id of a folder.
    """

    window_requested = Signal(str)
    opened = Signal(str)
    export_requested = Signal(object)
    folder_export_requested = Signal(str)
    new_in_folder_requested = Signal(str)

    def __init__(
        self,
        window: MainWindow,
        library: Library,
        organiser: Organiser,
        listing: Listing,
        tasks: Tasks,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._sidebar = window.sidebar
        self._library = library
        self._organiser = organiser
        self._listing = listing
        self._tasks = tasks
        self._connect()

    def _connect(self) -> None:
        sidebar, listing = self._sidebar, self._listing
        sidebar.asked.connect(self._do)
        sidebar.rename_requested.connect(self._organiser.rename)
        sidebar.folder_rename_requested.connect(self._organiser.rename_folder)
        sidebar.looked.connect(listing.fetch)
        sidebar.watched.connect(listing.watch)
        sidebar.day_ended.connect(partial(listing.refresh, ()))
        listing.changed.connect(self._show)
        listing.read.connect(self._put)
        listing.failed.connect(self._window.show_store_error)
        self._library.changed.connect(self._hear)

    def _hear(self, change: LibraryChange) -> None:
        self._listing.refresh(change.ids or ())

    def _show(self, outline: Outline) -> None:
        self._sidebar.show_listing(outline, self._library.all_folders)

    def _put(self, rows: Mapping[int, ConversationSummary]) -> None:
        # What is seen can be opened; its tab has its title at once.
        self._library.meet(rows.values())
        self._sidebar.put_rows(rows)

    def _do(self, wish: Wish) -> None:
        if wish.numbers:
            self._with_ids(wish)
        else:
            self._to_folder(wish)

    def _with_ids(self, wish: Wish) -> None:
        if wish.verb == "delete_forever":
            from chatglm_desktop.gui.sidebar.dialogs import ask_to_delete  # late: seldom asked

            ask_to_delete(self._window, len(wish.numbers), partial(self._spawn, wish))
        else:
            self._spawn(wish)

    def _spawn(self, wish: Wish) -> None:
        self._tasks.spawn(self._find(wish), name=f"{wish.verb} {len(wish.numbers)}")

    async def _find(self, wish: Wish) -> None:
        try:
            ids = await self._listing.ids(wish.numbers)
            if wish.verb == "duplicate":
                await self._duplicate(ids)
            else:
                self._to_conversations(wish, ids)
        except StoreError as error:
            self._window.show_store_error(error)

    def _to_conversations(self, wish: Wish, ids: Sequence[str]) -> None:
        organiser = self._organiser
        match wish.verb:
            case "pin" | "unpin":
                organiser.pin(ids, wish.verb == "pin")
            case "move":
                organiser.move(ids, wish.folder_id)
            case "colour":
                organiser.colour(ids, cast("Colour", wish.value))
            case "archive" | "unarchive":
                organiser.archive(ids, wish.verb == "archive")
            case "trash":
                organiser.trash(ids)
            case "delete_forever":
                organiser.delete_forever(ids)
            case "restore":
                organiser.restore(ids)
            case "new_folder":
                organiser.move(ids, self._new_folder(None))
            case "export":
                self.export_requested.emit(tuple(ids))
            case "open_in_window":
                for id in ids:
                    self.window_requested.emit(id)
            case _:
                raise ValueError(f"{wish.verb} is nothing to do with conversations")

    def _to_folder(self, wish: Wish) -> None:
        organiser, id = self._organiser, wish.folder_id or ""
        match wish.verb:
            case "new_folder":
                self._new_folder(wish.parent_id)
            case "new_in_folder":
                self.new_in_folder_requested.emit(id)
            case "expand_folder" | "collapse_folder":
                organiser.expand_folder(id, wish.verb == "expand_folder")
            case "move_folder":
                organiser.move_folder(id, wish.parent_id)
            case "colour_folder":
                organiser.colour_folder(id, cast("Colour", wish.value))
            case "folder_prompt":
                self._edit_prompt(self._library.folders[id])
            case "trash_folder":
                organiser.trash_folder(id)
            case "restore_folder":
                organiser.restore_folder(id)
            case "export_folder":
                self.folder_export_requested.emit(id)
            case "empty_trash":
                from chatglm_desktop.gui.sidebar.dialogs import ask_to_empty

                ask_to_empty(self._window, organiser.empty_trash)
            case _:
                raise ValueError(f"{wish.verb} is nothing to do with a folder")

    def _new_folder(self, parent_id: str | None) -> str:
        """Make a folder whose name the user gives at once."""
        id = self._organiser.new_folder(tr("New folder"), parent_id)
        if parent_id is not None:
            self._organiser.expand_folder(parent_id, True)
        self._sidebar.start_folder_rename(id)
        return id

    async def _duplicate(self, ids: Sequence[str]) -> None:
        for id in ids:
            try:
                self.opened.emit(await self._library.copying.duplicate(id))
            except KeyError:
                return  # it is gone since

    def _edit_prompt(self, folder: Folder) -> None:
        from chatglm_desktop.gui.sidebar.dialogs import edit_prompt

        above = system_prompt(self._library.folders, folder.parent_id)
        edit_prompt(
            self._window, folder, above, partial(self._organiser.set_folder_prompt, folder.id)
        )
