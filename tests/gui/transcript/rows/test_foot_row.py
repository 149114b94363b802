# SPDX-License-Identifier: MIT
"""The foot of a message: what it waits for, how it ended, what it took."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QImage

from chatglm_desktop.core.messages import MessageState
from chatglm_desktop.core.metrics import Metrics
from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.rows.foot_row import FootRow
from chatglm_desktop.gui.transcript.rows.notes import ending_note
from chatglm_desktop.gui.transcript.rows.row import FailureAction, FailureText
from chatglm_desktop.gui.transcript.rows.waiting import WaitingNote
from tests.helpers.transcripts import message

Paint = Callable[..., QImage]
LINKS = (("retry_now", "Try now"), ("stop", "Stop"))


def retrying(words: str, reason: str = "Overloaded.") -> WaitingNote:
    return WaitingNote(words, reason, actions=(("retry_now", "Try now"), ("stop", "Stop")))


def waiting_row(look: Look, note: WaitingNote, width: float = 400.0) -> FootRow:
    running = message(state=MessageState.SENDING)
    return FootRow(running, look, width, has_text=False, waiting=note)


def test_links_stand_beside_the_words_while_there_is_room(look: Look) -> None:
    wide, narrow = (
        waiting_row(look, retrying("Trying again in 7 s"), width) for width in (400.0, 180.0)
    )
    assert [hot.action for hot in wide.hots] == [FailureAction("retry_now"), FailureAction("stop")]
    assert [hot.label for hot in wide.hots] == ["Try now", "Stop"]
    assert wide.hots[0].rect.left() > 0
    assert narrow.hots[0].rect.left() == 0
    assert narrow.hots[0].rect.top() > wide.hots[0].rect.top()
    assert narrow.height > wide.height


def test_links_stand_still_while_seconds_pass(look: Look) -> None:
    rows = [waiting_row(look, retrying(f"Trying again in {n} s")) for n in (9, 8, 1)]
    assert len({row.hots[0].rect.left() for row in rows}) == 1


def test_a_bar_shows_how_much_is_loaded(look: Look, paint: Paint) -> None:
    rows = [waiting_row(look, WaitingNote("Loading x", share=share)) for share in (0.0, 0.5, 1.0)]
    assert rows[0].height > waiting_row(look, WaitingNote("Loading x")).height
    pictures = [paint(row) for row in rows]
    assert pictures[0] != pictures[1] != pictures[2]


def test_a_link_under_the_pointer_is_underlined(look: Look, paint: Paint) -> None:
    row = waiting_row(look, retrying("Trying again in 7 s"))
    assert paint(row) != paint(row, hover=FailureAction("stop"))


def test_dots_move_where_nothing_else_is_told(look: Look, paint: Paint) -> None:
    running = message(state=MessageState.SENDING)
    dots = FootRow(running, look, 400.0, has_text=False, working=True)
    assert paint(dots, phase=0.0) != paint(dots, phase=0.3)
    told = waiting_row(look, WaitingNote("Waiting: 1 request ahead"))
    assert paint(told, phase=0.0) == paint(told, phase=0.3)


def test_what_a_reply_took_stands_below_its_text(look: Look, paint: Paint) -> None:
    bare = FootRow(message("Hi"), look, 400.0, has_text=True)
    took = FootRow(message("Hi"), look, 400.0, has_text=True, metrics="1 + 2 tokens")
    assert took.height > bare.height
    assert paint(took) != paint(bare)


def test_a_remark_and_what_a_reply_took_stand_close(look: Look) -> None:
    cut = replace(message("Hi"), finish_reason="length")
    both = FootRow(cut, look, 400.0, has_text=True, metrics="1 + 2 tokens")
    remark = FootRow(cut, look, 400.0, has_text=True)
    assert both.height - remark.height < 2 * look.small.line_height
    failure = FailureText("Failed", "Try again.")
    failed = FootRow(cut, look, 400.0, has_text=True, failure=failure, metrics="1 + 2 tokens")
    assert failed.height > both.height


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("stop", ""),
        ("length", "The answer was cut at the token limit."),
        ("sensitive", "The service's content rules ended this answer."),
        ("content_filter", "The service's content rules ended this answer."),
        (
            "model_context_window_exceeded",
            "The answer was cut: the conversation has filled the model's memory.",
        ),
    ],
)
def test_why_an_answer_ended_early(reason: str, words: str) -> None:
    assert ending_note(replace(message("Hi"), finish_reason=reason)) == words
    stopped = message("Hi", state=MessageState.STOPPED)
    assert ending_note(replace(stopped, finish_reason=reason)) == "Stopped"


def test_it_is_said_when_a_successor_answered() -> None:
    reply = message("Hi", state=MessageState.STOPPED)
    reply = replace(reply, model="glm-new", metrics=Metrics(instead_of="glm-old"))
    assert ending_note(reply) == "Stopped · glm-old is retired; glm-new answered"
