# SPDX-License-Identifier: MIT
"""The files of the next message: asked for, taken, judged, set aside."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.attachments import MOST_FILES, Look
from chatglm_desktop.core.generation import Abilities
from chatglm_desktop.core.messages import AttachmentPart
from chatglm_desktop.gui.attaching.shelf import Shelf
from chatglm_desktop.gui.attaching.sources import FileSource, Source, StoredSource

PHOTO = AttachmentPart("photo.png", "image/png", 3, "a" * 64)
NOTES = AttachmentPart("notes.txt", "text/plain", 5, "b" * 64)
SEES = Abilities(images=True)


def file(name: str) -> FileSource:
    return FileSource(Path(name))


class Asked:
    """A shelf, and what it asked for."""

    def __init__(self) -> None:
        self.shelf = Shelf()
        self.wanted: list[tuple[int, Source]] = []
        self.unwanted: list[int] = []
        self.shelf.wanted.connect(lambda id, source: self.wanted.append((id, source)))
        self.shelf.unwanted.connect(self.unwanted.append)

    def put(self, part: AttachmentPart, look: Look | None = None) -> int:
        """Add a file and take what came of it."""
        self.shelf.add([file(part.name)])
        id = self.wanted[-1][0]
        self.shelf.take(id, part, look or Look(1))
        return id


@pytest.fixture
def asked(qtbot: QtBot) -> Asked:
    return Asked()


def test_files_are_asked_for_and_taken(asked: Asked) -> None:
    shelf = asked.shelf
    shelf.add([file("/tmp/photo.webp"), file("/tmp/notes.txt")])
    assert [source for _, source in asked.wanted] == [
        file("/tmp/photo.webp"),
        file("/tmp/notes.txt"),
    ]
    assert [item.name for item in shelf.items] == ["photo.webp", "notes.txt"]
    assert shelf.busy
    assert shelf.parts == ()
    shelf.progress(asked.wanted[1][0], 0.5)
    assert shelf.items[1].share == 0.5
    for (id, _), part in zip(asked.wanted, (PHOTO, NOTES), strict=True):
        shelf.take(id, part, Look(7))
    assert not shelf.busy
    assert shelf.parts == (PHOTO, NOTES)
    assert [item.name for item in shelf.items] == ["photo.png", "notes.txt"]
    assert shelf.items[1].share is None
    assert shelf.refused is None


def test_the_same_file_is_taken_once(asked: Asked) -> None:
    asked.put(PHOTO)
    second = asked.put(PHOTO)
    assert asked.shelf.parts == (PHOTO,)
    assert asked.unwanted == [second]


def test_a_file_that_was_refused_stays_until_it_is_taken_out(asked: Asked) -> None:
    asked.shelf.add([file("a.bin")])
    id = asked.wanted[0][0]
    asked.shelf.refuse(id, "unknown kind")
    refused = asked.shelf.refused
    assert refused is not None
    assert (refused.name, refused.refusal, refused.busy) == ("a.bin", "unknown kind", False)
    assert not asked.shelf.busy
    asked.shelf.remove(id)
    assert asked.shelf.items == ()


def test_another_model_judges_anew(asked: Asked, qtbot: QtBot) -> None:
    asked.put(PHOTO)
    asked.put(NOTES)
    assert asked.shelf.refused is None
    with qtbot.waitSignal(asked.shelf.changed):
        asked.shelf.set_abilities(Abilities())
    refused = asked.shelf.refused
    assert refused is not None
    assert (refused.part, refused.refusal) == (PHOTO, "no pictures")
    assert asked.shelf.parts == (PHOTO, NOTES)
    asked.shelf.set_abilities(SEES)
    assert asked.shelf.refused is None


def test_what_was_found_in_a_file_counts_before_any_model_is_known(asked: Asked) -> None:
    asked.put(NOTES, Look(0, "text too large"))
    refused = asked.shelf.refused
    assert refused is not None
    assert refused.refusal == "text too large"


def test_as_many_are_taken_as_go_along(asked: Asked, qtbot: QtBot) -> None:
    asked.put(PHOTO)
    with qtbot.waitSignal(asked.shelf.overflowed):
        asked.shelf.add([file(f"{n}.txt") for n in range(MOST_FILES)])
    assert len(asked.shelf.items) == MOST_FILES
    with qtbot.waitSignal(asked.shelf.overflowed):
        asked.shelf.add([file("one more")])
    assert len(asked.shelf.items) == MOST_FILES


def test_a_draft_is_there_at_once_and_looked_at(asked: Asked) -> None:
    asked.shelf.restore([PHOTO, NOTES])
    assert asked.shelf.parts == (PHOTO, NOTES)
    assert [source for _, source in asked.wanted] == [StoredSource(PHOTO), StoredSource(NOTES)]
    assert asked.shelf.busy


def test_files_wait_while_others_are_edited(asked: Asked) -> None:
    shelf = asked.shelf
    asked.put(PHOTO)
    shelf.add([file("late.txt")])
    late = asked.wanted[-1][0]
    shelf.set_aside()
    assert (shelf.items, shelf.parts_aside) == ((), (PHOTO,))
    shelf.restore([NOTES])
    edited = asked.wanted[-1][0]
    shelf.take(late, NOTES, Look(2))
    assert shelf.parts_aside == (PHOTO, NOTES)
    shelf.set_abilities(Abilities())
    shelf.bring_back()
    assert shelf.parts == (PHOTO, NOTES)
    assert not shelf.parts_aside
    assert [item.refusal for item in shelf.items] == ["no pictures", None]
    assert edited in asked.unwanted
    assert late not in asked.unwanted


def test_to_clear_gives_everything_up(asked: Asked) -> None:
    id = asked.put(PHOTO)
    asked.shelf.clear()
    assert (asked.shelf.items, asked.unwanted) == ((), [id])
    asked.shelf.progress(id, 0.5)
    asked.shelf.refuse(id, "missing")
    assert asked.shelf.items == ()
