# SPDX-License-Identifier: MIT
"""Guesses at the heights of what is not laid out yet; knows no fonts, only usual sizes.

A guess is replaced by the measured height as soon as its row comes into view.
"""

from __future__ import annotations

from math import ceil
from typing import assert_never

from chatglm_desktop.core.messages import Message, Role
from chatglm_desktop.transcript.leaves import CodeLeaf, Leaf, RuleLeaf, TableLeaf, TextLeaf
from chatglm_desktop.transcript.widths import columns

LINE = 22.0
CODE_LINE = 20.0
COLUMN = 7.4
"""Pixels of one column of body text."""

_SAMPLE = 400
_ITEM_EXTRA = 80.0


def text_height(text: str, width: float) -> float:
    """Pixels that running text takes at ``width`` pixels; long text is judged by a sample."""
    sample = text[:_SAMPLE]
    wide = columns(sample) / len(sample) if sample else 1.0
    per_line = max(width / COLUMN, 1.0)
    breaks = text.count("\n")
    return (ceil(len(text) * wide / per_line) + breaks * 0.7) * LINE


def item_height(message: Message, width: float) -> float:
    """Pixels that a message takes in a column of ``width`` pixels."""
    inner = width * 0.7 if message.role is Role.USER else width
    return text_height(message.text, inner) + _ITEM_EXTRA


def leaf_height(leaf: Leaf, width: float) -> float:
    """Pixels that a leaf takes in a column of ``width`` pixels."""
    inner = max(width - leaf.frame.indent, 1.0)
    match leaf:
        case TextLeaf():
            height = max(text_height(leaf.source, inner), LINE)
        case CodeLeaf():
            height = 52.0 + CODE_LINE * leaf.line_count
        case TableLeaf():
            share = inner / max(len(leaf.cells), 1)
            height = 12.0 + max((text_height(cell, share) for cell in leaf.cells), default=0.0)
            height = max(height, LINE + 12.0)
        case RuleLeaf():
            height = 1.0
        case _:
            assert_never(leaf)
    return leaf.frame.above + height
