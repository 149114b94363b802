# SPDX-License-Identifier: MIT
"""Freezes the app, or a bare window in the same way, into a folder; makes no archive."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Literal

from devtool.shell import BUILD, LINUX, PACKAGING, PYTHON, WINDOWS, Failed, call

Target = Literal["app", "bare"]
NAMES: dict[Target, str] = {"app": "chatglm-desktop", "bare": "bare-window"}
DIST = BUILD / "dist"
ICONS = BUILD / "icons"
FIND_LIBPYTHON = "from PyInstaller.depend.bindepend import get_python_library_path as find; find()"


def ensure_build_tools() -> None:
    """Install what PyInstaller takes from a Linux system: objdump, and Python as a library."""
    if not LINUX:
        return
    from devtool.linux_packages import BINUTILS, python_library
    from devtool.system import ensure_packages

    missing = [] if shutil.which("objdump") else [BINUTILS]
    found = subprocess.run([PYTHON, "-c", FIND_LIBPYTHON], check=False, capture_output=True)
    if found.returncode != 0:
        missing.append(python_library())
    if missing:
        ensure_packages(missing)


def build(target: Target) -> None:
    """Build ``target`` from nothing into its folder below ``build/dist``."""
    shutil.rmtree(folder(target), ignore_errors=True)
    call([PYTHON, PACKAGING / "icons.py", ICONS], {"QT_QPA_PLATFORM": "offscreen"})
    options = ["--noconfirm", "--log-level", "WARN"]
    places = ["--distpath", str(DIST), "--workpath", str(BUILD / "work")]
    spec = [str(PACKAGING / "chatglm_desktop.spec"), "--", target, str(ICONS)]
    variables = {
        "PYINSTALLER_CONFIG_DIR": str(BUILD / "pyinstaller"),
        # What is not packed yet the archive packs better, and the start need not unpack.
        "PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "0",
    }
    call([PYTHON, "-m", "PyInstaller", *options, *places, *spec], variables)
    if not executable(target).exists():
        raise Failed(f"PyInstaller reported no error but made no {executable(target)}.")


def folder(target: Target) -> Path:
    """What a user gets: the folder, or on macOS the application bundle."""
    if sys.platform == "darwin":
        return DIST / f"{NAMES[target]}.app"
    return DIST / NAMES[target]


def executable(target: Target) -> Path:
    """The program itself inside of `folder`."""
    inner = folder(target) / "Contents/MacOS" if sys.platform == "darwin" else folder(target)
    return inner / (NAMES[target] + (".exe" if WINDOWS else ""))
