# SPDX-License-Identifier: MIT
"""The text that leaves show."""

from __future__ import annotations

from chatglm_desktop.markdown.blocks import Code
from chatglm_desktop.transcript.leaves import CodeLeaf, RuleLeaf, TableLeaf, TextLeaf
from chatglm_desktop.transcript.texts import leaf_spans, leaf_text


def test_each_kind_of_leaf_has_its_text() -> None:
    assert leaf_text(TextLeaf("a **b**"), {}) == "a b"
    assert leaf_text(TextLeaf("a **b**", verbatim=True), {}) == "a **b**"
    assert leaf_text(CodeLeaf(Code("x\ny")), {}) == "x\ny"
    assert leaf_text(TableLeaf(("*a*", "b"), ("", ""), (1, 1), (1, 1), 0), {}) == "a\tb"
    assert leaf_text(RuleLeaf(), {}) == ""


def test_no_text_has_no_spans() -> None:
    assert leaf_spans(TextLeaf("", verbatim=True), {}) == ()
