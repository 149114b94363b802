# SPDX-License-Identifier: MIT
"""Looks through a file to import, then takes in what is not here yet; knows no SQL."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Collection, Generator
from dataclasses import dataclass, field, replace
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from chatglm_desktop.chat.importing.import_file import ImportFile
from chatglm_desktop.chat.importing.journey import Journey
from chatglm_desktop.chat.importing.luggage import Keep, Luggage, Put
from chatglm_desktop.chat.importing.plan import Preview, Report, Target
from chatglm_desktop.chat.importing.survey import look_through, preview_of
from chatglm_desktop.chat.reading import GivenUp, Reading
from chatglm_desktop.core.errors import ChatError, StoreError
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.imports import Imported, Written
from chatglm_desktop.core.messages import Message, ReasoningPart, TextPart

if TYPE_CHECKING:
    from chatglm_desktop.store import Store

MOST_MESSAGES = 500
MOST_CHARACTERS = 1_000_000
"""Of the conversations that are written at once: others wait for the store meanwhile."""


class Importer:
    """``keep`` makes fit and keeps the files of other programs, ``put`` keeps our own as they are.

    ``now`` gives seconds since the epoch, ``in_use`` the conversations that are open somewhere.
    """

    def __init__(
        self,
        store: Store,
        keep: Keep,
        put: Put,
        now: Callable[[], float],
        in_use: Callable[[], Collection[str]] = tuple,
    ) -> None:
        self._store = store
        self._keep = keep
        self._put = put
        self._now = now
        self._in_use = in_use

    async def look(self, path: Path, reading: Reading) -> Preview:
        """What importing the file would do; changes nothing.

        Raises ImportFailed for a file that cannot be imported, StoreErrors and GivenUp.
        """
        file, luggage = ImportFile(path), Luggage()
        survey = await asyncio.to_thread(look_through, file, Journey(luggage, self._now()), reading)
        standings = await self._store.importing.standings(survey.sketches)
        return preview_of(file, luggage, survey, standings)

    async def take_in(self, preview: Preview, target: Target, reading: Reading) -> Report:
        """Add what the preview promises, conversation by conversation; raises nothing of its own.

        A conversation is added whole or not at all, also when the program dies meanwhile.
        """
        luggage = Luggage(self._keep, self._put)
        folders, folder_id = _folders(preview, target, self._now())
        journey = Journey(luggage, self._now(), wanted=frozenset(preview.wanted))
        batches = _batches(preview, journey, reading)
        total = _Total()
        error: ChatError | StoreError | None = None
        stopped = False
        try:
            first = await self._store.importing.next_number()
            numbers = await asyncio.to_thread(_numbers, preview, first)
            while (batch := await asyncio.to_thread(next, batches, None)) is not None:
                written = await self._store.importing.write(
                    batch, folders, folder_id, numbers, self._in_use()
                )
                total.add(written)
        except GivenUp:
            stopped = True
        except (ChatError, StoreError) as problem:
            error = problem
        finally:
            # For a thread that still reads for what was cancelled.
            reading.stop()
        batches.close()
        made = folder_id if target.new_folder and total.new else None
        return Report(
            tuple(total.new),
            tuple(total.grown),
            total.messages,
            luggage.left_out,
            made,
            stopped,
            error,
        )


@dataclass(slots=True)
class _Total:
    """What all steps together have added; ids once, in their order."""

    new: dict[str, None] = field(default_factory=dict)
    grown: dict[str, None] = field(default_factory=dict)
    messages: int = 0

    def add(self, written: Written) -> None:
        self.new.update(dict.fromkeys(written.new))
        self.grown.update((id, None) for id in written.grown if id not in self.new)
        self.messages += written.messages


def _folders(preview: Preview, target: Target, now: float) -> tuple[tuple[Folder, ...], str | None]:
    """The folders that are needed, the outer ones first, and the one for what has none."""
    if not target.new_folder:
        inside = target.folder_id
        made: tuple[Folder, ...] = ()
    else:
        inside = uuid.uuid4().hex
        made = (Folder(inside, target.new_folder, now, target.folder_id),)
    brought = (replace(folder, parent_id=folder.parent_id or inside) for folder in preview.folders)
    return (*made, *brought), inside


def _batches(
    preview: Preview, journey: Journey, reading: Reading
) -> Generator[list[Imported], None, None]:
    """What is wanted of the file, as much at once as is written in one step."""
    batch: dict[str, Imported] = {}
    messages = characters = 0
    for found in preview.file.read(journey, reading):
        if not isinstance(found, Imported) or found.summary.id not in preview.wanted:
            continue
        if found.summary.id in batch or messages >= MOST_MESSAGES or characters >= MOST_CHARACTERS:
            yield list(batch.values())
            batch, messages, characters = {}, 0, 0
        batch[found.summary.id] = found
        messages += len(found.messages)
        characters += sum(map(_length, found.messages))
    if batch:
        yield list(batch.values())


def _numbers(preview: Preview, first: int) -> dict[str, int]:
    """A number for each message, in the order of time over all conversations.

    The search goes through numbers that ascend with time faster than through those that do not.
    """
    sketches = preview.wanted.values()
    moments = [
        pair for sketch in sketches for pair in zip(sketch.times, sketch.message_ids, strict=True)
    ]
    moments.sort(key=itemgetter(0))
    return {id: number for number, (_, id) in enumerate(moments, first)}


def _length(message: Message) -> int:
    return sum(len(p.text) for p in message.parts if isinstance(p, TextPart | ReasoningPart))
