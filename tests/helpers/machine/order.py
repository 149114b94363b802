# SPDX-License-Identifier: MIT
"""The verbs of the library's order, on both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatglm_desktop.core.folders import Colour
from tests.helpers.machine.plain import Step, Talk

if TYPE_CHECKING:
    from tests.helpers.machine.driver import Driver

COLOURS: tuple[Colour, ...] = ("", "red", "blue")


def _any(_: Talk) -> bool:
    return True


def _in_use(talk: Talk) -> bool:
    return talk.trashed_at is None


def _listed(talk: Talk) -> bool:
    return talk.trashed_at is None and talk.archived_at is None


class OrderVerbs:
    """They return at once; the real ones are done later, in the same order."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def _some(self) -> list[str]:
        """One to three conversations, wherever they lie."""
        random, ids = self._driver.random, sorted(self._driver.plain.talks)
        return random.sample(ids, min(len(ids), random.choice([1, 1, 2, 3])))

    def _drawer(self, *, trashed: bool | None = False) -> str | None:
        drawers = self._driver.plain.drawers
        fitting = [
            id
            for id, one in drawers.items()
            if trashed is None or (one.trashed_at is not None) is trashed
        ]
        return self._driver.random.choice(fitting) if fitting else None

    def rename(self) -> None:
        driver = self._driver
        for id in self._some()[:1]:
            title = driver.text("title")
            driver.real.organiser.rename(id, title)
            driver.plain.give([id], _any, title=title, titled_by_user=True)

    def pin(self) -> None:
        driver, ids = self._driver, self._some()
        pinned = driver.random.random() < 0.7
        driver.real.organiser.pin(ids, pinned)
        if pinned:
            driver.plain.give(ids, _in_use, pinned=True, archived_at=None)
        else:
            driver.plain.give(ids, _any, pinned=False)

    def move(self) -> None:
        driver, ids = self._driver, self._some()
        folder_id = driver.random.choice([None, self._drawer(), self._drawer(trashed=None)])
        driver.real.organiser.move(ids, folder_id)
        if folder_id is None or folder_id in driver.plain.used_drawers():
            driver.plain.give(ids, _in_use, folder_id=folder_id, pinned=False, archived_at=None)

    def archive(self) -> None:
        driver, ids = self._driver, self._some()
        archived = driver.random.random() < 0.7
        driver.real.organiser.archive(ids, archived)
        if archived:
            driver.plain.give(ids, _listed, archived_at=driver.real.time)
        else:
            driver.plain.give(ids, _any, archived_at=None)

    def colour(self) -> None:
        driver, ids = self._driver, self._some()
        colour = driver.random.choice(COLOURS)
        driver.real.organiser.colour(ids, colour)
        driver.plain.give(ids, _any, colour=colour)

    def trash(self) -> None:
        driver, ids = self._driver, self._some()
        driver.real.organiser.trash(ids)
        driver.plain.give(ids, _in_use, trashed_at=driver.real.time)

    def restore(self) -> None:
        driver, ids = self._driver, self._some()
        driver.real.organiser.restore(ids)
        plain = driver.plain
        around = [one for id in ids for one in plain.around(plain.talks[id].folder_id)]
        trashed = [id for id in dict.fromkeys(around) if plain.drawers[id].trashed_at is not None]
        plain.do(
            Step(
                plain.changes(ids, _any, {"trashed_at": None}),
                plain.drawer_changes(trashed, trashed_at=None),
            )
        )

    def delete_forever(self) -> None:
        driver, ids = self._driver, self._some()
        driver.real.organiser.delete_forever(ids)
        driver.plain.delete(ids)

    def empty_trash(self) -> None:
        driver = self._driver
        if driver.random.random() < 0.2:
            driver.real.organiser.empty_trash()
            driver.plain.delete(list(driver.plain.talks))
            driver.plain.delete_drawers()

    def new_folder(self) -> None:
        driver = self._driver
        parent_id, name = driver.random.choice([None, self._drawer()]), driver.text("folder")
        id = driver.real.organiser.new_folder(name, parent_id)
        fields = {
            "name": name,
            "parent_id": parent_id,
            "colour": "",
            "system_prompt": "",
            "trashed_at": None,
        }
        driver.plain.do(Step(drawers=[(id, None, fields)]))

    def rename_folder(self) -> None:
        if id := self._drawer(trashed=None):
            name = self._driver.text("folder")
            self._driver.real.organiser.rename_folder(id, name)
            self._give(id, name=name)

    def colour_folder(self) -> None:
        if id := self._drawer():
            colour = self._driver.random.choice(COLOURS)
            self._driver.real.organiser.colour_folder(id, colour)
            self._give(id, colour=colour)

    def folder_prompt(self) -> None:
        if id := self._drawer():
            prompt = self._driver.random.choice(["", self._driver.text("prompt")])
            self._driver.real.organiser.set_folder_prompt(id, prompt)
            self._give(id, system_prompt=prompt)

    def move_folder(self) -> None:
        plain = self._driver.plain
        id, parent_id = (
            self._drawer(),
            self._driver.random.choice([None, self._drawer(trashed=None)]),
        )
        if id is not None:
            self._driver.real.organiser.move_folder(id, parent_id)
            if parent_id is None or (
                parent_id in plain.used_drawers() and id not in plain.around(parent_id)
            ):
                self._give(id, parent_id=parent_id)

    def trash_folder(self) -> None:
        if id := self._drawer():
            self._driver.real.organiser.trash_folder(id)
            self._together(id, None, self._driver.real.time)

    def restore_folder(self) -> None:
        if id := self._drawer(trashed=True):
            self._driver.real.organiser.restore_folder(id)
            self._together(id, self._driver.plain.drawers[id].trashed_at, None)

    def _together(self, id: str, at: float | None, to: float | None) -> None:
        """Give another time of trashing to a folder and to what has the same one in it."""
        plain = self._driver.plain
        inside = [one for one in plain.inside(id) if plain.drawers[one].trashed_at == at]
        talks = [
            talk_id
            for talk_id, talk in plain.talks.items()
            if talk.folder_id in inside and talk.trashed_at == at
        ]
        around = [
            one
            for one in plain.around(plain.drawers[id].parent_id)
            if to is None and plain.drawers[one].trashed_at is not None
        ]
        plain.do(
            Step(
                plain.changes(talks, _any, {"trashed_at": to}),
                plain.drawer_changes([*inside, *around], trashed_at=to),
            )
        )

    def _give(self, id: str, **values: object) -> None:
        plain = self._driver.plain
        if plain.drawers[id].trashed_at is None:
            plain.do(Step(drawers=plain.drawer_changes([id], **values)))
