# SPDX-License-Identifier: MIT
"""Resources are found in a checkout and in a wheel, and nothing outside of them is."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from chatglm_desktop import resources

ROOT = Path(__file__).parents[1]
READ_ICON = "from chatglm_desktop import resources as r; print(r.read_text('icons/{}'))"


def test_a_checkout_reads_its_own_folder() -> None:
    assert resources.path("icons/chatglm-desktop.svg").parent == ROOT / "resources/icons"
    text = resources.read_text("icons/chatglm-desktop.svg")
    assert text.startswith("<svg ")
    assert resources.read_bytes("icons/chatglm-desktop.svg").decode() == text


@pytest.mark.parametrize(
    "name",
    ["", ".", "/etc/hosts", "../pyproject.toml", "icons/../../LICENSE", "icons\\a", "C:/a", "C:a"],
)
def test_a_name_that_could_lead_out_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a relative resource name"):
        resources.path(name)


def test_a_missing_resource_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        resources.read_text("icons/no such icon.svg")


def test_a_wheel_carries_and_reads_all_that_the_program_needs(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in ("pyproject.toml", "LICENSE", "README.md"):
        shutil.copy(ROOT / name, source)
    for name in ("chatglm_desktop", "resources"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))

    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=source, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)

    def files_below(folder: Path) -> set[str]:
        return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}

    carried = files_below(installed / "chatglm_desktop/_resources")
    wanted = {n for n in files_below(ROOT / "resources") if not n.startswith("screenshots/")}
    assert carried == wanted
    told = subprocess.run(
        [sys.executable, "-c", READ_ICON.format("chatglm-desktop.svg")],
        cwd=installed,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert told.stdout.strip() == resources.read_text("icons/chatglm-desktop.svg").strip()
    (entry_points,) = installed.glob("*.dist-info/entry_points.txt")
    assert "[gui_scripts]\nchatglm-desktop = chatglm_desktop.app:main" in entry_points.read_text()
