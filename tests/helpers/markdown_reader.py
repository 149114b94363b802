# SPDX-License-Identifier: MIT
"""Reads a stream of blocks the way a display does, and compares it with the text at once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from chatglm_desktop.markdown.blocks import Block, SourceBlock
from chatglm_desktop.markdown.parser import Parser, normalized
from chatglm_desktop.markdown.stream import BlockStream, Change


class Reader:
    """Follows the changes of a stream, and checks that they tell all."""

    def __init__(self, parser: Parser | None = None) -> None:
        self.stream = BlockStream(parser)
        self.blocks: list[SourceBlock] = []
        self._references: dict[str, str] = {}

    def append(self, text: str) -> Change:
        return self._follow(self.stream.append(text))

    def finish(self) -> Change:
        return self._follow(self.stream.finish())

    def shown(self) -> list[Block]:
        return [block.block for block in self.blocks]

    def _follow(self, change: Change) -> Change:
        assert change.first + change.removed == len(self.blocks)
        self.blocks[change.first :] = change.added
        assert len(self.blocks) == len(self.stream.blocks)
        assert all(a is b for a, b in zip(self.blocks, self.stream.blocks, strict=True))
        references = dict(self.stream.references)
        assert change.references_changed == (references != self._references)
        self._references = references
        return change


def streamed(pieces: Iterable[str], parser: Parser | None = None) -> Reader:
    reader = Reader(parser)
    for piece in pieces:
        reader.append(piece)
    reader.finish()
    return reader


@cache
def whole_parser() -> Parser:
    """Made once, as making it takes longer than most texts do."""
    return Parser()


def assert_same_as_at_once(reader: Reader, text: str) -> None:
    """The blocks and the definitions that ``reader`` saw are those of the whole ``text``."""
    parsed = whole_parser().parse(normalized(text))
    found = [(block.block, block.source) for block in reader.blocks]
    assert found == [(place.block, place.source) for place in parsed.places], text
    definitions = {item.label: item.target for item in parsed.definitions}
    assert dict(reader.stream.references) == definitions, text
    assert reader.stream.text == text
