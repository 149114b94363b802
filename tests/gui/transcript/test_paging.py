# SPDX-License-Identifier: MIT
"""Long conversations of which a stretch is at hand: asked for, shown, let go, never jumping."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.messages import Message
from chatglm_desktop.core.tabs import Anchor
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.transcript.geometry import PAGE
from chatglm_desktop.transcript.paging import MOST_PAGES
from chatglm_desktop.transcript.selection import PartKind
from tests.gui.transcript.conftest import describe
from tests.helpers.long_history import (
    LENGTH,
    NEWEST,
    Archive,
    at,
    history,
    lines,
    moved,
    scroll,
)
from tests.helpers.transcripts import message, show_messages


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
