# SPDX-License-Identifier: MIT
"""The line above the thinking: it counts while the model thinks, folds, and remembers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.messages import Message, MessageState, ReasoningPart, TextPart
from chatglm_desktop.gui.transcript.rows.chrome_rows import ThinkingRow
from chatglm_desktop.gui.transcript.rows.notes import byte_count, duration, thinking_note
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.selection import PartKind
from tests.gui.transcript.conftest import Aim
from tests.helpers.transcripts import show_messages

Make = Callable[..., Message]
RUNNING = {"state": MessageState.STREAMING}


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(view: TranscriptView) -> Clock:
    """The clock of the view's transcript."""
    clock = Clock()
    view.parts.scene.transcript._clock = clock
    return clock


def item_of(view: TranscriptView) -> Item:
    return view.parts.scene.transcript[0]


def fold_button(aim: Aim) -> str:
    """What the line above the thinking says."""
    rows = [layout for _, layout, _, _ in aim.rows() if isinstance(layout, ThinkingRow)]
    return rows[0].hots[0].label


@pytest.mark.parametrize(
    ("seconds", "words"), [(5, "5 s"), (59, "59 s"), (60, "1 min 0 s"), (65, "1 min 5 s")]
)
def test_a_duration_is_told_in_minutes_and_seconds(seconds: int, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("size", "words"), [(999, "999 bytes"), (340_200, "340 KB"), (1_234_000, "1.2 MB")]
)
def test_a_size_is_told_in_a_fitting_unit(size: int, words: str) -> None:
    assert byte_count(size) == words


def test_thinking_is_counted_in_seconds(
    view: TranscriptView, aim: Aim, clock: Clock, make_message: Make
) -> None:
    show_messages(view, [make_message(**RUNNING)])
    view.contents.append("m", "reasoning", "hm")
    assert fold_button(aim) == "Thinking…"
    clock.now += 12.4
    assert fold_button(aim) == "Thinking… 12 s"
    clock.now += 53.0
    assert fold_button(aim) == "Thinking… 1 min 5 s"
    view.contents.append("m", "text", "Yes")
    assert fold_button(aim) == "Thought for 1 min 5 s"
    clock.now += 100.0
    assert fold_button(aim) == "Thought for 1 min 5 s"


def test_a_second_lays_out_its_own_line_only(
    view: TranscriptView, clock: Clock, make_message: Make, qtbot: QtBot
) -> None:
    show_messages(view, [make_message("A question"), make_message(id="r", **RUNNING)])
    view.contents.append("r", "reasoning", "first\n\nsecond\n\nthird")
    clock.now += 0.95
    view.parts.upkeep.refresh()
    assert view.parts.upkeep._ticker.isActive()
    assert not view.parts.upkeep._animation.isActive()
    before = view.layouts_made
    clock.now += 0.1
    with qtbot.waitSignal(view.parts.upkeep._ticker.timeout):
        pass
    assert view.layouts_made == before + 1
    assert view.parts.upkeep._ticker.isActive()


def test_no_seconds_are_counted_out_of_view_or_after_the_end(
    view: TranscriptView, clock: Clock, make_message: Make
) -> None:
    show_messages(view, [make_message("word\n\n" * 100), make_message(id="r", **RUNNING)])
    view.contents.append("r", "reasoning", "hm")
    assert view.parts.upkeep._ticker.isActive()
    view.parts.scroller.to_top()
    assert not view.parts.upkeep._ticker.isActive()
    view.parts.scroller.to_end()
    assert view.parts.upkeep._ticker.isActive()
    view.hide()
    assert not view.parts.upkeep._ticker.isActive()
    view.show()
    assert view.parts.upkeep._ticker.isActive()
    ended = make_message(id="r", state=MessageState.STOPPED)
    view.contents.update(replace(ended, parts=(ReasoningPart("hm", 4.0),)))
    assert not view.parts.upkeep._ticker.isActive()
    assert thinking_note(view.parts.scene.transcript[1]) == "Thought for 4 s"


def test_a_page_that_is_opened_while_the_model_thinks_goes_on_counting(
    view: TranscriptView, aim: Aim, clock: Clock, make_message: Make
) -> None:
    message = make_message(**RUNNING)
    show_messages(view, [replace(message, parts=(ReasoningPart("hm", 30.0),))])
    assert fold_button(aim) == "Thinking… 30 s"
    clock.now += 1.0
    assert fold_button(aim) == "Thinking… 31 s"


def test_what_the_user_chose_outlasts_another_branch(
    view: TranscriptView, aim: Aim, make_message: Make
) -> None:
    messages = [make_message("Yes", reasoning="hm")]
    show_messages(view, messages)
    assert item_of(view).folded
    aim.click(aim.hot(0))
    assert not item_of(view).folded
    show_messages(view, [*messages, make_message("more", id="n")])
    assert not item_of(view).folded
    aim.click(aim.hot(0))
    show_messages(view, messages)
    assert item_of(view).folded


def test_thinking_that_was_opened_by_hand_stays_open(
    view: TranscriptView, aim: Aim, make_message: Make
) -> None:
    show_messages(view, [make_message(**RUNNING)])
    view.contents.append("m", "reasoning", "hm")
    aim.click(aim.hot(0))
    aim.click(aim.hot(0))
    view.contents.append("m", "text", "Yes")
    assert not item_of(view).folded
    view.contents.update(replace(make_message(), parts=(ReasoningPart("hm", 2.0), TextPart("Yes"))))
    assert not item_of(view).folded
    assert item_of(view).text(PartKind.REASONING) == "hm"
