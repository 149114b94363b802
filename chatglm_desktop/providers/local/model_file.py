# SPDX-License-Identifier: MIT
"""A model file on this computer: whether it can be run, and as what; knows no engine."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from chatglm_desktop.core.errors import ModelFileIncomplete, ModelFileUnreadable
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.providers.local.gguf import GgufHeader, read_header

MOST_CONTEXT = 16_384
"""Tokens. A model's whole context can take more memory than the model itself."""
USUAL_CONTEXT = 4096
"""Tokens, for a file that does not say what its model was trained for."""

Identity: TypeAlias = tuple[tuple[int, int, int, int], ...]
"""Of each file the device, its number there, size and time of change."""

_PART = re.compile(r"(?P<stem>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})(?P<end>\.gguf)", re.I)


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model in one file or in several, of which ``paths`` holds the first one first.

    Two of them are equal if they stand for the same bytes, whatever path was chosen.
    """

    paths: tuple[Path, ...] = field(compare=False)
    header: GgufHeader
    identity: Identity

    @property
    def name(self) -> str:
        """What a person calls the model."""
        stem = self.paths[0].stem
        part = _PART.fullmatch(self.paths[0].name)
        return self.header.name or (part["stem"] if part else stem)

    @property
    def context(self) -> int:
        """How many tokens the engine keeps in memory for one conversation."""
        return min(self.header.context or USUAL_CONTEXT, MOST_CONTEXT)


def open_model(path: str | Path, known: ModelFile | None = None) -> ModelFile:
    """Look at a model file; any part will do of one that is split. Call it in a thread.

    It is not read again if it is ``known`` and has not changed. Raises ModelFileUnreadable,
    NotAModelFile, ModelFileIncomplete or ModelFileVersion.
    """
    try:
        chosen = Path(path).resolve(strict=True)
        if known and chosen in known.paths and _identity(known.paths) == known.identity:
            return known
        header = _header(chosen)
        if header.parts == 1:
            return ModelFile((chosen,), header, _identity((chosen,)))
        paths = _parts(chosen, header)
        header, *_ = [_header(path) for path in paths]
        return ModelFile(paths, header, _identity(paths))
    except (OSError, ValueError, RuntimeError) as error:
        # A path that no system takes is a ValueError, one that leads round and round to itself
        # a RuntimeError.
        details = getattr(error, "strerror", None) or type(error).__name__
        raise ModelFileUnreadable(details=details) from error


def model_info(path: str | Path) -> ModelInfo:
    """What a list of models shows of a model file; its id is the path. Raises as above."""
    model = open_model(path)
    label = model.header.size_label
    name = model.name if label.lower() in model.name.lower() else f"{model.name} {label}"
    return ModelInfo(str(path), label=name, context=model.context, free=True)


def _header(path: Path) -> GgufHeader:
    if not path.is_file():
        # To open a pipe would wait for whoever writes to it.
        raise ModelFileUnreadable(details="no file")
    with path.open("rb") as stream:
        return read_header(stream, path.stat().st_size)


def _identity(paths: tuple[Path, ...]) -> Identity:
    stats = [path.stat() for path in paths]
    return tuple((s.st_dev, s.st_ino, s.st_size, s.st_mtime_ns) for s in stats)


def _parts(chosen: Path, header: GgufHeader) -> tuple[Path, ...]:
    """All files of a split model, found by their names as the tools that split them give them."""
    named = _PART.fullmatch(chosen.name)
    if named is None or int(named["count"]) != header.parts:
        raise ModelFileIncomplete(details="the name of this part does not tell those of the others")
    names = (
        f"{named['stem']}-{number:05}-of-{header.parts:05}{named['end']}"
        for number in range(1, header.parts + 1)
    )
    paths = tuple(chosen.with_name(name) for name in names)
    missing = [path.name for path in paths if not path.is_file()]
    if missing:
        raise ModelFileIncomplete(details=f"not there: {missing[0]}")
    return paths
