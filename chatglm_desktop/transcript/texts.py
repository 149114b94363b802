# SPDX-License-Identifier: MIT
"""The text that a leaf shows; knows no pixels and no clipboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from chatglm_desktop.markdown.blocks import OBJECT, Span
from chatglm_desktop.markdown.sources import inline_spans
from chatglm_desktop.transcript.leaves import (
    CodeLeaf,
    Leaf,
    MathLeaf,
    RuleLeaf,
    TableLeaf,
    TextLeaf,
)


def leaf_spans(leaf: TextLeaf, references: Mapping[str, str]) -> tuple[Span, ...]:
    if leaf.verbatim:
        return (Span(leaf.source),) if leaf.source else ()
    return inline_spans(leaf.source, references)


def spans_text(spans: Sequence[Span]) -> str:
    return "".join(span.text for span in spans)


def leaf_text(leaf: Leaf, references: Mapping[str, str]) -> str:
    """What can be selected of a leaf; the cells of a table row are parted by tabs."""
    match leaf:
        case TextLeaf():
            return spans_text(leaf_spans(leaf, references))
        case CodeLeaf():
            return leaf.code.text
        case TableLeaf():
            return "\t".join(spans_text(inline_spans(cell, references)) for cell in leaf.cells)
        case RuleLeaf():
            return ""
        case MathLeaf():
            return OBJECT
        case _:
            assert_never(leaf)


def continues(before: Leaf, leaf: Leaf) -> bool:
    """Whether ``leaf`` is the next piece of a paragraph that was cut for display."""
    return (
        isinstance(before, TextLeaf)
        and isinstance(leaf, TextLeaf)
        and leaf.frame.above == 0
        and not leaf.frame.marker
    )
