# SPDX-License-Identifier: MIT
"""Files lie where the system wants them, or all in one folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatglm_desktop.settings.location import APP_NAME
from chatglm_desktop.settings.paths import Paths


def places(paths: Paths) -> list[Path]:
    return [
        paths.settings,
        paths.database,
        paths.device_id,
        paths.keys,
        paths.attachments,
        paths.window,
        paths.opening,
        paths.log_file,
    ]


def test_default_folders_are_the_users_own(own_home: Path) -> None:
    paths = Paths.default()
    assert all(place.is_relative_to(own_home) for place in places(paths))
    assert all(APP_NAME in str(place) for place in places(paths))
    assert len(set(places(paths))) == 8


def test_a_data_folder_holds_everything(tmp_path: Path) -> None:
    paths = Paths.at(tmp_path / "all")
    assert {place.parent for place in places(paths)} == {tmp_path / "all"}
    assert not (tmp_path / "all").exists()


def test_each_folder_has_its_own_keys(tmp_path: Path) -> None:
    usual, one, other = Paths.default(), Paths.at(tmp_path / "1"), Paths.at(tmp_path / "2")
    services = {paths.keyring_service for paths in (usual, one, other)}
    assert len(services) == 3
    assert usual.keyring_service == APP_NAME


def test_a_data_folder_may_be_relative_or_in_the_home(own_home: Path) -> None:
    assert Paths.at("here").data == Path.cwd() / "here"
    assert Paths.at("~/here").data == own_home / "here"


def test_data_that_was_moved_knows_where_it_would_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = Paths.default(tmp_path)
    assert usual.usual is None
    monkeypatch.setattr("chatglm_desktop.settings.paths.chosen_folder", lambda _: tmp_path / "away")
    moved = Paths.default(tmp_path)
    assert (moved.data, moved.usual) == (tmp_path / "away", usual.data)
