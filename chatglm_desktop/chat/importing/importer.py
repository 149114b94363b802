# SPDX-License-Identifier: MIT
"""Looks through a file to import, then takes in what is not here yet; knows no SQL."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Collection, Generator, Iterable, Mapping
from dataclasses import dataclass, field, replace
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from chatglm_desktop.chat.importing.import_file import ImportFile
from chatglm_desktop.chat.importing.journey import Journey
from chatglm_desktop.chat.importing.luggage import Keep, Luggage, Put
from chatglm_desktop.chat.reading import GivenUp, Reading
from chatglm_desktop.core.errors import ChatError, StoreError
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.imports import (
    Imported,
    ImportSource,
    Sketch,
    Skipped,
    Standing,
    Written,
)
from chatglm_desktop.core.messages import Message, ReasoningPart, TextPart

if TYPE_CHECKING:
    from chatglm_desktop.store import Store

MOST_MESSAGES = 500
MOST_CHARACTERS = 1_000_000
"""Of the conversations that are written at once: others wait for the store meanwhile."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What importing a file would do: ``new`` conversations, ``grown`` ones that get messages.

    ``known`` are those that are here with all their messages. ``messages`` would be added,
    ``files`` come along, ``left_out`` are files that the export lacks or that cannot be kept.
    """

    file: ImportFile
    source: ImportSource
    new: int = 0
    grown: int = 0
    known: int = 0
    messages: int = 0
    files: int = 0
    file_bytes: int = 0
    left_out: int = 0
    skipped: tuple[Skipped, ...] = ()
    folders: tuple[Folder, ...] = ()
    wanted: Mapping[str, Sketch] = field(default_factory=dict)

    @property
    def has_news(self) -> bool:
        """Whether there is anything to import."""
        return bool(self.wanted)


@dataclass(frozen=True, slots=True)
class Target:
    """Where new conversations get: into a folder, into one that is made for them, or into none."""

    folder_id: str | None = None
    new_folder: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What an import has added: the ids of conversations, how many messages, the folder it made.

    ``error`` is why it ended early, ``stopped`` that the user wanted so; what had been added by
    then is whole and stays.
    """

    new: tuple[str, ...] = ()
    grown: tuple[str, ...] = ()
    messages: int = 0
    left_out: int = 0
    new_folder_id: str | None = None
    stopped: bool = False
    error: ChatError | StoreError | None = None


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
        survey = await asyncio.to_thread(_survey, file, Journey(luggage, self._now()), reading)
        standings = await self._store.importing.standings(survey.sketches)
        return _preview(file, luggage, survey, standings)

    async def take_in(self, preview: Preview, target: Target, reading: Reading) -> Report:
        """Add what the preview promises, conversation by conversation; raises nothing of its own.

        A conversation is added whole or not at all, also when the program dies meanwhile.
        """
        luggage = Luggage(self._keep, self._put)
        folders, folder_id = _folders(preview, target, self._now())
        journey = Journey(luggage, self._now(), wanted=frozenset(preview.wanted))
        batches = _batches(preview, journey, reading)
        total = Written()
        error: ChatError | StoreError | None = None
        stopped = False
        try:
            first = await self._store.importing.next_number()
            numbers = await asyncio.to_thread(_numbers, preview, first)
            while (batch := await asyncio.to_thread(next, batches, None)) is not None:
                written = await self._store.importing.write(
                    batch, folders, folder_id, numbers, self._in_use()
                )
                total = _sum(total, written)
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
            total.new, total.grown, total.messages, luggage.left_out, made, stopped, error
        )


@dataclass(slots=True)
class _Survey:
    """What was seen while the file was looked through."""

    source: ImportSource
    by_id: dict[str, Sketch] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    folders: list[Folder] = field(default_factory=list)

    @property
    def sketches(self) -> tuple[Sketch, ...]:
        return tuple(self.by_id.values())

    def add(self, imported: Imported) -> None:
        """Remember a conversation; one that stands twice in the file counts once."""
        id = imported.summary.id
        times = _places_in_time(imported.messages)
        if known := self.by_id.get(id):
            times = dict(zip(known.message_ids, known.times, strict=True)) | times
        self.by_id[id] = Sketch(id, imported.summary.title, tuple(times), tuple(times.values()))


def _places_in_time(messages: Iterable[Message]) -> dict[str, float]:
    """When each message was said, but not before what it follows, nor before an earlier version.

    The numbers of messages, which go by this, are the order of versions too.
    """
    times: dict[str, float] = {}
    last_versions: dict[str | None, float] = {}
    for message in messages:
        parent_id = message.parent_id
        earlier = last_versions.get(parent_id, message.created_at)
        after = message.created_at if parent_id is None else times[parent_id]
        times[message.id] = last_versions[parent_id] = max(message.created_at, after, earlier)
    return times


def _survey(file: ImportFile, journey: Journey, reading: Reading) -> _Survey:
    survey = _Survey(file.source(reading))
    for found in file.read(journey, reading):
        match found:
            case Imported():
                survey.add(found)
            case Skipped():
                survey.skipped.append(found)
            case Folder():
                survey.folders.append(found)
            case _:
                assert_never(found)
    return survey


def _preview(
    file: ImportFile, luggage: Luggage, survey: _Survey, standings: tuple[Standing, ...]
) -> Preview:
    both = list(zip(survey.sketches, standings, strict=True))
    wanted = [(sketch, standing) for sketch, standing in both if standing.missing]
    refused = [
        Skipped(sketch.title, standing.reason)
        for sketch, standing in both
        if standing.reason is not None
    ]
    return Preview(
        file,
        survey.source,
        new=sum(1 for _, standing in wanted if not standing.here),
        grown=sum(1 for _, standing in wanted if standing.here),
        known=len(both) - len(wanted) - len(refused),
        messages=sum(standing.missing for _, standing in wanted),
        files=luggage.count,
        file_bytes=luggage.size,
        left_out=luggage.left_out,
        skipped=(*survey.skipped, *refused),
        folders=tuple(survey.folders),
        wanted={sketch.id: sketch for sketch, _ in wanted},
    )


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


def _sum(total: Written, more: Written) -> Written:
    return Written(
        total.new + more.new,
        tuple(dict.fromkeys((*total.grown, *(id for id in more.grown if id not in total.new)))),
        total.messages + more.messages,
    )
