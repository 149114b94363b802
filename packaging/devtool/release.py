# SPDX-License-Identifier: MIT
"""Makes the archive that users get, proves that it works, and weighs it against a bare window's."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from devtool import build
from devtool.shell import BUILD, PACKAGING, PYTHON, ROOT, WINDOWS, Failed, call, say

OUTPUT = ROOT / "dist"
MOST = 1.35
"""How many times as large as a bare window's archive ours may be."""
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
MEGABYTE = 1_000_000


def package() -> None:
    """Build, pack, unpack, smoke-test, compare; raises `Failed` when it fails or is too large."""
    say("Building the app.")
    build.build("app")
    OUTPUT.mkdir(exist_ok=True)
    system = {"darwin": "macos", "win32": "windows"}.get(sys.platform, sys.platform)
    machine = platform.machine().lower()
    ours = pack("app", OUTPUT / f"chatglm-desktop-{version()}-{system}-{machine}")
    say("Testing the app as it comes out of its archive.")
    with tempfile.TemporaryDirectory(prefix="unpacked-") as folder:
        program = unpack(ours, Path(folder))
        call([PYTHON, PACKAGING / "smoke_test.py", program])
    say("Building a bare PySide6 window in the same way.")
    build.build("bare")
    bare = pack("bare", BUILD / "bare-window")
    compare(ours, bare)


def version() -> str:
    text = (ROOT / "chatglm_desktop/__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(.+)"$', text, re.MULTILINE)
    if found is None:
        raise Failed("chatglm_desktop/__init__.py names no version.")
    return found[1]


def pack(target: build.Target, stem: Path) -> Path:
    """The archive of a built target; its name is ``stem`` with the system's usual ending."""
    if sys.platform == "darwin":
        archive = stem.with_name(stem.name + ".zip")
        # Only Apple's own tool keeps a bundle's links and flags.
        call(["ditto", "-c", "-k", "--keepParent", build.folder(target), archive])
        return archive
    if WINDOWS:
        folder = build.folder(target)
        return Path(shutil.make_archive(str(stem), "zip", folder.parent, folder.name))
    return pack_for_linux(target, stem)


def pack_for_linux(target: build.Target, stem: Path) -> Path:
    """A .tar.xz laid out like ``/usr``, so that unpacking it into ``~/.local`` installs it."""
    name = build.NAMES[target]
    top = f"{name}-{version()}"
    archive = stem.with_name(stem.name + ".tar.xz")
    with tarfile.open(archive, "w:xz") as tar:
        tar.add(build.folder(target), f"{top}/lib/{name}", filter=owned_by_root)
        link = tarfile.TarInfo(f"{top}/bin/{name}")
        link.type, link.linkname, link.mode = tarfile.SYMTYPE, f"../lib/{name}/{name}", 0o777
        tar.addfile(link)
        if target == "app":
            for place, source in desktop_files():
                data = source.read_bytes()
                entry = tarfile.TarInfo(f"{top}/share/{place}")
                entry.size, entry.mode = len(data), 0o644
                entry.mtime = int(source.stat().st_mtime)
                tar.addfile(entry, BytesIO(data))
    return archive


def desktop_files() -> Iterator[tuple[str, Path]]:
    """Places below ``share/`` that make the app known to a Linux desktop, with their sources."""
    (desktop,) = (PACKAGING / "linux").glob("*.desktop")
    app_id = desktop.stem
    yield f"applications/{desktop.name}", desktop
    metainfo = f"{app_id}.metainfo.xml"
    yield f"metainfo/{metainfo}", desktop.with_name(metainfo)
    icons = "icons/hicolor"
    yield f"{icons}/scalable/apps/{app_id}.svg", ROOT / "resources/icons/chatglm-desktop.svg"
    for size in ICON_SIZES:
        yield f"{icons}/{size}x{size}/apps/{app_id}.png", build.ICONS / f"{size}.png"


def owned_by_root(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


def unpack(archive: Path, folder: Path) -> Path:
    """Unpack our archive into ``folder``; returns the program as a user would call it."""
    if sys.platform == "darwin":
        call(["ditto", "-x", "-k", archive, folder])
    elif WINDOWS:
        shutil.unpack_archive(archive, folder)
    else:
        # GNU tar, as users do: Python's own unpacking guards against links, and here is one.
        subprocess.run(["tar", "-xJf", archive, "-C", folder], check=True)
        return next(folder.glob("*/bin/chatglm-desktop"))
    return folder / build.executable("app").relative_to(build.DIST)


def compare(ours: Path, bare: Path) -> None:
    """Print both sizes; raises `Failed` above the goal."""
    size, reference = ours.stat().st_size, bare.stat().st_size
    ratio = size / reference
    say(f"{ours.relative_to(ROOT)}: {size / MEGABYTE:.1f} MB")
    say(f"{bare.relative_to(ROOT)}: {reference / MEGABYTE:.1f} MB")
    say(f"ratio {ratio:.2f}, goal at most {MOST}")
    if ratio > MOST:
        raise Failed("The archive is too large for what it does.")
