# SPDX-License-Identifier: MIT
"""Data in a folder that was chosen, or beside the program."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from chatglm_desktop.settings.location import APP_NAME, choose_folder, chosen_folder, program_folder
from chatglm_desktop.settings.paths import Paths


def test_a_chosen_folder_holds_the_data_and_nothing_else(own_home: Path, tmp_path: Path) -> None:
    usual = Paths.default(tmp_path)
    choose_folder(usual.config, tmp_path / "数据")
    chosen = Paths.default(tmp_path)
    assert (chosen.kind, chosen.data) == ("chosen", tmp_path / "数据")
    assert (chosen.settings, chosen.log_file) == (usual.settings, usual.log_file)
    assert chosen.keyring_service == APP_NAME
    assert chosen.movable
    assert chosen.missing
    chosen.data.mkdir()
    assert not chosen.missing
    choose_folder(usual.config, None)
    choose_folder(usual.config, None)
    assert Paths.default(tmp_path) == usual


def test_the_usual_folder_is_never_missing(own_home: Path, tmp_path: Path) -> None:
    assert not Paths.default(tmp_path).missing
    assert not Paths.at(tmp_path / "none").missing
    assert not Paths.at(tmp_path / "none").movable


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"data": 7}', '{"data": ""}', '{"data": "relative"}', "\xff"]
)
def test_a_location_that_makes_no_sense_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "location.json").write_text(text, encoding="latin-1")
    assert chosen_folder(tmp_path) is None


def test_a_mark_beside_the_program_keeps_everything_there(own_home: Path, tmp_path: Path) -> None:
    (tmp_path / "portable.txt").write_text("")
    paths = Paths.default(tmp_path)
    assert paths.kind == "portable"
    assert not paths.movable
    assert paths.settings.parent == paths.database.parent == paths.log_file.parent
    assert paths.data == tmp_path / "data"
    assert not paths.data.exists()


def test_the_program_lies_where_the_user_sees_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("APPIMAGE", raising=False)
    assert (program_folder() / "chatglm_desktop" / "__main__.py").is_file()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/ChatGLM/chatglm-desktop")
    monkeypatch.setattr(sys, "platform", "linux")
    assert program_folder() == Path("/opt/ChatGLM")
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(sys, "executable", "/Volumes/Stick/ChatGLM.app/Contents/MacOS/chatglm")
    assert program_folder() == Path("/Volumes/Stick")
    monkeypatch.setenv("APPIMAGE", "/media/stick/ChatGLM.AppImage")
    assert program_folder() == Path("/media/stick")
