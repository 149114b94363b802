# SPDX-License-Identifier: MIT
"""Reads the header of a GGUF file: what model it holds, and whether all of it is there.

Files come from anywhere, so nothing in them is believed: every length is compared with the size
of the file before it is used. Knows bytes only, neither paths nor the engine.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

from chatglm_desktop.core.errors import ModelFileIncomplete, ModelFileVersion, NotAModelFile
from chatglm_desktop.providers.local.weights import size_of

_MAGIC = b"GGUF"
_VERSIONS = (2, 3)

_STRING, _ARRAY = 8, 9
_SCALARS = {
    kind: struct.Struct(f"<{code}")
    for kind, code in zip((0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12), "BbHhIifBQqd", strict=True)
}

# Far beyond what models have, and still read within seconds.
MOST_PAIRS = 16_384
MOST_TENSORS = 262_144
MOST_STRINGS = 4_000_000
MOST_KEY_BYTES = 65_535
_MOST_KEPT_BYTES = 1024

_NO_MODEL_TYPES = ("adapter", "mmproj", "imatrix", "vocab")
_NO_MODEL_ARCHITECTURES = ("clip", "imatrix")
_KEPT = frozenset(
    {
        *("general.architecture", "general.name", "general.size_label", "general.type"),
        *("general.alignment", "split.count", "split.no", "tokenizer.chat_template"),
    }
)
_CONTEXT = ".context_length"

_Value: TypeAlias = str | int | float | None


@dataclass(frozen=True, slots=True)
class GgufHeader:
    """What a file says of its model; a text is "" and a number 0 where it says nothing.

    ``context`` is what the model was trained for, in tokens. A model can be split into several
    files: this one is number ``part``, from 0, of ``parts``.
    """

    name: str = ""
    architecture: str = ""
    size_label: str = ""
    context: int = 0
    chat_template: bool = False
    part: int = 0
    parts: int = 1


def read_header(stream: BinaryIO, size: int) -> GgufHeader:
    """The header at the beginning of a seekable ``stream`` of ``size`` bytes.

    Raises NotAModelFile, ModelFileVersion or ModelFileIncomplete.
    """
    source = _Source(stream, size)
    if size < len(_MAGIC) or source.take(len(_MAGIC)) != _MAGIC:
        raise NotAModelFile(details="it does not begin as a GGUF file")
    version = source.number("I")
    if version not in _VERSIONS:
        # Files of machines that write numbers the other way round have huge versions.
        raise ModelFileVersion(details=f"GGUF version {version}")
    tensors, pairs = source.number("Q"), source.number("Q")
    source.check(pairs <= MOST_PAIRS and tensors <= MOST_TENSORS, "too many entries")
    values = _read_pairs(source, pairs)
    header = _header(values)
    _check_model(values, tensors, header)
    _check_tensors(source, tensors, _natural(values.get("general.alignment")))
    return header


class _Source:
    """Bytes in order, with an error of its own where they end too early."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self._size = size
        self.position = 0

    @property
    def left(self) -> int:
        return self._size - self.position

    def check(self, sound: bool, problem: str) -> None:
        if not sound:
            raise ModelFileIncomplete(details=f"{problem} (at byte {self.position})")

    def take(self, count: int) -> bytes:
        self.check(count <= self.left, "the file ends in its header")
        data = self._stream.read(count)
        self.check(len(data) == count, "the file has become shorter")
        self.position += count
        return data

    def skip(self, count: int) -> None:
        self.check(count <= self.left, "the file ends in its header")
        self._stream.seek(count, 1)
        self.position += count

    def number(self, code: str) -> int:
        value: int = struct.unpack(f"<{code}", self.take(struct.calcsize(code)))[0]
        return value

    def text(self, most: int) -> str:
        """A text, of which only ``most`` bytes are kept."""
        length = self.number("Q")
        kept = self.take(min(length, most))
        self.skip(length - len(kept))
        return kept.decode("utf-8", "replace")


def _read_pairs(source: _Source, count: int) -> dict[str, _Value]:
    """The values that matter; all others are passed over."""
    found: dict[str, _Value] = {}
    for _ in range(count):
        length = source.number("Q")
        source.check(length <= MOST_KEY_BYTES, "a key is too long")
        key = source.take(length).decode("utf-8", "replace")
        value = _read_value(source)
        if key in _KEPT or (key.endswith(_CONTEXT) and length < _MOST_KEPT_BYTES):
            found[key] = value
    return found


def _read_value(source: _Source) -> _Value:
    kind = source.number("I")
    if kind == _STRING:
        return source.text(_MOST_KEPT_BYTES)
    if kind == _ARRAY:
        _skip_array(source)
        return None
    return _read_scalar(source, kind)


def _read_scalar(source: _Source, kind: int) -> int | float:
    form = _scalar(source, kind)
    value: int | float = form.unpack(source.take(form.size))[0]
    return value


def _scalar(source: _Source, kind: int) -> struct.Struct:
    source.check(kind in _SCALARS, "a value of an unknown type")
    return _SCALARS[kind]


def _skip_array(source: _Source) -> None:
    kind, count = source.number("I"), source.number("Q")
    if kind != _STRING:
        # An array within an array has no place in a model, and counts as unknown.
        source.skip(_scalar(source, kind).size * count)
        return
    source.check(count <= MOST_STRINGS, "an array is too long")
    for _ in range(count):
        source.skip(source.number("Q"))


def _header(values: dict[str, _Value]) -> GgufHeader:
    architecture = _name(values.get("general.architecture"))
    return GgufHeader(
        name=_name(values.get("general.name")),
        architecture=architecture,
        size_label=_name(values.get("general.size_label")),
        context=_natural(values.get(f"{architecture}{_CONTEXT}")),
        chat_template=bool(values.get("tokenizer.chat_template")),
        part=_natural(values.get("split.no")),
        parts=max(1, _natural(values.get("split.count"))),
    )


def _check_model(values: dict[str, _Value], tensors: int, header: GgufHeader) -> None:
    kind = _name(values.get("general.type"))
    if kind in _NO_MODEL_TYPES or header.architecture in _NO_MODEL_ARCHITECTURES:
        raise NotAModelFile(details=f"it holds: {kind or header.architecture}")
    if tensors == 0 and header.parts == 1:
        raise NotAModelFile(details="it holds no weights")


def _check_tensors(source: _Source, count: int, alignment: int) -> None:
    """See whether the file is long enough for all weights that it announces."""
    end = 0
    for _ in range(count):
        source.text(0)
        dimensions = source.number("I")
        source.check(dimensions <= 4, "a tensor has too many dimensions")
        weights = 1
        for _ in range(dimensions):
            weights *= source.number("Q")
        size = size_of(source.number("I"), weights)
        end = max(end, source.number("Q") + size)
    alignment = alignment or 32
    begin = -(-source.position // alignment) * alignment
    missing = begin + end - source.position - source.left
    source.check(count == 0 or missing <= 0, f"{missing} bytes are missing at its end")


def _name(value: _Value) -> str:
    """A short text on one line, without characters that are not seen."""
    text = value if isinstance(value, str) else ""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]


def _natural(value: _Value) -> int:
    """A number of something, 0 if there is none."""
    return value if isinstance(value, int) and 0 < value < 1 << 40 else 0
