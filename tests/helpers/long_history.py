# SPDX-License-Identifier: MIT
"""A conversation of 100,000 messages of which a view asks for stretches."""

from __future__ import annotations

from chatglm_desktop.core.history import History
from chatglm_desktop.core.messages import Message, Role
from chatglm_desktop.gui.transcript.view import TranscriptView
from tests.helpers.transcripts import message

LENGTH = 100_000
NEWEST = 200


def text_of(position: int) -> str:
    """What the message at a position says: some paragraphs, of various lengths."""
    return f"Message {position}.\n\n" + "Some words of a paragraph. " * (1 + position * 7 % 40)


def at(position: int) -> Message:
    role = Role.ASSISTANT if position % 2 else Role.USER
    return message(text_of(position), id=f"m{position}", role=role)


def history(length: int = LENGTH) -> History:
    first = max(length - NEWEST, 0)
    return History("c", None, length, first, tuple(at(place) for place in range(first, length)))


class Archive:
    """Answers a view's requests, when it is told to."""

    def __init__(self, view: TranscriptView) -> None:
        self.view = view
        self.asked: list[tuple[int, int]] = []
        view.history_wanted.connect(lambda first, count: self.asked.append((first, count)))

    def answer(self) -> None:
        """All that is waited for, and what is asked for then."""
        while self.asked:
            first, count = self.asked.pop(0)
            self.view.contents.take(first, [at(place) for place in range(first, first + count)])


def scroll(view: TranscriptView, by: int) -> None:
    bar = view.verticalScrollBar()
    bar.setValue(bar.value() + by)


def lines(view: TranscriptView) -> dict[tuple[str, int], float]:
    """Where each row in view stands, by message and row."""
    scene = view.parts.scene
    return {
        (scene.transcript[index].message.id, row): y
        for index, row, y in scene.visible_rows(0.0, scene.height)
    }


def moved(before: dict[tuple[str, int], float], after: dict[tuple[str, int], float]) -> float:
    """How far a line that is still in view has moved at most."""
    return max((abs(after[row] - y) for row, y in before.items() if row in after), default=0.0)
