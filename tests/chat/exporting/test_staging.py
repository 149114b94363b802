# SPDX-License-Identifier: MIT
"""Files are moved all together or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatglm_desktop.chat.exporting.staging import move_new


@pytest.mark.parametrize("there", [True, False])
def test_a_move_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.mkdir()
    for name in ("a", "b", "c"):
        (source / name).write_text(name)
    if there:
        target.mkdir()
        (target / "mine").touch()
    rename, moved = Path.rename, []

    def fail_late(path: Path, place: Path) -> Path:
        moved.append(path)
        if len(moved) == 3:
            raise OSError("full")
        return rename(path, place)

    monkeypatch.setattr(Path, "rename", fail_late)
    with pytest.raises(OSError, match="full"):
        move_new(source, target)
    assert target.exists() == there
    assert [file.name for file in target.glob("*")] == (["mine"] if there else [])


def test_what_is_there_stays(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.mkdir()
    target.mkdir()
    for name in ("a", "b"):
        (source / name).write_text("new")
    (target / "a").write_text("old")
    assert move_new(source, target) == [target / "b"]
    assert (target / "a").read_text() == "old"
