# SPDX-License-Identifier: MIT
"""Settings survive a round trip, other versions and broken files."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.core.accounts import Account
from chatglm_desktop.core.network import NetworkOptions
from chatglm_desktop.settings.files import load, save
from chatglm_desktop.settings.options import Language, Options, SendKey, ThemeChoice

any_options = st.builds(
    Options,
    theme=st.sampled_from(get_args(ThemeChoice)),
    language=st.sampled_from(get_args(Language)),
    send_key=st.sampled_from(get_args(SendKey)),
    endpoint=st.text(),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


@pytest.fixture
def existing(file: Path) -> Path:
    file.parent.mkdir()
    return file


def test_no_file_means_the_defaults(file: Path) -> None:
    assert load(file) == (Options(), None)
    assert not file.parent.exists()


@settings(deadline=None, max_examples=40)
@given(any_options)
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, options: Options) -> None:
    file = tmp_path_factory.getbasetemp() / "round-trip" / "settings.json"
    save(file, options)
    assert load(file) == (options, None)


def test_the_file_is_private_and_the_only_one(file: Path) -> None:
    save(file, Options())
    save(file, Options(theme="dark"))
    assert list(file.parent.iterdir()) == [file]
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX systems")
def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "dotfiles" / "chatglm.json"
    target.parent.mkdir()
    file.parent.mkdir()
    file.symlink_to(target)
    save(file, Options(theme="dark"))
    save(file, Options(theme="light"))
    assert file.is_symlink()
    assert load(target) == load(file) == (Options(theme="light"), None)


def test_unknown_keys_and_a_newer_version_survive(existing: Path) -> None:
    existing.write_text(json.dumps({"version": 9, "future": [1], "theme": "dark"}))
    options, problem = load(existing)
    assert (options, problem) == (Options(theme="dark"), None)
    save(existing, replace(options, language="zh"))
    values = json.loads(existing.read_text())
    assert values["version"] == 9
    assert values["future"] == [1]
    assert (values["theme"], values["language"]) == ("dark", "zh")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe\xff",
        b"[" * 100_000,
    ],
)
def test_a_broken_file_is_set_aside(existing: Path, data: bytes) -> None:
    existing.with_name("settings.broken-1.json").write_bytes(b"an earlier one")
    existing.write_bytes(data)
    options, problem = load(existing)
    assert options == Options()
    assert problem is not None
    assert problem.words
    assert problem.set_aside == existing.with_name("settings.broken-2.json")
    assert problem.set_aside.read_bytes() == data
    assert not existing.exists()


def test_values_that_make_no_sense_cost_only_themselves(existing: Path) -> None:
    data = json.dumps(
        {
            "theme": "purple",
            "language": "zh",
            "future": 1,
            "accounts": [{"id": "a", "proxy": "?"}, {"label": "without an id"}],
            "network": {"connect": "soon", "idle": 60},
        }
    ).encode()
    existing.write_bytes(data)
    options, problem = load(existing)
    assert options.language == "zh"
    assert options.accounts == (Account("a"),)
    assert options.network == NetworkOptions(idle=60)
    assert problem is not None
    assert problem.places == ("theme", "accounts[0].proxy", "accounts[1]", "network.connect")
    assert problem.set_aside == existing.with_name("settings.broken-1.json")
    assert problem.set_aside.read_bytes() == data
    # The next start has nothing to say.
    assert load(existing) == (options, None)
    assert json.loads(existing.read_text())["future"] == 1


def test_values_that_make_no_sense_stay_where_nothing_can_be_written(
    existing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Path:
        raise PermissionError("read-only folder")

    existing.write_text('{"theme": "purple"}')
    monkeypatch.setattr(Path, "replace", refuse)
    options, problem = load(existing)
    assert options == Options()
    assert problem is not None
    assert (problem.places, problem.set_aside) == (("theme",), None)
    assert existing.read_text() == '{"theme": "purple"}'


def test_what_is_told_of_a_broken_file_quotes_nothing_of_it(existing: Path) -> None:
    existing.write_text('{"theme": "sk-secret"}')
    _, problem = load(existing)
    assert "sk-secret" not in str(problem)


def test_keys_of_other_versions_survive_in_parts_of_options(existing: Path) -> None:
    accounts = [{"id": "a", "colour": "red"}, {"id": "b"}, {"id": "c", "colour": "blue"}]
    network = {"idle": 60, "pac": "http://example.org"}
    existing.write_text(json.dumps({"accounts": accounts, "network": network}))
    options, problem = load(existing)
    assert problem is None
    _, second, third = options.accounts
    save(existing, replace(options, accounts=(third, second, Account("d"))))
    values = json.loads(existing.read_text())
    assert values["network"]["pac"] == "http://example.org"
    assert [a["id"] for a in values["accounts"]] == ["c", "b", "d"]
    assert [a.get("colour") for a in values["accounts"]] == ["blue", None, None]


def test_half_a_character_is_kept(file: Path) -> None:
    options = Options(endpoint="\ud83d")
    save(file, options)
    assert load(file) == (options, None)


def test_a_broken_file_that_cannot_be_moved_stays(
    existing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Path:
        raise PermissionError("read-only folder")

    existing.write_bytes(b"{")
    # A superuser, as in a container, can move everything: no real folder refuses.
    monkeypatch.setattr(Path, "rename", refuse)
    options, problem = load(existing)
    assert options == Options()
    assert problem is not None
    assert problem.set_aside is None
    assert existing.read_bytes() == b"{"


def test_a_file_that_cannot_be_read_is_a_problem(file: Path) -> None:
    file.mkdir(parents=True)
    options, problem = load(file)
    assert options == Options()
    assert problem is not None
    assert problem.set_aside is None


def test_saving_over_a_broken_file_writes_a_whole_one(existing: Path) -> None:
    existing.write_bytes(b"{")
    save(existing, Options(theme="light"))
    assert load(existing) == (Options(theme="light"), None)


@pytest.mark.parametrize("version", ["one", None, 1, 0, -3, True])
def test_a_version_that_is_no_number_counts_as_the_present_one(
    existing: Path, version: object
) -> None:
    existing.write_text(json.dumps({"version": version, "theme": "dark"}))
    assert load(existing) == (Options(theme="dark"), None)
    save(existing, Options())
    assert json.loads(existing.read_text())["version"] == 1


def test_older_files_are_upgraded_step_by_step(existing: Path) -> None:
    def rename_colours(values: dict[str, Any]) -> dict[str, Any]:
        return {"theme": values.pop("colours"), **values}

    def shout_less(values: dict[str, Any]) -> dict[str, Any]:
        return values | {"theme": values["theme"].lower()}

    existing.write_text('{"version": 1, "colours": "DARK"}')
    upgrades = {2: rename_colours, 3: shout_less}
    assert load(existing, version=3, upgrades=upgrades) == (Options(theme="dark"), None)


def test_a_failed_save_leaves_the_old_file_and_nothing_else(existing: Path) -> None:
    existing.mkdir()
    with pytest.raises(OSError, match="settings"):
        save(existing, Options())
    assert list(existing.parent.iterdir()) == [existing]


def test_a_save_that_fails_in_the_end_leaves_no_temporary_file(
    existing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Path:
        raise PermissionError("in use")

    save(existing, Options(theme="dark"))
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError, match="in use"):
        save(existing, Options())
    assert list(existing.parent.iterdir()) == [existing]
    assert load(existing) == (Options(theme="dark"), None)
