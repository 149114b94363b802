# SPDX-License-Identifier: MIT
"""The verbs that export a conversation and import it again later, on both sides."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chatglm_desktop.chat.exporting.exporter import Exporter
from chatglm_desktop.chat.importing.importer import Importer
from chatglm_desktop.chat.importing.plan import Target
from chatglm_desktop.chat.reading import Reading
from chatglm_desktop.core.export_choice import ExportContents
from chatglm_desktop.core.exports import Chosen, ExportOrder
from chatglm_desktop.core.messages import AttachmentPart
from tests.helpers.machine.plain import Talk
from tests.helpers.machine.real import texts

if TYPE_CHECKING:
    from tests.helpers.machine.driver import Driver


@dataclass(frozen=True, slots=True)
class Carried:
    """A conversation as it was exported; ``texts`` are those of its messages by their ids."""

    file: Path
    talk_id: str
    talk: Talk
    texts: dict[str, str]
    folders: list[str]


class CarryingVerbs:
    """The latest export is the one that is imported."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self._carried: Carried | None = None

    async def do_export(self) -> None:
        driver = self._driver
        id = driver.a_talk()
        if id is None or not texts(driver.real.path, id):
            return
        file = driver.real.path.parent.with_name(f"{next(driver.real.numbers)}.json")
        order = ExportOrder(Chosen((id,)), "json", ExportContents(), file)
        await Exporter(driver.real.store.saved, _no_file).export(order)
        talk = deepcopy(driver.plain.talks[id])
        folders = driver.plain.around(talk.folder_id)
        self._carried = Carried(file, id, talk, texts(driver.real.path, id), folders)

    async def do_import(self) -> None:
        driver, carried = self._driver, self._carried
        if carried is None or not set(carried.folders) <= driver.plain.drawers.keys():
            return
        real = driver.real
        sessions = [id for id in driver.plain.talks if real.conversations.session(id) is not None]
        importer = Importer(real.store, _no_picture, _no_own_picture, real.now, lambda: sessions)
        preview = await importer.look(carried.file, Reading())
        report = await importer.take_in(preview, Target(), Reading())
        assert report.error is None
        await real.conversations.summaries(report.new)
        await real.conversations.load()
        await self._came(carried)

    async def _came(self, carried: Carried) -> None:
        plain, there = self._driver.plain, self._driver.plain.talks.get(carried.talk_id)
        if there is None:
            talk = plain.talks[carried.talk_id] = deepcopy(carried.talk)
            talk.said = set(carried.texts.values())
            talk.draft, talk.waiting, talk.revision = "", [], next(self._driver.real.numbers)
            if talk.folder_id not in plain.used_drawers():
                talk.folder_id = None
        elif there.trashed_at is None:
            before = set(there.branch)
            there.said |= set(carried.texts.values()) - self._superseded(carried)
            await self._driver.look(carried.talk_id)
            assert before <= set(there.branch)

    def _superseded(self, carried: Carried) -> set[str]:
        """Texts that have gone on since: a message that is here is left as it is."""
        now = texts(self._driver.real.path, carried.talk_id, deleted=True)
        return {text for id, text in carried.texts.items() if now.get(id) != text}


def _no_file(digest: str) -> bytes:
    raise AssertionError(digest)


def _no_picture(name: str, data: bytes) -> AttachmentPart:
    raise AssertionError(name)


def _no_own_picture(data: bytes) -> str:
    raise AssertionError(data)
