# SPDX-License-Identifier: MIT
"""Spans read as plain text."""

from __future__ import annotations

from chatglm_desktop.markdown.blocks import Span
from chatglm_desktop.markdown.plain import plain_text


def test_spans_are_joined_without_marks() -> None:
    assert plain_text((Span("a ", bold=True), Span("b\n", code=True))) == "a b\n"
    assert plain_text(()) == ""
