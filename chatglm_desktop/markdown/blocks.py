# SPDX-License-Identifier: MIT
"""The block kinds of a message; values only, no parsing and no drawing.

Inline text is kept as Markdown source in leaves and turned into spans on demand
(:func:`chatglm_desktop.markdown.inline.parse_inline`), so that text which is never
seen is never parsed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from chatglm_desktop.markdown.lines import Growing, Lines

Alignment: TypeAlias = Literal["", "left", "center", "right"]

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in running text for what is not text: a formula."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; ``text`` may hold line breaks.

    A formula is one character, :data:`OBJECT`, with its LaTeX in ``math``. ``note`` is the label
    of the footnote that the text refers to, ``cite`` the mark of the source that it refers to.
    """

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    link: str = ""
    math: str = ""
    note: str = ""
    cite: str = ""


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


@dataclass(frozen=True, slots=True, match_args=False)
class Code:
    """Code with the first word of the info string as its ``language``.

    ``content`` has no final line break. Code that still arrives shares its finished lines
    with its earlier versions, so growing costs nothing in proportion to its length.
    """

    content: str | Lines
    language: str = ""

    __match_args__ = ("text", "language")

    @property
    def text(self) -> str:
        """The whole code; made anew at each call while the code is kept as lines."""
        return str(self.content)

    @property
    def lines(self) -> Sequence[str]:
        """The same as lines, without copying where they are kept as such."""
        return self.content.split("\n") if isinstance(self.content, str) else self.content


@dataclass(frozen=True, slots=True)
class Table:
    """``header`` and each row hold Markdown source, one per column of ``alignments``.

    A table that still arrives shares its finished rows with its earlier versions.
    """

    alignments: tuple[Alignment, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] | Growing[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""


@dataclass(frozen=True, slots=True)
class Math:
    """A formula on lines of its own, as LaTeX without its delimiters."""

    tex: str


@dataclass(frozen=True, slots=True)
class Footnote:
    """The text of a footnote, at the place where it was written."""

    label: str
    blocks: tuple[Block, ...]


Block: TypeAlias = Paragraph | Heading | ListBlock | Quote | Code | Table | Rule | Math | Footnote


@dataclass(frozen=True, slots=True, eq=False)
class SourceBlock:
    """A top-level block with the Markdown it came from; compares by identity.

    The same object stays in place for as long as the block is unchanged.
    """

    block: Block
    written: str | Lines

    @property
    def source(self) -> str:
        """The lines of the block as they were written, without the final line break."""
        return str(self.written)
