# SPDX-License-Identifier: MIT
"""A whole text to blocks in one go; knows neither streams nor inline marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chatglm_desktop.markdown.blocks import Block, SourceBlock
from chatglm_desktop.markdown.builder import BlockBuilder
from chatglm_desktop.markdown.syntax import block_markdown

if TYPE_CHECKING:
    from markdown_it.utils import EnvType

_QUOTE_MARKS = re.compile(r"^[ \t>]*>[ \t]*\Z", re.MULTILINE)
_CARRIAGE_RETURN = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class Place:
    """A top-level block and where its lines begin and end in the text, in characters."""

    block: Block
    start: int
    end: int
    source: str


@dataclass(frozen=True, slots=True)
class Definition:
    """The definition of a link or, without a target, of a footnote: its label has a ``^``.

    ``start`` is where its line begins in the text.
    """

    label: str
    target: str
    start: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """What is in ``text``; of several definitions of a label only the first is there."""

    text: str
    places: tuple[Place, ...]
    definitions: tuple[Definition, ...]


class Parser:
    """Owns the Markdown library's object, which is made at the first use."""

    def __init__(self) -> None:
        self._markdown = block_markdown()

    def parse(self, text: str) -> Parsed:
        """The blocks of ``text``, which has passed :func:`normalized`."""
        env: EnvType = {}
        # The library looks one character too far in a last line of nothing but ``>``.
        tokens = self._markdown.parse(f"{text}\n" if _QUOTE_MARKS.search(text) else text, env)
        starts = _line_starts(text)
        places = []
        for built in BlockBuilder(tokens).top_level():
            start, end = starts[built.first], starts[built.last]
            written = text[start:end]
            source = written.removesuffix("\n") if built.verbatim else written.rstrip(" \t\n")
            places.append(Place(built.block, start, end, source))
        definitions = [
            Definition(label, found["href"], starts[found["map"][0]])
            for label, found in env.get("references", {}).items()
        ]
        notes: dict[str, int] = {}
        for token in tokens:
            if token.type == "footnote_reference_open" and token.map:
                notes.setdefault(token.meta["label"], starts[token.map[0]])
        definitions += [Definition(f"^{label}", "", start) for label, start in notes.items()]
        return Parsed(text, tuple(places), tuple(definitions))


def parse_blocks(text: str) -> list[SourceBlock]:
    """The blocks of a whole text."""
    parsed = Parser().parse(normalized(text))
    return [SourceBlock(place.block, place.source) for place in parsed.places]


def normalized(text: str) -> str:
    """``text`` with ``\\n`` as its only line break and without NUL."""
    if "\r" in text:
        text = _CARRIAGE_RETURN.sub("\n", text)
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")


def _line_starts(text: str) -> list[int]:
    """Where each line begins, and as the last entry where the text ends."""
    starts = [0]
    found = text.find("\n")
    while found >= 0:
        starts.append(found + 1)
        found = text.find("\n", found + 1)
    if starts[-1] != len(text):
        starts.append(len(text))
    return starts
