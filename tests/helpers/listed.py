# SPDX-License-Identifier: MIT
"""Lists conversations as the store does, from values in memory, and answers the sidebar at once."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.listing import ARCHIVE, PINNED, RECENT, TRASH, Outline, Place, age_bounds
from chatglm_desktop.gui.sidebar.sidebar import Sidebar


def list_of(one: ConversationSummary) -> str:
    if one.trashed_at is not None:
        return TRASH
    if one.archived_at is not None:
        return ARCHIVE
    return PINNED if one.pinned else one.folder_id or RECENT


class Listed:
    """Conversations and folders, and a sidebar that shows them.

    A conversation keeps its number for as long as its id is known. While :attr:`silent`, no rows
    are handed over; ``looked`` are the numbers that were asked for.
    """

    def __init__(self, sidebar: Sidebar, now: float) -> None:
        self.sidebar = sidebar
        self.now = now
        self.silent = False
        self.looked: list[int] = []
        self.folders: dict[str, Folder] = {}
        self.conversations: dict[int, ConversationSummary] = {}
        self._numbers: dict[str, int] = {}
        sidebar.looked.connect(self._answer)

    def show(
        self, conversations: Iterable[ConversationSummary], folders: Sequence[Folder] = ()
    ) -> None:
        """Let the sidebar show these."""
        known = [(self.number(one.id), one) for one in conversations]
        self.conversations = dict(known)
        self.folders = {folder.id: folder for folder in folders}
        self.sidebar.show_listing(self.outline(), self.folders)

    def number(self, id: str) -> int:
        return self._numbers.setdefault(id, len(self._numbers) + 1)

    def outline(self) -> Outline:
        ordered = sorted(
            self.conversations.items(), key=lambda item: (item[1].updated_at, item[0]), reverse=True
        )
        lists: dict[str, array[int]] = {}
        places: dict[str, Place] = {}
        for number, one in ordered:
            key = list_of(one)
            lists.setdefault(key, array("q")).append(number)
            places[one.id] = Place(key, number)
        recent = [one.updated_at for one in self.conversations.values() if list_of(one) == RECENT]
        ages = tuple(sum(at >= bound for at in recent) for bound in age_bounds(self.now))
        return Outline(lists, ages, places)

    def _answer(self, numbers: Sequence[int]) -> None:
        self.looked.extend(numbers)
        if not self.silent:
            self.hand_over(numbers)

    def hand_over(self, numbers: Iterable[int]) -> None:
        """The rows with these numbers were read."""
        known = self.conversations
        self.sidebar.put_rows({number: known[number] for number in numbers if number in known})
