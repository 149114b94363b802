# SPDX-License-Identifier: MIT
"""Turns the flat tokens of the Markdown library into nested blocks; parses nothing itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chatglm_desktop.markdown.blocks import (
    Alignment,
    Block,
    Code,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Math,
    Paragraph,
    Quote,
    Rule,
    Table,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

_TASK = re.compile(r"\[([ xX])\][ \t\n]+(?=\S)")
_BREAK = re.compile(
    r"(?P<code>`+)(?!`).+?(?<!`)(?P=code)(?!`)|[ \t]*(?<!\\)(?P<tag><br[ \t]*/?>)[ \t]*", re.I
)
_LONGEST_CELL = 2048
_ALIGNMENTS: dict[str, Alignment] = {
    "text-align:left": "left",
    "text-align:center": "center",
    "text-align:right": "right",
}


@dataclass(frozen=True, slots=True)
class Built:
    """A top-level block and its lines, ``last`` not included; ``verbatim`` keeps blank ones."""

    block: Block
    first: int
    last: int
    verbatim: bool


class BlockBuilder:
    """Walks once over the tokens of one text."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._next = 0

    def top_level(self) -> Iterator[Built]:
        while self._next < len(self._tokens):
            first, last = self._tokens[self._next].map or (0, 0)
            block = self._block()
            yield Built(block, first, last, isinstance(block, Code))

    def _take(self) -> Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _take_until(self, kind: str) -> Iterator[Token]:
        """The opening tokens before the next closing one of ``kind``, which is passed too."""
        while (token := self._take()).type != kind:
            yield token

    def _block(self) -> Block:
        token = self._take()
        block: Block
        match token.type:
            case "paragraph_open":
                block = Paragraph(self._leaf())
            case "heading_open":
                block = Heading(int(token.tag[1:]), self._leaf())
            case "fence":
                block = Code(token.content.removesuffix("\n"), _language(token.info))
            case "code_block":
                block = Code(token.content.removesuffix("\n"))
            case "blockquote_open":
                block = Quote(self._blocks("blockquote_close"))
            case "bullet_list_open":
                block = self._list("bullet_list_close", None)
            case "ordered_list_open":
                block = self._list("ordered_list_close", int(token.attrs.get("start", 1)))
            case "table_open":
                block = self._table()
            case "hr":
                block = Rule()
            case "math_block":
                block = Math(token.content)
            case "footnote_reference_open":
                block = Footnote(token.meta["label"], self._blocks("footnote_reference_close"))
            case kind:
                raise ValueError(f"unknown token {kind}")
        return block

    def _leaf(self) -> str:
        """The inline source between an opening token and its closing one."""
        content = self._take().content
        self._take()
        return content

    def _blocks(self, closing: str) -> tuple[Block, ...]:
        blocks = []
        while self._tokens[self._next].type != closing:
            blocks.append(self._block())
        self._take()
        return tuple(blocks)

    def _list(self, closing: str, start: int | None) -> ListBlock:
        items = []
        tight = True
        level = self._tokens[self._next].level + 1
        begin = self._next
        for _ in self._take_until(closing):
            items.append(_item(self._blocks("list_item_close")))
        # A loose list is one that shows a paragraph of its own items as such.
        for token in self._tokens[begin : self._next]:
            if token.type == "paragraph_open" and token.level == level and not token.hidden:
                tight = False
                break
        return ListBlock(tuple(items), start, tight)

    def _table(self) -> Table:
        alignments: list[Alignment] = []
        rows: list[tuple[str, ...]] = []
        for token in self._take_until("table_close"):
            if token.type == "tr_open":
                cells = []
                for cell in self._take_until("tr_close"):
                    if not rows:
                        alignments.append(_ALIGNMENTS.get(str(cell.attrs.get("style")), ""))
                    cells.append(with_breaks(self._leaf()))
                rows.append(tuple(cells))
        return Table(tuple(alignments), rows[0], tuple(rows[1:]))


def with_breaks(cell: str) -> str:
    """``cell`` with ``<br>``, the only way to break a line in one, as what it is for."""
    if "<" not in cell or len(cell) > _LONGEST_CELL:
        return cell
    broken = _BREAK.sub(lambda found: "\\\n" if found["tag"] else found[0], cell)
    # A break at the end breaks nothing.
    return broken.removesuffix("\\\n")


def _item(blocks: tuple[Block, ...]) -> ListItem:
    match blocks:
        case (Paragraph(inline), *rest) if found := _TASK.match(inline):
            text = Paragraph(inline[found.end() :])
            return ListItem((text, *rest), checked=found[1] != " ")
        case _:
            return ListItem(blocks)


def _language(info: str) -> str:
    from markdown_it.common.utils import unescapeAll

    words = unescapeAll(info).split(maxsplit=1)
    return words[0] if words else ""
