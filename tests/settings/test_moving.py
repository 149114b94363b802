# SPDX-License-Identifier: MIT
"""The data moves whole, or stays where it is."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from chatglm_desktop.settings.moving import (
    CannotMove,
    copy_data,
    holds_data,
    place_in,
    refusal,
    take_away,
)
from chatglm_desktop.settings.paths import Paths


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A data folder in which settings lie too, as on some systems."""
    paths = Paths.at(tmp_path / "old")
    paths.attachments.mkdir(parents=True)
    (paths.data / "snapshots").mkdir()
    for file, text in {
        paths.database: "database",
        paths.data / "conversations-damaged-20260101T000000Z.db": "damaged",
        paths.attachments / "a": "picture",
        paths.data / "snapshots" / "s.db": "snapshot",
        paths.device_id: "id",
        paths.settings: "settings",
        paths.log_file: "log",
        paths.data / "instance.lock": "lock",
    }.items():
        file.write_text(text)
    return paths


def content(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_text() for path in files}


def test_everything_but_the_settings_moves(paths: Paths, tmp_path: Path) -> None:
    before = content(paths.data)
    stays = {"settings.json", "chatglm-desktop.log", "instance.lock"}
    new = tmp_path / "new" / "deep"
    assert not holds_data(new)
    items = copy_data(paths, new)
    assert content(new) == {name: text for name, text in before.items() if name not in stays}
    assert content(paths.data) == before
    take_away(items)
    assert set(content(paths.data)) == stays
    assert holds_data(new)
    take_away(items)


@pytest.mark.parametrize("name", ["conversations.db", "attachments", "device-id"])
def test_what_is_in_the_other_folder_is_not_touched(
    paths: Paths, tmp_path: Path, name: str
) -> None:
    new = tmp_path / "new"
    new.mkdir()
    (new / name).write_text("mine")
    if name != "conversations.db":
        # That can be used as it is.
        assert refusal(paths, new) == "taken"
    with pytest.raises(CannotMove, match="taken"):
        copy_data(paths, new)
    assert content(new) == {name: "mine"}


def test_where_nothing_can_be_written_is_refused(paths: Paths, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    assert refusal(paths, tmp_path / "file") == "not writable"
    assert refusal(paths, tmp_path / "file" / "deeper") == "not writable"
    assert refusal(paths, tmp_path / "not" / "there" / "yet") is None
    assert content(tmp_path)["file"] == "mine"


def test_among_other_files_the_data_gets_a_folder_of_its_own(tmp_path: Path) -> None:
    for name in ("empty", "full", "chatglm-desktop", "used"):
        (tmp_path / name).mkdir()
    for name in ("full/letter.txt", "chatglm-desktop/settings.json", "used/conversations.db"):
        (tmp_path / name).write_text("")
    places = {name: place_in(tmp_path / name) for name in ("empty", "full", "used", "none")}
    assert places.pop("full") == tmp_path / "full" / "chatglm-desktop"
    assert places == {name: tmp_path / name for name in places}
    assert place_in(tmp_path / "chatglm-desktop") == tmp_path / "chatglm-desktop"
    assert place_in(tmp_path / "full" / "letter.txt") == tmp_path / "full" / "letter.txt"


def test_a_folder_does_not_move_into_itself(paths: Paths) -> None:
    assert refusal(paths, paths.data) == "there already"
    assert refusal(paths, paths.data / "deeper") == "into itself"
    assert refusal(paths, paths.data.parent) is None
    with pytest.raises(CannotMove, match="into itself"):
        copy_data(paths, paths.attachments)


def test_a_copy_that_fails_leaves_nothing_behind(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(paths.data)
    copy = shutil.copystat

    def torn(source: Path, target: Path) -> None:
        copy(source, target)
        if source.name == "s.db":
            target.write_text("torn")

    monkeypatch.setattr(shutil, "copystat", torn)
    with pytest.raises(OSError, match="is not what was copied"):
        copy_data(paths, tmp_path / "new")
    assert content(tmp_path / "new") == {}
    assert content(paths.data) == before


def test_what_is_copied_is_on_the_disk_before_anything_is_taken_away(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    copy_data(paths, tmp_path / "new")
    assert len(synced) == len(content(tmp_path / "new"))
