# SPDX-License-Identifier: MIT
"""Guesses at the heights of what is not laid out yet; knows no fonts, only usual sizes.

A guess is replaced by the measured height as soon as its row comes into view.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from chatglm_desktop.core.deltas import Image
from chatglm_desktop.core.messages import (
    AttachmentPart,
    ImagesPart,
    Message,
    ReasoningPart,
    Role,
    SourcesPart,
    TextPart,
)
from chatglm_desktop.transcript.extras import SOURCES_SHOWN
from chatglm_desktop.transcript.leaves import (
    CODE_FOLDED,
    CODE_UNFOLDED,
    CodeLeaf,
    Leaf,
    MathLeaf,
    RuleLeaf,
    TableLeaf,
    TextLeaf,
)

LINE = 22.0
CODE_LINE = 20.0
COLUMN = 7.4
"""Pixels of one column of body text."""

SOURCE = 28.0
"""Pixels of a source."""

_PICTURE = 432.0
_CARD = 312.0
_MIXED = 12.0
"""Pixels of a character of text that is not all ASCII."""
_USUAL = 160.0
_ITEM_EXTRA = 80.0


def text_height(text: str, width: float) -> float:
    """Pixels that running text takes at ``width`` pixels."""
    # Whether a string is ASCII is known to Python without a look at it.
    pixels = COLUMN if text.isascii() else _MIXED
    return (int(len(text) * pixels / width) + 1 + text.count("\n") * 0.7) * LINE


def usual_height(heights: Sequence[float]) -> float:
    """What to expect of messages that are like those whose heights are guessed already."""
    return float(round(sum(heights) / len(heights))) if heights else _USUAL


def item_height(message: Message, width: float) -> float:
    """Pixels that a message takes in a column of ``width`` pixels."""
    inner = width * 0.7 if message.role is Role.USER else width
    height = _ITEM_EXTRA
    for part in message.parts:
        match part:
            case TextPart(text):
                height += text_height(text, inner)
            case ImagesPart(items):
                height += sum(picture_height(image, inner) for image in items)
            case SourcesPart(items):
                height += SOURCE * (min(len(items), SOURCES_SHOWN) + 2)
            case AttachmentPart():
                height += SOURCE
            case ReasoningPart():
                pass  # folded
            case _:
                assert_never(part)
    return height


def picture_height(image: Image, width: float) -> float:
    """Pixels that a picture, or the card in its place, takes in a column of ``width`` pixels."""
    if image.width <= 0 or image.height <= 0:
        return _CARD
    return max(min(_PICTURE, width * image.height / image.width, float(image.height)), _CARD / 2)


def leaf_height(leaf: Leaf, width: float, *, folded: bool = False) -> float:
    """Pixels that a leaf takes in a column of ``width`` pixels; long code may be ``folded``."""
    inner = max(width - leaf.frame.indent, 1.0)
    match leaf:
        case TextLeaf():
            height = text_height(leaf.source, inner)
        case CodeLeaf():
            folded = folded and leaf.line_count > CODE_UNFOLDED
            height = 83.0 if folded else 53.0
            height += CODE_LINE * (CODE_FOLDED if folded else leaf.line_count)
        case TableLeaf():
            share = inner / max(len(leaf.cells), 1)
            height = 13.0 + max((text_height(cell, share) for cell in leaf.cells), default=LINE)
        case RuleLeaf():
            height = 1.0
        case MathLeaf():
            height = 56.0
        case _:
            assert_never(leaf)
    return leaf.frame.above + height
