# SPDX-License-Identifier: MIT
"""All tabs in their order, open and closed, and what the verbs do with them; knows no widget."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from chatglm_desktop.core.tabs import Anchor, TabPlace, TabState

MOST_CLOSED = 50
"""How many closed tabs can be opened again."""


class TabRow:
    """Tabs by conversation id, pinned ones first.

    A closed tab keeps its place among the others, so that it comes back there. *Shown* are those
    that stand in the bar: open, and not in a window of their own.
    """

    def __init__(self, tabs: Iterable[TabState] = ()) -> None:
        self._tabs: dict[str, TabState] = {}
        self.take(tabs)

    def take(self, tabs: Iterable[TabState]) -> None:
        """Have these tabs, as they were saved, and no others."""
        self._tabs = {}
        for tab in tabs:
            self._tabs.setdefault(tab.conversation_id, tab)
        self._sort()

    def __contains__(self, conversation_id: str) -> bool:
        """Whether the tab is open."""
        tab = self._tabs.get(conversation_id)
        return tab is not None and not tab.closed

    def __getitem__(self, conversation_id: str) -> TabState:
        """An open or closed tab. Raises KeyError."""
        return self._tabs[conversation_id]

    def states(self) -> list[TabState]:
        """Everything that is to be saved."""
        return list(self._tabs.values())

    def shown(self) -> list[str]:
        """The ids of the tabs in the bar, from left to right."""
        return [id for id, tab in self._tabs.items() if _shown(tab)]

    def windows(self) -> list[str]:
        """The ids of those that have a window of their own."""
        return [id for id, tab in self._tabs.items() if not tab.closed and tab.place == "window"]

    def open_ids(self) -> list[str]:
        return [id for id, tab in self._tabs.items() if not tab.closed]

    def index(self, conversation_id: str) -> int:
        """Where a tab stands in the bar. Raises ValueError."""
        return self.shown().index(conversation_id)

    def add(self, conversation_id: str, after: str | None = None) -> TabState:
        """Open a tab at the end, or to the right of ``after``; one that was closed is as it was.

        Does nothing for one that is open.
        """
        if conversation_id in self:
            return self._tabs[conversation_id]
        old = self._tabs.pop(conversation_id, TabState(conversation_id))
        tab = replace(old, closed=0, active=False, place="main")
        if after is None or after not in self._tabs:
            self._tabs[conversation_id] = tab
        else:
            ids = list(self._tabs)
            ids.insert(ids.index(after) + 1, conversation_id)
            known = {**self._tabs, conversation_id: tab}
            self._tabs = {id: known[id] for id in ids}
        self._sort()
        return tab

    def close(self, conversation_id: str) -> None:
        """Close a tab that is open; the one closed last is opened again first."""
        number = max((tab.closed for tab in self._tabs.values()), default=0) + 1
        self.change(conversation_id, closed=number, active=False)
        closed = sorted(tab.closed for tab in self._tabs.values() if tab.closed)
        for oldest in closed[:-MOST_CLOSED]:
            self._tabs = {id: tab for id, tab in self._tabs.items() if tab.closed != oldest}

    def forget(self, conversation_id: str) -> None:
        """Drop a tab that cannot be opened again."""
        self._tabs.pop(conversation_id, None)

    def closed_ids(self) -> list[str]:
        """Those that can be opened again, the one to begin with first."""
        closed = [tab for tab in self._tabs.values() if tab.closed]
        return [tab.conversation_id for tab in sorted(closed, key=lambda t: t.closed, reverse=True)]

    def reopen(self, conversation_id: str) -> TabState:
        """Open a closed tab where it was: its place in the row, and its half or window."""
        return self.change(conversation_id, closed=0)

    def change(
        self,
        conversation_id: str,
        *,
        active: bool | None = None,
        closed: int | None = None,
        place: TabPlace | None = None,
    ) -> TabState:
        """What is None stays as it is. Raises KeyError."""
        tab = self._tabs[conversation_id]
        tab = replace(
            tab,
            active=tab.active if active is None else active,
            closed=tab.closed if closed is None else closed,
            place=tab.place if place is None else place,
        )
        self._tabs[conversation_id] = tab
        return tab

    def note_reading(
        self, conversation_id: str, anchor: Anchor | None, selection: str | None
    ) -> None:
        """Where the user reads, and what is selected there."""
        tab = self._tabs[conversation_id]
        self._tabs[conversation_id] = replace(tab, anchor=anchor, selection=selection)

    def note_shape(self, conversation_id: str, shape: str) -> None:
        """Size and place of the window that the tab has or had."""
        self._tabs[conversation_id] = replace(self._tabs[conversation_id], shape=shape)

    def pin(self, conversation_id: str, pinned: bool) -> None:
        """Move a tab to the end of the pinned ones, or to the beginning of the others."""
        tab = replace(self._tabs.pop(conversation_id), pinned=pinned)
        known = list(self._tabs.values())
        first = sum(tab.pinned for tab in known)
        known.insert(first, tab)
        self._tabs = {tab.conversation_id: tab for tab in known}

    def arrange(self, shown: Sequence[str]) -> None:
        """Take the order of the bar; what is not in it stays behind the tab that it follows."""
        groups: dict[str, list[TabState]] = {"": []}
        leader = ""
        for id, tab in self._tabs.items():
            if _shown(tab):
                leader = id
            groups.setdefault(leader, []).append(tab)
        order = [""] + [id for id in shown if id in groups]
        order += [id for id in groups if id not in order]
        self._tabs = {tab.conversation_id: tab for id in order for tab in groups[id]}
        self._sort()

    def others(self, conversation_id: str) -> list[str]:
        """What *close others* closes: pinned tabs stay."""
        return [id for id in self.shown() if id != conversation_id and not self._tabs[id].pinned]

    def to_the_right(self, conversation_id: str) -> list[str]:
        """What *close to the right* closes: pinned tabs stay."""
        shown = self.shown()
        after = shown[shown.index(conversation_id) + 1 :]
        return [id for id in after if not self._tabs[id].pinned]

    def _sort(self) -> None:
        ordered = sorted(self._tabs.values(), key=lambda tab: not tab.pinned)
        self._tabs = {tab.conversation_id: tab for tab in ordered}


def _shown(tab: TabState) -> bool:
    return not tab.closed and tab.place != "window"
