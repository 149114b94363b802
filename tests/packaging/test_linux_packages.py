# SPDX-License-Identifier: MIT
"""Missing system packages are installed or named, by each system's own names."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from devtool import qt_libraries, system
from devtool.linux_packages import BY_LIBRARY
from devtool.shell import VENV, Failed

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has system packages")
LDD = """\
\tlinux-vdso.so.1 (0x00007ffd1b9f2000)
\tlibxcb-cursor.so.0 => not found
\tlibQt6Gui.so.6 => /opt/qt/libQt6Gui.so.6 (0x00007f8c7c000000)
/opt/qt/libqxcb.so:
\tlibxcb-cursor.so.0 => not found
\tlibEGL.so.1 => not found
"""


def test_the_linkers_answer_is_understood() -> None:
    assert qt_libraries.libraries_not_found(LDD) == {"libxcb-cursor.so.0", "libEGL.so.1"}


@pytest.mark.parametrize(
    ("variables", "platforms"),
    [
        ({}, {"offscreen"}),
        ({"DISPLAY": ""}, {"offscreen"}),
        ({"DISPLAY": ":0"}, {"xcb"}),
        ({"WAYLAND_DISPLAY": "wayland-0"}, {"wayland"}),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, {"wayland", "xcb"}),
    ],
)
def test_the_session_tells_which_platforms_count(
    variables: dict[str, str], platforms: set[str]
) -> None:
    assert qt_libraries.platforms_in_use(variables) == platforms


@on_linux
def test_every_library_that_qt_takes_from_the_system_has_a_package() -> None:
    qt = next(VENV.glob("lib/python3.*/site-packages/PySide6/Qt"), None)
    if qt is None:
        pytest.skip("these tests do not run in the project's own .venv")
    files = [qt / f"lib/libQt6{part}.so.6" for part in ("Core", "Gui", "Widgets", "XcbQpa")]
    files += [qt / f"plugins/platforms/libq{name}.so" for name in qt_libraries.EVERY_PLATFORM]
    told = subprocess.run(["objdump", "-p", *files], check=True, capture_output=True, text=True)
    wanted = {line.split()[1] for line in told.stdout.splitlines() if "NEEDED" in line}
    always_there = (
        "ld-linux",
        "libQt6",
        "libicu",
        "libc.",
        "libm.",
        "libgcc_s.",
        "libdl.",
        "libpthread.",
    )
    assert len(wanted) > 20
    assert {name for name in wanted if not name.startswith(always_there)} <= BY_LIBRARY.keys()


def test_each_manager_gets_its_names_once() -> None:
    missing = [BY_LIBRARY["libxcb-render.so.0"], BY_LIBRARY["libxcb-shm.so.0"]]
    assert system.package_names(missing, "apt") == ["libxcb-render0", "libxcb-shm0"]
    assert system.package_names(missing, "dnf") == ["libxcb"]
    assert system.package_names(missing, "zypper") == ["libxcb-render0", "libxcb-shm0"]
    assert system.package_names(missing, "") == ["libxcb-render0", "libxcb-shm0"]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH with nothing but what the test puts there; commands append their words to a log."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    return tmp_path


def add_command(machine: Path, name: str, code: int = 0) -> None:
    command = machine / name
    command.write_text(f'#!/bin/sh\necho "{name} $*" >> "{machine}/log"\nexit {code}\n')
    command.chmod(0o755)


def log(machine: Path) -> list[str]:
    file = machine / "log"
    return file.read_text().splitlines() if file.exists() else []


def name_missing() -> str:
    with pytest.raises(Failed) as failure:
        system.ensure_packages([BY_LIBRARY["libxcb-cursor.so.0"]])
    return str(failure.value)


@on_linux
def test_root_installs_through_apt(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    add_command(machine, "apt")
    add_command(machine, "apt-get")
    system.ensure_packages([BY_LIBRARY["libxcb-cursor.so.0"]])
    assert log(machine)[1:] == [
        "apt-get install -y -qq --no-install-recommends libxcb-cursor0",
    ]


@on_linux
def test_a_sudo_without_password_is_used(machine: Path) -> None:
    add_command(machine, "apt")
    add_command(machine, "sudo")
    system.ensure_packages([BY_LIBRARY["libxcb-cursor.so.0"]])
    assert log(machine)[0] == "sudo -n true"
    assert log(machine)[-1].startswith("sudo -n apt-get install")


@on_linux
def test_a_failed_installation_names_the_packages(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    add_command(machine, "apt")
    add_command(machine, "apt-get", code=100)
    assert name_missing().endswith("sudo apt install libxcb-cursor0")


@on_linux
@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("apt", "sudo apt install libxcb-cursor0"),
        ("dnf", "sudo dnf install xcb-util-cursor"),
        ("pacman", "sudo pacman -S xcb-util-cursor"),
        ("zypper", "sudo zypper install libxcb-cursor0"),
    ],
)
def test_without_rights_one_line_names_the_command(
    machine: Path, manager: str, command: str
) -> None:
    add_command(machine, manager)
    add_command(machine, "sudo", code=1)
    line = name_missing()
    assert line.endswith(command)
    assert "\n" not in line


@on_linux
def test_an_unknown_system_hears_debians_names(machine: Path) -> None:
    assert name_missing().endswith("are missing: libxcb-cursor0")
