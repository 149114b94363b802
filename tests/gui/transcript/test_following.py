# SPDX-License-Identifier: MIT
"""The end is followed as the user wants it, and nobody who reads is pulled away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatglm_desktop.core.messages import Message, MessageState, Role
from chatglm_desktop.gui.theme.tokens import DARK, LIGHT
from chatglm_desktop.gui.transcript.view import TranscriptView
from tests.helpers.long_history import (
    LENGTH,
    Archive,
    at,
    history,
    lines,
    moved,
    scroll,
)
from tests.helpers.transcripts import message, show_messages


def test_for_one_screen_a_reply_is_followed_and_then_stays(
    view: TranscriptView, make_message: Callable[..., Message]
) -> None:
    view.set_follow_mode("screen")
    show_messages(view, [at(place) for place in range(20)])
    view.contents.add(make_message("Q", id="q", role=Role.USER))
    view.contents.add(make_message(id="r", state=MessageState.STREAMING))
    for number in range(40):
        view.contents.append("r", "text", f"Line {number}.\n\n")
    assert not view.following
    assert "Line 0." in view.visible_text()
    assert "Line 39." not in view.visible_text()
    assert view.parts.scroller.jump_shown
    scroll(view, 100_000)
    assert view.following
    for number in range(40):
        view.contents.append("r", "text", f"More {number}.\n\n")
    assert view.following
    assert "More 39." in view.visible_text()


def test_a_reply_that_is_never_followed_stays_below(
    view: TranscriptView, make_message: Callable[..., Message]
) -> None:
    view.set_follow_mode("never")
    show_messages(view, [at(place) for place in range(20)])
    view.contents.add(make_message("Mine", id="q", role=Role.USER))
    assert "Mine" in view.visible_text()
    view.contents.add(make_message("Text. " * 2_000, id="r", state=MessageState.STREAMING))
    before = lines(view)
    view.contents.append("r", "text", "More.\n\n" * 50)
    assert not view.following
    assert moved(before, lines(view)) <= 1.0
    unread = view.viewport().grab().toImage()
    for number in range(3):
        view.contents.add(make_message("New", id=f"n{number}"))
    assert view.viewport().grab().toImage() != unread


def test_text_that_is_not_parsed_yet_is_told_of_as_unread(
    view: TranscriptView, make_message: Callable[..., Message]
) -> None:
    reply = make_message("Text.\n\n" * 4_000, id="r", state=MessageState.STREAMING)
    show_messages(view, [at(0), reply])
    scroll(view, -500)
    assert not view.following
    view.contents.append("r", "text", "Much.\n\n" * 4_000)
    assert view.busy
    view.contents.append("r", "text", "More.\n\n")
    assert view.parts.scroller.state.unread


_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("scroll"), st.integers(-900, 900)),
        st.tuples(st.just("grow"), st.integers(1, 300)),
        st.tuples(st.just("resize"), st.integers(300, 800)),
        st.tuples(st.just("theme"), st.just(0)),
        st.tuples(st.just("read"), st.integers(0, LENGTH - 1)),
        st.tuples(st.just("send"), st.just(0)),
        st.tuples(st.just("answer"), st.just(0)),
    ),
    max_size=25,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(mode=st.sampled_from(["follow", "screen", "never"]), steps=_STEPS)
def test_a_reader_is_never_pulled_away_whatever_happens(
    view: TranscriptView, archive: Archive, mode: str, steps: list[tuple[str, int]]
) -> None:
    view.resize(900, 600)
    view.set_follow_mode("screen" if mode == "screen" else "never" if mode == "never" else "follow")
    running = replace(at(LENGTH), id="r", role=Role.ASSISTANT, state=MessageState.STREAMING)
    view.contents.show(history())
    archive.answer()
    view.contents.add(running)
    sent = 0
    for step, amount in steps:
        reading = not view.following
        before = lines(view)
        keeps = True
        match step:
            case "scroll":
                scroll(view, amount)
                keeps = False
            case "grow":
                view.contents.append("r", "text", "More words arrive. " * amount)
                # What was sent since stands below it and makes room.
                before = {line: y for line, y in before.items() if not line[0].startswith("s")}
            case "resize":
                view.resize(900, amount)
            case "theme":
                view.apply_theme(DARK if amount else LIGHT)
            case "read":
                view.reveal(amount)
                keeps = False
            case "send":
                sent += 1
                view.contents.add(message("Mine", id=f"s{sent}", role=Role.USER))
                assert "Mine" in view.visible_text()
                keeps = False
            case _:
                archive.answer()
        if reading and keeps:
            assert not view.following
            bottom = view.parts.scene.top >= view.parts.scene.limit - 1.0
            assert moved(before, lines(view)) <= 1.0 or bottom
        if view.following:
            assert view.parts.scene.limit - view.parts.scene.top <= 1.0
