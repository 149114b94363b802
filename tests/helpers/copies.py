# SPDX-License-Identifier: MIT
"""Messages ready to be copied from, and what is read of a copy."""

from __future__ import annotations

from collections.abc import Mapping

from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart
from chatglm_desktop.markdown.blocks import Block
from chatglm_desktop.markdown.parser import parse_blocks
from chatglm_desktop.transcript.copying.excerpt import (
    Excerpt,
    Phrase,
    Piece,
    Snippet,
    excerpt,
)
from chatglm_desktop.transcript.document import Transcript
from chatglm_desktop.transcript.leaves import flatten
from chatglm_desktop.transcript.selection import (
    PartKind,
    Position,
    Selection,
)
from chatglm_desktop.transcript.texts import leaf_text, spans_text


def name(message: Message) -> str:
    return "You" if message.role is Role.USER else "GLM"


def opened(*messages: Message) -> Transcript:
    transcript = Transcript()
    transcript.reset(messages)
    for index in range(len(messages)):
        transcript.open(index)
        while transcript.pending:
            transcript.work()
    return transcript


def reply(text: str) -> Message:
    return Message("m", Role.ASSISTANT, (TextPart(text),), 1.0, state=MessageState.COMPLETE)


def at(leaf: int, character: int, item: int = 0, part: PartKind = PartKind.ANSWER) -> Position:
    return Position(item, part, leaf, character)


def parsed(text: str) -> list[Block]:
    return [found.block for found in parse_blocks(text)]


def shown(text: str, references: Mapping[str, str]) -> str:
    """All characters of the text of Markdown but for spaces."""
    leaves = [leaf for block in parsed(text) for leaf in flatten(block)]
    return "".join("".join(leaf_text(leaf, references).split()) for leaf in leaves)


def shown_alone(piece: Piece) -> str:
    match piece:
        case Phrase(spans):
            return spans_text(spans)
        case Snippet(text):
            return text
        case _:
            raise AssertionError(piece)


def selected(transcript: Transcript, start: Position, end: Position) -> Excerpt:
    return excerpt(transcript.__getitem__, Selection(start, end), name)
