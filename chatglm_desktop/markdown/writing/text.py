# SPDX-License-Identifier: MIT
"""Blocks back to Markdown and to plain text: the inverse of parsing; knows no selection."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import assert_never

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
from chatglm_desktop.markdown.sources import inline_spans
from chatglm_desktop.markdown.writing.inline import plain_inline

_FENCES = re.compile(r"^[ \t]*(`{3,})", re.MULTILINE)
# What would begin another block than a paragraph.
_BEGINS = re.compile(
    r"""^([ \t]*)(
        [-+*](?=\s|$) | \#(?=\#{0,5}(?:\s|$)) | > | \| | \d{1,9}(?=[.)](?:\s|$))
        | =(?==*[ \t]*$) | [-:](?=[-:| \t]*$) | [-*_](?=(?:[ \t]*[-*_]){2,}[ \t]*$)
        | `(?=``) | ~(?=~~) | \[[^\]]*\](?=:) | \$\$(?!\$)(?=(?:(?!\$\$)[^`\n])*$)
    )""",
    re.MULTILINE | re.VERBOSE,
)
_CLOSING = re.compile(r"(?:\A|(?<=[ \t]))#+\Z")
"""What would be taken for the end of a heading."""
_DASHES: Mapping[Alignment, str] = {
    "": "---",
    "left": ":---",
    "center": ":---:",
    "right": "---:",
}


def markdown(block: Block) -> str:
    """Markdown that is read as ``block``."""
    match block:
        case Paragraph(inline):
            written = _paragraph(inline)
        case Heading(level, inline):
            written = _heading(level, inline)
        case Code(text, language):
            written = fenced(text, language)
        case Quote(blocks):
            written = _indented(_joined(blocks), "> ", "> ")
        case ListBlock():
            written = _list(block)
        case Table(alignments, header, rows):
            lines = [_row(header), _row([_DASHES[each] for each in alignments]), *map(_row, rows)]
            written = "\n".join(lines)
        case Rule():
            written = "---"
        case Math(tex):
            written = f"$$\n{tex}\n$$" if tex else "$$\n$$"
        case Footnote(label, blocks):
            written = _indented(_joined(blocks), f"[^{label}]: ", "    ")
        case _:
            assert_never(block)
    return written


def ends_open(block: Block) -> bool:
    """Whether its last line, as it was written, begins a formula unless a blank line follows."""
    match block:
        case Quote(blocks) | Footnote(_, blocks):
            last = blocks[-1:]
        case ListBlock(items):
            last = items[-1].blocks[-1:]
        case Paragraph(inline):
            return inline.rpartition("\n")[2].strip() == "$$"
        case _:
            return False
    return any(map(ends_open, last))


def fenced(text: str, language: str) -> str:
    """Code between fences that are longer than any in it."""
    longest = max(map(len, _FENCES.findall(text)), default=0)
    fence = "`" * max(longest + 1, 3)
    body = f"{text}\n" if text else ""
    return f"{fence}{language}\n{body}{fence}"


def plain(block: Block, references: Mapping[str, str]) -> str:
    """``block`` without marks, but with the markers of lists; cells are parted by tabs."""
    match block:
        case Paragraph(inline) | Heading(_, inline):
            written = plain_inline(inline_spans(inline, references))
        case Code(text):
            written = text
        case Quote(blocks):
            written = _plain_blocks(blocks, references)
        case ListBlock():
            written = _plain_list(block, references)
        case Table():
            written = "\n".join("\t".join(row) for row in table_cells(block, references))
        case Rule() | Math():
            written = markdown(block)
        case Footnote(label, blocks):
            written = _indented(_plain_blocks(blocks, references), f"[{label}] ", "    ")
        case _:
            assert_never(block)
    return written


def _plain_blocks(
    blocks: Iterable[Block], references: Mapping[str, str], between: str = "\n\n"
) -> str:
    return between.join(plain(each, references) for each in blocks)


def _plain_list(block: ListBlock, references: Mapping[str, str]) -> str:
    between = "\n" if block.tight else "\n\n"
    entries = []
    for index, item in enumerate(block.items):
        marker = _plain_marker(item, block.start, index)
        text = _plain_blocks(item.blocks, references, between)
        entries.append(_indented(text, marker, " " * len(marker)))
    return between.join(entries)


def table_cells(table: Table, references: Mapping[str, str]) -> list[list[str]]:
    """The texts of a table row by row, each on one line; a head without text is left out."""
    rows = [table.header, *table.rows] if any(table.header) else list(table.rows)
    return [
        [" ".join(plain_inline(inline_spans(cell, references)).split()) for cell in row]
        for row in rows
    ]


def _plain_marker(item: ListItem, start: int | None, index: int) -> str:
    if item.checked is not None:
        return "☑ " if item.checked else "☐ "
    return "• " if start is None else f"{start + index}. "


def _paragraph(inline: str) -> str:
    """``inline``, escaped where it would begin another block."""
    if not _BEGINS.search(inline):
        return inline
    from chatglm_desktop.markdown.parser import parse_blocks

    read = [found.block for found in parse_blocks(inline)]
    if read == [Paragraph(inline)]:
        return inline
    return _BEGINS.sub(_escaped, inline)


def _escaped(found: re.Match[str]) -> str:
    # A number is not escaped itself, but the dot after it; a footnote's mark stays one.
    if found[2].isdigit() or found[2].endswith("]"):
        return f"{found[1]}{found[2]}\\"
    # A second dollar would end a formula that begins before.
    return found[1] + "".join(f"\\{mark}" for mark in found[2])


def _heading(level: int, inline: str) -> str:
    # Only an underlined heading can have several lines.
    if "\n" in inline:
        return f"{inline}\n{'===' if level == 1 else '---'}"
    text = _CLOSING.sub(r"\\\g<0>", inline)
    return f"{'#' * level} {text}".rstrip()


def _joined(blocks: Iterable[Block], between: str = "\n\n") -> str:
    return between.join(map(markdown, blocks))


def _list(block: ListBlock) -> str:
    between = "\n" if block.tight else "\n\n"
    entries = []
    for index, item in enumerate(block.items):
        marker = "- " if block.start is None else f"{block.start + index}. "
        box = "" if item.checked is None else "[x] " if item.checked else "[ ] "
        text = box + _joined(item.blocks, between)
        entries.append(_indented(text, marker, " " * len(marker)).rstrip(" "))
    return between.join(entries)


def _indented(text: str, first: str, rest: str) -> str:
    """``text`` with ``first`` before its first line and ``rest`` before the others."""
    lines = text.split("\n")
    own = [first + lines[0]]
    own += ((rest + line).rstrip(" ") if not line else rest + line for line in lines[1:])
    return "\n".join(own)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
