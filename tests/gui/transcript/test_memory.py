# SPDX-License-Identifier: MIT
"""A line shows where the model's memory begins, and what a reply took stands below it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from chatglm_desktop.core.messages import Message, MessageState, Role
from chatglm_desktop.core.metrics import Metrics
from chatglm_desktop.gui.transcript.view import TranscriptView
from tests.gui.transcript.conftest import Aim
from tests.helpers.transcripts import show_messages

Make = Callable[..., Message]


def turns(make_message: Make, count: int) -> list[Message]:
    found = []
    for number in range(count):
        found.append(make_message(f"Question {number}", id=f"q{number}", role=Role.USER))
        found.append(make_message(f"Answer {number}", id=f"a{number}"))
    return found


def begins_at(view: TranscriptView) -> list[int]:
    scene = view.parts.scene
    return [index for index in range(len(scene.transcript)) if scene.begins_memory(index)]


def test_a_line_stands_above_the_oldest_message_that_is_remembered(
    view: TranscriptView, make_message: Make
) -> None:
    messages = turns(make_message, 3)
    show_messages(view, messages)
    bare = view.grab().toImage()
    marked = replace(messages[-1], metrics=Metrics(memory_begins="q1"))
    view.contents.update(marked)
    assert begins_at(view) == [2]
    # The text below a reply without figures is the same: all that is new is the line.
    assert view.grab().toImage() != bare
    view.contents.update(replace(marked, metrics=Metrics()))
    assert begins_at(view) == []
    assert view.grab().toImage() == bare


def test_nothing_moves_for_the_line(view: TranscriptView, aim: Aim, make_message: Make) -> None:
    messages = turns(make_message, 8)
    show_messages(view, messages)
    view.parts.scroller.scroll_by(-120.0)
    before = [(index, y) for index, _, _, y in aim.rows()]
    view.contents.update(replace(messages[-1], metrics=Metrics(memory_begins="q6")))
    assert begins_at(view) == [12]
    assert [(index, y) for index, _, _, y in aim.rows()] == before


def test_the_newest_finished_reply_decides(view: TranscriptView, make_message: Make) -> None:
    messages = turns(make_message, 3)
    messages[3] = replace(messages[3], metrics=Metrics(memory_begins="q0"))
    messages[5] = replace(messages[5], metrics=Metrics(memory_begins="q1"))
    show_messages(view, messages)
    assert begins_at(view) == [2]
    view.contents.add(make_message("More", id="q3", role=Role.USER))
    view.contents.add(make_message(id="a3", state=MessageState.STREAMING))
    assert begins_at(view) == [2]
    view.contents.update(make_message(id="a3", state=MessageState.FAILED))
    assert begins_at(view) == [2]
    view.contents.update(make_message("Old", id="a3"))
    assert begins_at(view) == []
    view.contents.remove("a3")
    assert begins_at(view) == [2]
    view.contents.remove("q1")
    assert begins_at(view) == []


def test_the_first_message_needs_no_line(view: TranscriptView, make_message: Make) -> None:
    messages = turns(make_message, 1)
    show_messages(view, [messages[0], replace(messages[1], metrics=Metrics(memory_begins="q0"))])
    assert begins_at(view) == []


def test_a_narrow_view_shortens_the_words(view: TranscriptView, make_message: Make) -> None:
    messages = turns(make_message, 2)
    messages[3] = replace(messages[3], metrics=Metrics(memory_begins="q1"))
    show_messages(view, messages)
    view.resize(200, 600)
    assert not view.grab().isNull()


def test_figures_can_be_hidden(view: TranscriptView, aim: Aim, make_message: Make) -> None:
    took = replace(make_message("Hi"), metrics=Metrics(1, 2))
    show_messages(view, [took])
    with_them = aim.rows()[-1][1].height
    view.contents.show_metrics(False)
    assert aim.rows()[-1][1].height < with_them
    made = view.layouts_made
    view.contents.show_metrics(False)
    assert view.layouts_made == made
    view.contents.show_metrics(True)
    assert aim.rows()[-1][1].height == with_them
