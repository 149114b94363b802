# SPDX-License-Identifier: MIT
"""Sources and footnotes are reached from their marks, and sources lead to the web."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.deltas import Source, Sources
from chatglm_desktop.core.messages import Message, MessageState, SourcesPart
from chatglm_desktop.gui.transcript.input.hits import Hover
from chatglm_desktop.gui.transcript.input.references import reference_tip
from chatglm_desktop.gui.transcript.rows.row import OpenLink, OpenNote, OpenSource, RowAction
from chatglm_desktop.gui.transcript.rows.source_rows import source_tip
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.transcript.rows import Row, RowKind
from chatglm_desktop.transcript.selection import PartKind
from tests.gui.transcript.conftest import Aim
from tests.helpers.transcripts import show_messages

Make = Callable[..., Message]

SOURCES = tuple(
    Source(f"https://e{number}.org/page", f"Page\n{number}", mark=f"turn1search{number}")
    for number in range(1, 13)
)
LONG = "word\n\n" * 100


def leaf(number: int) -> Row:
    return Row(RowKind.LEAF, PartKind.ANSWER, number)


def in_view(view: TranscriptView, row: Row) -> bool:
    scene = view.parts.scene
    rows = scene.visible_rows(0.0, scene.height)
    return any(scene.transcript[index].row(number) == row for index, number, _ in rows)


def test_a_citation_mark_leads_to_its_source(
    view: TranscriptView, make_message: Make, qtbot: QtBot
) -> None:
    show_messages(view, [make_message(LONG, extra=(SourcesPart(SOURCES),))])
    view.parts.scroller.to_top()
    source = Row(RowKind.SOURCE, leaf=1)
    assert not in_view(view, source)
    view.parts.actions.perform(Hover(0, leaf(0), OpenSource("turn1search2")))
    assert in_view(view, source)
    lit = view.viewport().grab().toImage()
    view.parts.references._flash.setInterval(1)
    with qtbot.waitSignal(view.parts.references.changed):
        view.parts.references._flash.start()
    assert view.viewport().grab().toImage() != lit


def test_a_source_that_was_not_listed_is(view: TranscriptView, make_message: Make) -> None:
    show_messages(view, [make_message("text", extra=(SourcesPart(SOURCES),))])
    assert not view.parts.scene.transcript[0].shows(Row(RowKind.SOURCE, leaf=11))
    view.parts.actions.perform(Hover(0, leaf(0), OpenSource("turn1search12")))
    assert in_view(view, Row(RowKind.SOURCE, leaf=11))


def test_what_is_in_view_already_is_not_scrolled_to(
    view: TranscriptView, make_message: Make
) -> None:
    show_messages(view, [make_message(LONG, extra=(SourcesPart(SOURCES[:2]),))])
    top = view.parts.scene.top
    view.parts.actions.perform(Hover(0, leaf(99), OpenSource("turn1search1")))
    assert view.parts.scene.top == top
    assert view.parts.display.flash == (0, Row(RowKind.SOURCE, leaf=0))


@pytest.mark.parametrize("action", [OpenSource("turn9search9"), OpenNote("nowhere")])
def test_a_mark_of_nothing_known_leads_nowhere(
    view: TranscriptView, make_message: Make, action: OpenSource | OpenNote
) -> None:
    show_messages(view, [make_message("text")])
    view.parts.actions.perform(Hover(0, leaf(0), action))
    assert view.parts.display.flash is None


def test_a_footnote_is_reached_from_its_mark(view: TranscriptView, make_message: Make) -> None:
    show_messages(view, [make_message(f"See.[^a]\n\n{LONG}[^a]: The note.")])
    while view.busy:
        view.parts.upkeep._work_on()
    view.parts.scroller.to_top()
    view.parts.actions.perform(Hover(0, leaf(0), OpenNote("a")))
    flash = view.parts.display.flash
    assert flash is not None
    assert in_view(view, flash[1])


def test_a_mark_tells_what_it_refers_to(view: TranscriptView, make_message: Make) -> None:
    show_messages(view, [make_message("text", extra=(SourcesPart(SOURCES),))])
    hover = Hover(0, leaf(0), OpenSource("turn1search2"))
    assert reference_tip(view.parts.scene, hover) == "2. Page 2 · e2.org"
    for action in (OpenSource("unknown"), OpenLink("https://e.org")):
        assert reference_tip(view.parts.scene, Hover(0, leaf(0), action)) == ""
    assert source_tip(1, Source("mailto:a@e.org")) == "1. mailto:a@e.org"


def test_sources_show_their_address_and_open(
    view: TranscriptView, aim: Aim, make_message: Make, qtbot: QtBot
) -> None:
    show_messages(view, [make_message("text", extra=(SourcesPart(SOURCES),))])
    hots = [hot for _, layout, _, _ in aim.rows() for hot in layout.hots]
    assert hots[0].action == OpenLink("https://e1.org/page")
    assert hots[0].label == "Open source 1. Page 1 · e1.org"
    with qtbot.waitSignal(view.link_activated) as caught:
        aim.click(aim.hot(0))
    assert caught.args == ["https://e1.org/page"]
    assert hots[5].action == RowAction("show_sources")
    aim.click(aim.hot(5))
    assert in_view(view, Row(RowKind.SOURCE, leaf=11))


def test_sources_that_arrive_meanwhile_do_not_move_what_is_read(
    view: TranscriptView, make_message: Make
) -> None:
    show_messages(view, [make_message(LONG, state=MessageState.STREAMING)])
    view.parts.scroller.to_top()
    # Above the button that leads down, on which a dot appears.
    above = QRect(0, 0, 900, 500)
    before = view.viewport().grab(above).toImage()
    view.contents.attach("m", Sources(SOURCES))
    view.contents.append("m", "text", "more")
    assert view.parts.scene.top == 0.0
    assert view.viewport().grab(above).toImage() == before
    view.parts.scroller.to_end()
    assert in_view(view, Row(RowKind.MORE_SOURCES))


def test_marks_show_the_number_of_the_source(view: TranscriptView, make_message: Make) -> None:
    text = "Yes【turn1search12】"
    show_messages(view, [make_message(text, state=MessageState.STREAMING)])
    before = view.viewport().grab().toImage()
    view.contents.attach("m", Sources(tuple(reversed(SOURCES))))
    scene = view.parts.scene
    assert scene.layout(0, 1).length == len("Yes1")
    assert view.viewport().grab().toImage() != before
