# SPDX-License-Identifier: MIT
"""Reads and writes the settings file; what it cannot read is kept beside it, never lost."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from chatglm_desktop.core.values import merged, salvage, to_plain
from chatglm_desktop.settings.options import Options
from chatglm_desktop.settings.whole_files import keep_copy, replace_file, set_aside

VERSION = 1

Upgrade: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]

UPGRADES: Mapping[int, Upgrade] = {}
"""By number: makes the values of version ``number`` of those of the version before it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why defaults are used: for everything, or only for the options at the ``places``.

    ``set_aside`` is where the file lies as it was, None if it could not be kept.
    """

    words: str
    set_aside: Path | None = None
    places: tuple[str, ...] = ()


def load(
    path: Path, *, version: int = VERSION, upgrades: Mapping[int, Upgrade] = UPGRADES
) -> tuple[Options, Problem | None]:
    """The options in the file ``path``; no file means the defaults.

    A file that cannot be read leaves the defaults and a problem to report. One with values that
    make no sense leaves the defaults for these only.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Options(), None
    except OSError as error:
        return Options(), Problem(str(error))
    try:
        options, lost = salvage(Options, _upgraded(_parse(data), version, upgrades))
    except ValueError as error:
        return Options(), Problem(str(error), set_aside(path))
    if not lost:
        return options, None
    copy = keep_copy(path, data)
    if copy is not None:
        # Said once: the next start finds nothing amiss.
        with contextlib.suppress(OSError):
            save(path, options)
    return options, Problem(f"not understood: {', '.join(lost)}", copy, lost)


def save(path: Path, options: Options) -> None:
    """Write ``options``, whole or not at all. Raises OSError.

    What other versions have written into the file and this one does not know stays.
    """
    try:
        before = _parse(path.read_bytes())
    except (FileNotFoundError, ValueError):
        before = {}
    version = {"version": max(VERSION, _version(before))}
    text = json.dumps(merged(version | to_plain(options), before), ensure_ascii=False, indent=2)
    # Half a character, which a text field can hold, is kept as it is.
    replace_file(path, f"{text}\n".encode("utf-8", "surrogatepass"))


def _parse(data: bytes) -> dict[str, Any]:
    try:
        values = json.loads(data)
    except RecursionError as error:
        raise ValueError("the settings are nested too deeply") from error
    if not isinstance(values, dict):
        raise ValueError("the settings are not an object")
    return values


def _version(values: Mapping[str, Any]) -> int:
    version = values.get("version")
    return version if type(version) is int and version >= 1 else VERSION


def _upgraded(
    values: dict[str, Any], version: int, upgrades: Mapping[int, Upgrade]
) -> dict[str, Any]:
    for number in range(_version(values) + 1, version + 1):
        values = upgrades[number](values)
    return values
