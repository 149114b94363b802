# SPDX-License-Identifier: MIT
"""Reads and writes the settings file; a broken one is set aside, never overwritten."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from chatglm_desktop.core.values import from_plain, to_plain
from chatglm_desktop.settings.options import Options

VERSION = 1

Upgrade: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]

UPGRADES: Mapping[int, Upgrade] = {}
"""By number: makes the values of version ``number`` of those of the version before it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the defaults are used; ``set_aside`` is the broken file's new place, if it has one."""

    words: str
    set_aside: Path | None = None


def load(
    path: Path, *, version: int = VERSION, upgrades: Mapping[int, Upgrade] = UPGRADES
) -> tuple[Options, Problem | None]:
    """The options in the file ``path``; no file means the defaults.

    A file that cannot be read leaves the defaults and a problem to report.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Options(), None
    except OSError as error:
        return Options(), Problem(str(error))
    try:
        return from_plain(Options, _upgraded(_parse(data), version, upgrades)), None
    except ValueError as error:
        return Options(), Problem(str(error), _set_aside(path))


def save(path: Path, options: Options) -> None:
    """Write ``options``, whole or not at all; keys of other versions stay. Raises OSError."""
    try:
        values = _parse(path.read_bytes())
    except (FileNotFoundError, ValueError):
        values = {}
    values["version"] = max(VERSION, _version(values))
    values |= to_plain(options)
    text = json.dumps(values, ensure_ascii=False, indent=2)
    _replace_file(path, f"{text}\n".encode())


def _parse(data: bytes) -> dict[str, Any]:
    values = json.loads(data)
    if not isinstance(values, dict):
        raise ValueError("the settings are not an object")
    return values


def _version(values: Mapping[str, Any]) -> int:
    version = values.get("version", VERSION)
    return version if isinstance(version, int) else VERSION


def _upgraded(
    values: dict[str, Any], version: int, upgrades: Mapping[int, Upgrade]
) -> dict[str, Any]:
    for number in range(_version(values) + 1, version + 1):
        values = upgrades[number](values)
    return values


def _set_aside(path: Path) -> Path | None:
    """Move the broken file to the first free name; None if that fails."""
    names = (path.with_name(f"{path.stem}.broken-{n}{path.suffix}") for n in itertools.count(1))
    place = next(name for name in names if not name.exists())
    try:
        return path.rename(place)
    except OSError:
        return None


def _replace_file(path: Path, data: bytes) -> None:
    # Late, because most runs write no settings.
    import tempfile

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp makes a file that only its owner can read.
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
