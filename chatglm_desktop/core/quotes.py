# SPDX-License-Identifier: MIT
"""Text as a quote in Markdown; knows no message."""

from __future__ import annotations


def quoted(text: str) -> str:
    """``text`` with the mark of a quote before each line; "" if there is nothing in it."""
    lines = text.strip("\n").split("\n") if text.strip() else []
    return "\n".join(f"> {line}".rstrip() for line in lines)


def with_quote(draft: str, text: str) -> str:
    """``draft`` and, in a paragraph after it, ``text`` as a quote, with room to write on."""
    quote = quoted(text)
    if not quote:
        return draft
    before = draft.rstrip()
    return f"{before}\n\n{quote}\n\n" if before else f"{quote}\n\n"
