# SPDX-License-Identifier: MIT
"""What the library should hold, as plain dictionaries; knows no store and no loop."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, TypeAlias

Fields: TypeAlias = dict[str, Any]
Change: TypeAlias = tuple[str, Fields | None, Fields | None]
"""An id with the fields before and after; None where there is nothing."""


@dataclass
class Talk:
    """A conversation. ``branch`` holds the texts that are seen, ``said`` all there ever were."""

    title: str = ""
    titled_by_user: bool = False
    folder_id: str | None = None
    pinned: bool = False
    archived_at: float | None = None
    trashed_at: float | None = None
    colour: str = ""
    branch: list[str] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    draft: str = ""
    waiting: list[str] = field(default_factory=list)
    revision: int = 0


@dataclass
class Drawer:
    """A folder."""

    name: str
    parent_id: str | None = None
    colour: str = ""
    system_prompt: str = ""
    trashed_at: float | None = None


@dataclass
class Step:
    """What can be taken back: changes of the order, or of one conversation's ``branch``."""

    talks: list[Change] = field(default_factory=list)
    drawers: list[Change] = field(default_factory=list)
    talk_id: str = ""
    branches: tuple[list[str], list[str]] = ([], [])
    revisions: tuple[int, int] = (0, 0)
    real: object = None


class Plain:
    """The same verbs as the organiser's, one after the other, in memory."""

    def __init__(self) -> None:
        self.talks: dict[str, Talk] = {}
        self.drawers: dict[str, Drawer] = {}
        self.done: list[Step] = []
        self.undone: list[Step] = []

    def forget_steps(self) -> None:
        """The program ends; what could be undone cannot be any more."""
        self.done, self.undone = [], []

    def push(self, step: Step) -> None:
        self.undone = []
        self.done.append(step)
        del self.done[:-100]

    def give(self, ids: Iterable[str], fits: Callable[[Talk], bool], **values: Any) -> None:
        """A step that gives ``values`` to the conversations that fit."""
        self.do(Step(talks=self.changes(ids, fits, values)))

    def changes(
        self, ids: Iterable[str], fits: Callable[[Talk], bool], values: Fields
    ) -> list[Change]:
        fitting = (id for id in ids if id in self.talks and fits(self.talks[id]))
        return _changes(self.talks, fitting, values)

    def drawer_changes(self, ids: Iterable[str], **values: Any) -> list[Change]:
        return _changes(self.drawers, ids, values)

    def do(self, step: Step) -> None:
        if step.talks or step.drawers:
            self._apply(step.talks, step.drawers)
            self.push(step)

    def used_drawers(self) -> list[str]:
        return [id for id, one in self.drawers.items() if one.trashed_at is None]

    def around(self, id: str | None) -> list[str]:
        """A folder and those that it lies in."""
        found: list[str] = []
        while id is not None and id not in found:
            found.append(id)
            id = self.drawers[id].parent_id
        return found

    def inside(self, id: str) -> list[str]:
        """A folder and those that lie in it."""
        return [one for one in self.drawers if id in self.around(one)]

    def delete(self, ids: Iterable[str]) -> None:
        """Delete conversations for good that lie in the trash."""
        for id in list(ids):
            if id in self.talks and self.talks[id].trashed_at is not None:
                del self.talks[id]

    def delete_drawers(self, older_than: float | None = None) -> None:
        """Delete the empty folders in the trash for good."""
        used = {talk.folder_id for talk in self.talks.values()}
        for id, drawer in list(self.drawers.items()):
            at = drawer.trashed_at
            if at is not None and id not in used and (older_than is None or at < older_than):
                del self.drawers[id]
        self._settle(in_use=False)

    def undo(self) -> Step | None:
        """Take back the latest step with anything to do in it; a step of messages is left alone."""
        return self._turn(self.done, self.undone, back=True)

    def redo(self) -> Step | None:
        return self._turn(self.undone, self.done, back=False)

    def _turn(self, source: list[Step], target: list[Step], *, back: bool) -> Step | None:
        while source:
            step = source.pop()
            if step.talk_id:
                if step.talk_id in self.talks:
                    # Whether there was anything is found out by looking.
                    target.append(step)
                    return step
                continue
            if step.drawers or any(id in self.talks for id, _, _ in step.talks):
                self._apply(*_turned(step) if back else (step.talks, step.drawers))
                target.append(step)
                return step
        return None

    def _apply(self, talks: list[Change], drawers: list[Change]) -> None:
        for id, before, after in drawers:
            if before is None and after is not None:
                if id not in self.drawers:
                    self.drawers[id] = Drawer(**after)
            elif after is not None and id in self.drawers:
                self._change_drawer(id, before or {}, after)
        for id, before, after in talks:
            if id in self.talks:
                for name in after or {}:
                    if (before or {})[name] != (after or {})[name]:
                        setattr(self.talks[id], name, (after or {})[name])
        for id, _, after in drawers:
            if after is None:
                self.drawers.pop(id, None)
        self._settle()

    def _change_drawer(self, id: str, before: Fields, after: Fields) -> None:
        changed = {name: value for name, value in after.items() if before[name] != value}
        parent_id = changed.get("parent_id")
        if parent_id is not None and (
            parent_id not in self.drawers or id in self.around(parent_id)
        ):
            del changed["parent_id"]
            if parent_id not in self.drawers:
                changed["parent_id"] = None
        for name, value in changed.items():
            setattr(self.drawers[id], name, value)

    def _settle(self, *, in_use: bool = True) -> None:
        """Nothing lies in what is not there, nor anything in use in what lies in the trash."""
        places: list[tuple[Talk | Drawer, str]] = [
            (one, "folder_id") for one in self.talks.values()
        ]
        places += [(one, "parent_id") for one in self.drawers.values()]
        for one, name in places:
            place = self.drawers.get(getattr(one, name) or "")
            hidden = in_use and place is not None and place.trashed_at is not None
            if place is None or (hidden and one.trashed_at is None):
                setattr(one, name, None)

    def picture(self) -> dict[str, Any]:
        """All that must be the same in the store, as plain values."""
        talks = {id: asdict(talk) for id, talk in self.talks.items()}
        for talk in talks.values():
            talk["said"] = sorted(talk["said"])
            del talk["revision"]
        return {"talks": talks, "folders": {id: asdict(one) for id, one in self.drawers.items()}}


def _changes(table: dict[str, Any], ids: Iterable[str], values: Fields) -> list[Change]:
    found: list[Change] = []
    for id in ids:
        before = {name: getattr(table[id], name) for name in values}
        if before != values:
            found.append((id, before, dict(values)))
    return found


def _turned(step: Step) -> tuple[list[Change], list[Change]]:
    talks = [(id, after, before) for id, before, after in step.talks]
    return talks, [(id, after, before) for id, before, after in reversed(step.drawers)]
