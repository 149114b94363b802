# SPDX-License-Identifier: MIT
"""The bubbles of the user's messages are as wide as their text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint

from chatglm_desktop.core.messages import AttachmentPart, Message, Role
from chatglm_desktop.gui.transcript.scene.scene import Bubble
from chatglm_desktop.gui.transcript.view import TranscriptView
from tests.helpers.transcripts import show_messages

if TYPE_CHECKING:
    from tests.gui.transcript.conftest import Aim

Make = Callable[..., Message]
ARABIC = "مرحبا بالعالم"


def bubbles(view: TranscriptView, make_message: Make, *texts: str) -> list[Bubble]:
    show_messages(view, [make_message(text, id=text, role=Role.USER) for text in texts])
    while view.busy:
        view.parts.upkeep.refresh()
    return [view.parts.scene.bubble(index) for index in range(len(texts))]


@pytest.mark.parametrize("text", ["Hello", ARABIC, f"{ARABIC}\n\n{ARABIC}"])
def test_a_short_message_has_a_narrow_bubble_on_the_right(
    view: TranscriptView, make_message: Make, text: str
) -> None:
    short, long = bubbles(view, make_message, text, "long " * 60)
    assert short.width < long.width / 3
    assert short.left + short.width == long.left + long.width


def test_a_message_with_files_has_room_for_both_directions(
    view: TranscriptView, make_message: Make
) -> None:
    file = AttachmentPart("notes.txt", "text/plain", 9, "0" * 64)
    extra = ((), (file,))
    show_messages(
        view,
        [make_message(ARABIC, id=str(n), role=Role.USER, extra=extra[n]) for n in range(2)],
    )
    alone, beside = (view.parts.scene.bubble(index) for index in range(2))
    assert beside.width > 2 * alone.width
    assert beside.text_left == beside.left + beside.inset


def test_text_from_right_to_left_stands_in_its_bubble(
    view: TranscriptView, aim: Aim, make_message: Make
) -> None:
    (bubble,) = bubbles(view, make_message, ARABIC)
    _, layout, left, top = next(row for row in aim.rows() if row[1].length)
    first, last = (left + layout.caret_rect(end).x() for end in (0, layout.length))
    assert bubble.left < last < first < bubble.left + bubble.width
    aim.drag(QPoint(round(first), round(top + 10)), QPoint(round(last), round(top + 10)))
    assert view.clipboard.selected() == ARABIC
    for hot in view.parts.overlay.toolbar.hots(0):
        assert bubble.left + bubble.width - 300 < hot.rect.left()
        assert hot.rect.right() <= bubble.left + bubble.width
