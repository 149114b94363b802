# SPDX-License-Identifier: MIT
"""What is marked in the list: badges, what is open in front, and the folders around them."""

from __future__ import annotations

from collections.abc import Mapping

from chatglm_desktop.core.folders import Folder, ancestry
from chatglm_desktop.core.listing import Place
from chatglm_desktop.gui.widgets.badge import Badge

_STRENGTH: Mapping[Badge, int] = {"none": 0, "failed": 1, "unread": 2, "streaming": 3}


class RowMarks:
    """``current`` is the conversation in front, if there is one."""

    def __init__(self) -> None:
        self.current: str | None = None
        self.badges: Mapping[str, Badge] = {}
        self._in_folders: dict[str, Badge] = {}
        self._around_current: frozenset[str] = frozenset()
        self._places: Mapping[str, Place] = {}
        self._folders: Mapping[str, Folder] = {}

    @property
    def watched(self) -> frozenset[str]:
        """The conversations whose places have to be known."""
        return frozenset(self.badges) | ({self.current} if self.current else frozenset())

    def badge(self, conversation_id: str) -> Badge:
        return self.badges.get(conversation_id, "none")

    def key(self, conversation_id: str) -> str | None:
        """The list that it stands in, if that is known."""
        place = self._places.get(conversation_id)
        return place.key if place else None

    def number(self, conversation_id: str) -> int | None:
        """Its number in the listing, if that is known."""
        place = self._places.get(conversation_id)
        return place.number if place else None

    def folder_badge(self, folder_id: str) -> Badge:
        """The strongest badge of what lies in the folder, however deep."""
        return self._in_folders.get(folder_id, "none")

    def holds_current(self, folder_id: str) -> bool:
        """Whether the conversation in front lies in the folder, however deep."""
        return folder_id in self._around_current

    def place(self, places: Mapping[str, Place], folders: Mapping[str, Folder]) -> None:
        """Where what is marked lies now."""
        self._places, self._folders = places, folders
        self.settle()

    def settle(self) -> None:
        """Find the folders again, after what is marked has changed."""
        self._in_folders = {}
        for id, badge in self.badges.items():
            for folder in self._around(id):
                if _STRENGTH[badge] > _STRENGTH[self.folder_badge(folder.id)]:
                    self._in_folders[folder.id] = badge
        around = self._around(self.current) if self.current else ()
        self._around_current = frozenset(folder.id for folder in around)

    def _around(self, conversation_id: str) -> tuple[Folder, ...]:
        place = self._places.get(conversation_id)
        return tuple(ancestry(self._folders, place.key)) if place else ()
