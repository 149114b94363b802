# SPDX-License-Identifier: MIT
"""The block kinds of a message; values only, no parsing and no drawing.

Inline text is kept as Markdown source in leaves and turned into spans on demand
(:func:`chatglm_desktop.markdown.inline.parse_inline`), so that text which is never
seen is never parsed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Alignment: TypeAlias = Literal["", "left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; ``text`` may hold line breaks."""

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``inline`` is Markdown source."""

    inline: str


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    inline: str


@dataclass(frozen=True, slots=True)
class ListItem:
    """``checked`` is None unless the item is a task."""

    blocks: tuple[Block, ...]
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """``start`` is None for a bulleted list, else the first number."""

    items: tuple[ListItem, ...]
    start: int | None = None
    tight: bool = True


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """``text`` without the final line break; ``language`` is the first word of the info string."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """``header`` and each row hold Markdown source, one per column of ``alignments``."""

    alignments: tuple[Alignment, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""


Block: TypeAlias = Paragraph | Heading | ListBlock | Quote | Code | Table | Rule


@dataclass(frozen=True, slots=True, eq=False)
class SourceBlock:
    """A top-level block with the Markdown it came from; compares by identity.

    The same object stays in place for as long as the block is unchanged.
    """

    block: Block
    source: str
