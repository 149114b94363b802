# SPDX-License-Identifier: MIT
"""What is remembered of a file while it is looked through, and what comes of it; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import assert_never

from chatglm_desktop.chat.importing.import_file import ImportFile
from chatglm_desktop.chat.importing.journey import Journey
from chatglm_desktop.chat.importing.luggage import Luggage
from chatglm_desktop.chat.importing.plan import Preview
from chatglm_desktop.chat.reading import Reading
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.imports import Imported, ImportSource, Sketch, Skipped, Standing
from chatglm_desktop.core.messages import Message


@dataclass(slots=True)
class Survey:
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


def look_through(file: ImportFile, journey: Journey, reading: Reading) -> Survey:
    """All that is in ``file``. Raises ImportFailed and GivenUp."""
    survey = Survey(file.source(reading))
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


def preview_of(
    file: ImportFile, luggage: Luggage, survey: Survey, standings: tuple[Standing, ...]
) -> Preview:
    """What importing would do; ``standings`` are those of the survey's sketches."""
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
