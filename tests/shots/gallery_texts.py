# SPDX-License-Identifier: MIT
"""Texts and messages of the gallery; shows nothing."""

from __future__ import annotations

import re
from pathlib import Path

from chatglm_desktop.core.deltas import Source
from chatglm_desktop.core.messages import (
    Message,
    MessageState,
    Part,
    ReasoningPart,
    Role,
    SourcesPart,
    TextPart,
)

_FOLDER = Path(__file__).resolve().parents[1] / "data" / "gallery"
_PAGE = re.compile(r"^<!-- page: (\w+) -->\n", re.MULTILINE)
_LONG_CODE = "\n".join(f"line_{number} = {number} ** 2  # {number}" for number in range(1, 61))
_SOURCES = SourcesPart(
    tuple(
        Source(f"https://example.org/page/{number}", title, "What the page says. " * 4)
        for number, title in enumerate(("A page", "另一个网页", "A page with a long title " * 5))
    )
)


def pages(language: str) -> dict[str, str]:
    """The pages of a language by name."""
    text = (_FOLDER / f"{language}.md").read_text(encoding="utf-8")
    _, *parts = _PAGE.split(text.replace("FOLDED", _LONG_CODE))
    return dict(zip(parts[::2], parts[1::2], strict=True))


def reply(
    text: str,
    *extra: Part,
    id: str = "reply",
    state: MessageState = MessageState.COMPLETE,
    thinking: str = "",
) -> Message:
    """An answer; its sources are there if it cites any."""
    parts: list[Part] = [ReasoningPart(thinking, 6.0)] if thinking else []
    parts += [TextPart(text)] if text else []
    parts += extra
    if "†" in text:
        parts.append(_SOURCES)
    return Message(id, Role.ASSISTANT, tuple(parts), 1.7e9, state=state, model="GLM-4.7-Flash")


def question(text: str, *extra: Part, id: str = "question") -> Message:
    return Message(id, Role.USER, (TextPart(text), *extra), 1.7e9)
