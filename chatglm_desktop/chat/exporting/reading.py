# SPDX-License-Identifier: MIT
"""Replies parsed for formats that are not Markdown; knows none of them."""

from __future__ import annotations

from dataclasses import dataclass

from chatglm_desktop.core.deltas import Source
from chatglm_desktop.markdown.blocks import Block
from chatglm_desktop.markdown.parser import Parser, normalized
from chatglm_desktop.markdown.sources import CitedReferences


@dataclass(frozen=True, slots=True)
class Read:
    """The blocks of a text, and what its links, footnotes and marks of sources refer to."""

    blocks: tuple[Block, ...]
    references: CitedReferences


class Reader:
    """Owns a parser, as to make one takes longer than to use it."""

    def __init__(self) -> None:
        self._parser = Parser()

    def read(self, text: str, sources: tuple[Source, ...] = ()) -> Read:
        """Markdown whose marks mean ``sources``."""
        parsed = self._parser.parse(normalized(text))
        references: dict[str, str] = {}
        for definition in parsed.definitions:
            references.setdefault(definition.label, definition.target)
        blocks = tuple(place.block for place in parsed.places)
        return Read(blocks, CitedReferences(references, sources))
