# SPDX-License-Identifier: MIT
"""Long conversations of which a stretch is at hand: asked for, shown, let go, never jumping."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.history import History
from chatglm_desktop.core.messages import Message, MessageState, Role
from chatglm_desktop.core.tabs import Anchor
from chatglm_desktop.gui.theme.tokens import DARK, LIGHT
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.transcript.geometry import PAGE
from chatglm_desktop.transcript.paging import MOST_PAGES
from chatglm_desktop.transcript.selection import PartKind
from tests.gui.transcript.conftest import describe, message
from tests.helpers.transcripts import show_messages

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


@pytest.fixture
def archive(view: TranscriptView) -> Archive:
    return Archive(view)


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


def test_opening_a_hundred_thousand_messages_touches_only_what_is_in_view(
    view: TranscriptView, archive: Archive
) -> None:
    view.contents.show(history())
    assert len(view.contents) == LENGTH
    assert f"Message {LENGTH - 1}." in view.visible_text()
    assert len(view.parts.scene.geometry.known_pages) <= 3
    assert view.layouts_made < 60
    assert archive.asked == []
    assert len(view.contents.ids()) == NEWEST


def test_a_place_in_the_middle_shows_bars_until_its_messages_come(
    view: TranscriptView, archive: Archive
) -> None:
    view.contents.show(history())
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    assert len(archive.asked) == 1
    assert view.busy
    assert lines(view) == {}
    waiting = view.viewport().grab().toImage()
    assert colours(waiting) > 1
    archive.answer()
    assert not view.busy
    assert lines(view)
    assert view.viewport().grab().toImage() != waiting


def colours(image: QImage) -> int:
    return len({image.pixel(x, y) for x in range(0, 900, 9) for y in range(0, 600, 5)})


def test_one_stretch_is_asked_for_at_a_time_and_then_the_newest(
    view: TranscriptView, archive: Archive
) -> None:
    view.contents.show(history())
    bar = view.verticalScrollBar()
    for share in (2, 3, 4, 5):
        bar.setValue(bar.maximum() // share)
    assert len(archive.asked) == 1
    first, count = archive.asked.pop()
    view.contents.take(first, [at(place) for place in range(first, first + count)])
    [(first, count)] = archive.asked
    assert first <= view.parts.scene.seen.start < first + count


def test_scrolling_up_page_by_page_never_moves_a_line(
    view: TranscriptView, archive: Archive
) -> None:
    view.contents.show(history())
    for _ in range(400):
        before = lines(view)
        scroll(view, -300)
        wanted = {row: y + 300.0 for row, y in before.items()}
        assert moved(wanted, lines(view)) <= 1.0
        shown = lines(view)
        archive.answer()
        assert moved(shown, lines(view)) <= 1.0
    assert min(int(id[1:]) for id, _ in lines(view)) < LENGTH - 2 * NEWEST


def test_what_is_far_away_is_let_go_and_comes_back(view: TranscriptView, archive: Archive) -> None:
    view.contents.show(history())
    bar = view.verticalScrollBar()
    for step in range(60, -1, -1):
        bar.setValue(bar.maximum() * step // 60)
        archive.answer()
    assert len(view.contents.ids()) <= (MOST_PAGES + 2) * PAGE
    assert "Message 0." in view.visible_text()
    bar.setValue(bar.maximum())
    archive.answer()
    assert f"Message {LENGTH - 1}." in view.visible_text()
    assert view.following


def test_the_position_of_an_old_message_is_restored_when_it_comes(
    view: TranscriptView, archive: Archive
) -> None:
    anchor = Anchor("m5000", 30.0)
    view.contents.show(history(), anchor, 5000)
    assert view.anchor() == anchor
    archive.answer()
    assert view.anchor() == anchor
    assert "Message 5000." in view.visible_text()
    assert not view.following


@pytest.mark.parametrize("position", [LENGTH - 5, LENGTH - 120, 40_000, 0])
def test_what_is_looked_up_is_shown_a_third_down(
    view: TranscriptView, archive: Archive, position: int
) -> None:
    view.contents.show(history())
    view.reveal(position)
    archive.answer()
    y = view.parts.scene.geometry.item_top(position) - view.parts.scene.top
    if 0 < position < LENGTH - 5:
        assert y == pytest.approx(200.0, abs=2.0)
    assert 0.0 <= y <= 600.0
    assert f"Message {position}." in view.visible_text()


def test_a_leaf_of_a_message_is_shown_also_in_folded_thinking(
    view: TranscriptView, qtbot: QtBot
) -> None:
    thinking = "\n\n".join(f"Thought {number}." for number in range(50))
    answer = "\n\n".join(f"Answer {number}." for number in range(50))
    show_messages(view, [message(answer, id="r", reasoning=thinking), at(0)])
    view.reveal(0, (PartKind.REASONING, 30))
    qtbot.waitUntil(lambda: not view.busy)
    assert "Thought 30." in view.visible_text()
    view.reveal(0, (PartKind.ANSWER, 25))
    qtbot.waitUntil(lambda: not view.busy)
    rows = lines(view)
    row = view.parts.scene.transcript[0].leaf_row(PartKind.ANSWER, 25)
    assert rows["r", row] == pytest.approx(200.0, abs=2.0)
    view.reveal_message("m0")
    assert "Message 0." in view.visible_text()


def test_late_and_failed_answers_are_ignored(view: TranscriptView, archive: Archive) -> None:
    view.contents.show(history())
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    [(first, _)] = archive.asked
    view.contents.take(first + 1, [at(first + 1)])
    assert f"m{first + 1}" not in view.contents
    view.contents.take(first, ())
    assert archive.asked == [(first, PAGE)]
    scroll(view, 10)
    assert len(archive.asked) == 2
    archive.asked.clear()
    view.contents.show(history())
    view.contents.take(first, [at(first)])
    assert f"m{first}" not in view.contents


def test_the_others_stay_when_a_message_above_goes_and_comes_back(
    view: TranscriptView, archive: Archive
) -> None:
    view.contents.show(history())
    scroll(view, -20_000)
    archive.answer()
    anchor = view.anchor()
    before = lines(view)
    above = view.parts.scene.seen.start - 5
    view.contents.remove(f"m{above}")
    assert len(view.contents) == LENGTH - 1
    assert lines(view) == before
    assert view.anchor() == anchor
    view.contents.show(history(), anchor)
    archive.answer()
    assert lines(view) == before
    with pytest.raises(KeyError):
        view.contents.remove("m1")


def test_the_message_in_view_can_go(view: TranscriptView) -> None:
    show_messages(view, [at(place) for place in range(30)])
    view.reveal(20)
    view.contents.remove(f"m{view.parts.scene.place.item}")
    assert len(view.contents.ids()) == 29
    assert lines(view)
    for id in view.contents.ids():
        view.contents.remove(id)
    assert lines(view) == {}
    assert not view.clipboard.copy_last_answer()


WIDE_TABLE = "\n".join(
    [
        "|" + " a heading of some words |" * 8,
        "|" + " --- |" * 8,
        *("|" + f" cell {number} with rather more words than fit |" * 8 for number in range(60)),
    ]
)


@pytest.mark.parametrize(("text", "word"), [("A line.\n\n" * 100, "A line."), (WIDE_TABLE, "cell")])
def test_more_rows_than_fit_into_a_frame_are_laid_out_over_several(
    qtbot: QtBot, make_message: Callable[..., Message], text: str, word: str
) -> None:
    view = TranscriptView(describe, budget=0.0)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    show_messages(view, [make_message(text)])
    before = view.layouts_made
    assert view.busy
    view.viewport().repaint()
    assert view.layouts_made - before <= 2
    qtbot.waitUntil(lambda: not view.busy)
    assert view.visible_text().count(word) > 10


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


def test_zoom_enlarges_and_keeps_the_line(view: TranscriptView, qtbot: QtBot) -> None:
    show_messages(view, [at(place) for place in range(60)])
    scroll(view, -3_000)
    first = next(iter(lines(view)))
    usual = view.viewport().grab().toImage()
    for zoom in (2.0, 0.5, 3.0, 1.25, 1.0):
        view.set_zoom(zoom)
        assert next(iter(lines(view)))[0] == first[0]
    assert view.viewport().grab().toImage() == usual
    view.set_zoom(2.0)
    before = lines(view)
    scroll(view, -100)
    assert moved({row: y + 50.0 for row, y in before.items()}, lines(view)) <= 1.0


def wheel(view: TranscriptView, turned: int) -> None:
    QApplication.sendEvent(
        view.viewport(),
        QWheelEvent(
            QPointF(400, 300),
            QPointF(400, 300),
            QPoint(),
            QPoint(0, turned),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )


def test_full_turns_of_the_wheel_with_ctrl_ask_for_another_zoom(view: TranscriptView) -> None:
    asked: list[int] = []
    view.zoom_wanted.connect(asked.append)
    show_messages(view, [at(place) for place in range(60)])
    scroll(view, -500)
    top = view.parts.scene.top
    for turned in (120, 60, 40, 40, -240, -20):
        wheel(view, turned)
    assert asked == [1, 1, -1, -1]
    assert view.parts.scene.top == top


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
