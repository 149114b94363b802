# SPDX-License-Identifier: MIT
"""The Markdown dialect, as configured markdown-it objects; knows neither blocks nor spans.

CommonMark with tables, strikethrough and CJK-friendly emphasis; raw HTML is text.
markdown-it is imported when the first object is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

DEEPEST = 40
"""Nesting of containers beyond which their text is one paragraph; a list counts twice."""

_REFERENCE_LINES = 6


def block_markdown() -> MarkdownIt:
    """A parser that finds blocks and leaves their inline text alone."""
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import fence, paragraph, reference, table

    def deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        # The library drops what is nested deeper than its limit; no text may be lost.
        return not silent and state.level >= DEEPEST and paragraph(state, start, end, False)

    def near_reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        # The library looks at all lines up to the next blank one for each definition,
        # which is quadratic in a long list of them.
        whole = state.lineMax
        state.lineMax = min(whole, start + _REFERENCE_LINES)
        try:
            return reference(state, start, end, silent)
        finally:
            state.lineMax = whole

    def table_but_no_fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        # The line that opens a fence does so at once, whatever the next line is.
        return not fence(state, start, end, True) and table(state, start, end, silent)

    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": 2 * DEEPEST})
    markdown.enable("table")
    markdown.disable("inline")
    markdown.block.ruler.at("table", table_but_no_fence, {"alt": ["paragraph", "reference"]})
    markdown.block.ruler.at("reference", near_reference)
    markdown.block.ruler.before("table", "deep", deep)
    return markdown


def inline_markdown() -> MarkdownIt:
    """A parser of which only ``inline`` is used."""
    from markdown_it import MarkdownIt
    from mdit_py_cjk_friendly import cjk_friendly

    markdown = MarkdownIt("commonmark", {"html": False})
    markdown.enable("strikethrough")
    return markdown.use(cjk_friendly)
