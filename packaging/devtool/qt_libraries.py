# SPDX-License-Identifier: MIT
"""Finds the system libraries that Qt's files in `.venv` lack, by asking the dynamic linker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from devtool.environment import fingerprint
from devtool.shell import LINUX, VENV, Failed

EVERY_PLATFORM = frozenset({"offscreen", "wayland", "xcb"})
STAMP = VENV / "qt-libraries"


def platforms_in_use(variables: Mapping[str, str]) -> frozenset[str]:
    """Qt's platform plugins that a window may need here; ``offscreen`` without a display."""
    found = {
        platform
        for platform, variable in (("wayland", "WAYLAND_DISPLAY"), ("xcb", "DISPLAY"))
        if variables.get(variable)
    }
    return frozenset(found or {"offscreen"})


def ensure(platforms: frozenset[str]) -> None:
    """Make the given platform plugins loadable; on Linux only, elsewhere Qt brings all it needs."""
    if not LINUX:
        return
    known = stamped_platforms()
    if platforms <= known:
        return
    missing = missing_libraries(platforms)
    if missing:
        install_libraries(missing)
        missing = missing_libraries(platforms)
        if missing:
            raise Failed(f"Qt still lacks these system libraries: {' '.join(sorted(missing))}")
    STAMP.write_text(
        fingerprint("run") + " ".join(sorted(known | platforms)) + "\n", encoding="utf-8"
    )


def stamped_platforms() -> frozenset[str]:
    """The platforms found loadable before with the same Qt."""
    try:
        head, _, tail = STAMP.read_text(encoding="utf-8").rstrip("\n").rpartition("\n")
    except FileNotFoundError:
        return frozenset()
    return frozenset(tail.split()) if head + "\n" == fingerprint("run") else frozenset()


def missing_libraries(platforms: Iterable[str]) -> set[str]:
    """The file names of libraries that Qt's widgets and the given platforms link to in vain."""
    import subprocess

    qt = next(VENV.glob("lib/python3.*/site-packages/PySide6/Qt"))
    files = [qt / "lib/libQt6Widgets.so.6", qt / "lib/libQt6Gui.so.6", qt / "lib/libQt6DBus.so.6"]
    files += [qt / f"plugins/platforms/libq{platform}.so" for platform in platforms]
    told = subprocess.run(
        ["ldd", *[str(file) for file in files]], check=False, capture_output=True, text=True
    )
    return libraries_not_found(told.stdout)


def libraries_not_found(told: str) -> set[str]:
    """The names in `ldd`'s answer that end in ``=> not found``."""
    return {line.split()[0] for line in told.splitlines() if line.rstrip().endswith("=> not found")}


def install_libraries(libraries: set[str]) -> None:
    from devtool.linux_packages import BY_LIBRARY
    from devtool.system import ensure_packages

    unknown = sorted(libraries - BY_LIBRARY.keys())
    if unknown:
        raise Failed(f"Qt lacks these system libraries: {' '.join(unknown)}")
    ensure_packages(BY_LIBRARY[library] for library in libraries)
