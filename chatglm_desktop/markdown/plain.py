# SPDX-License-Identifier: MIT
"""Spans as plain text; knows nothing of how they came about."""

from __future__ import annotations

from collections.abc import Iterable

from chatglm_desktop.markdown.blocks import Span


def plain_text(spans: Iterable[Span]) -> str:
    return "".join(span.text for span in spans)
