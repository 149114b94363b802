# SPDX-License-Identifier: MIT
"""The Markdown dialect, as configured markdown-it objects; knows neither blocks nor spans.

CommonMark with tables, strikethrough, footnotes, formulas, citation marks, bare web
addresses and CJK-friendly emphasis; raw HTML is text. markdown-it is imported when the
first object is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatglm_desktop.markdown import block_rules, inline_rules

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType


def block_markdown() -> MarkdownIt:
    """A parser that finds blocks and leaves their inline text alone."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": 2 * block_rules.DEEPEST})
    markdown.enable("table")
    markdown.use(footnote_plugin, inline=False, move_to_end=False)
    markdown.disable("inline")
    rules = markdown.block.ruler
    rules.at("table", block_rules.table_but_no_fence, {"alt": ["paragraph", "reference"]})
    rules.at("reference", block_rules.near_reference)
    rules.before("table", "deep", block_rules.deep)
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    rules.before("table", "math", block_rules.math, interrupts)
    return markdown


def inline_markdown() -> MarkdownIt:
    """A parser of which only ``inline`` is used; its environment needs ``references`` and notes."""
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import image, link
    from mdit_py_cjk_friendly import cjk_friendly

    markdown = MarkdownIt("commonmark", {"html": False})
    markdown.enable("strikethrough")
    normal = inline_rules.normal_of(markdown.normalizeLink)
    markdown.normalizeLink = normal  # type: ignore[assignment,method-assign]  # as the library's manual says
    rules = markdown.inline.ruler
    rules.at("text", inline_rules.text)
    rules.after("text", "address", inline_rules.address)
    rules.before("escape", "math", inline_rules.math)
    rules.before("emphasis", "underscores", inline_rules.underscores)
    rules.before("link", "cite", inline_rules.cite)
    rules.at("link", inline_rules.link_of(link))
    rules.at("image", inline_rules.link_of(image))
    rules.after("image", "note", inline_rules.note)
    return markdown.use(cjk_friendly)
