# SPDX-License-Identifier: MIT
"""Tabs are opened, closed, pinned, listed and restored as in a browser; nothing in them is lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from chatglm_desktop.core.tabs import TabState
from chatglm_desktop.gui.attaching.sources import FileSource
from chatglm_desktop.gui.panes.doubt import DoubtPage
from chatglm_desktop.gui.tabs.list_card import TabList
from chatglm_desktop.gui.tabs.menu import TabMenu, TabVerb
from tests.helpers.tabs import CTRL, SHIFT, key, open_drafts
from tests.helpers.widgets import child

if TYPE_CHECKING:
    from tests.helpers.theatre import Play, Theatre

KEY = Qt.Key


def do(play: Play, verb: TabVerb) -> None:
    """What a key would do with the tab in front."""
    play.window.tab_verb_requested.emit(verb)


def drafts(play: Play) -> list[str]:
    """The first letters of the tabs in the bar, all of whose pages are there."""
    return [play.workspace.page(id).composer.text() for id in play.window.tabs.ids()]


def test_a_closed_tab_comes_back_where_it_was_also_after_a_restart(theatre: Theatre) -> None:
    async def first_run(play: Play) -> None:
        _, b, _ = open_drafts(play, "a", "b", "c")
        play.workspace.close(b)
        assert drafts(play) == ["a", "c"]
        key(play, KEY.Key_T, CTRL | SHIFT)
        await play.until(lambda: b in play.workspace.loaded())
        assert drafts(play) == ["a", "b", "c"]
        assert play.current_id == b
        key(play, KEY.Key_W)

    async def second_run(play: Play) -> None:
        assert len(play.window.tabs.ids()) == 2
        key(play, KEY.Key_T, CTRL | SHIFT)
        await play.until(lambda: play.current_id in play.workspace.loaded())
        assert play.page.composer.text() == "b"
        assert play.window.tabs.ids()[1] == play.current_id
        key(play, KEY.Key_T, CTRL | SHIFT)
        assert len(play.window.tabs.ids()) == 3

    theatre.play(first_run)
    theatre.play(second_run)


def test_an_untouched_conversation_is_not_opened_again(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        (a,) = open_drafts(play, "a")
        play.workspace.new_tab()
        key(play, KEY.Key_W)
        assert play.window.tabs.ids() == [a]
        do(play, "reopen")
        assert play.window.tabs.ids() == [a]

    theatre.play(act)


def test_many_tabs_that_are_closed_together_are_saved_once(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        open_drafts(play, "a", "b", "c", "d")
        saved: list[int] = []
        save = play.conversations.save_tabs

        def count(tabs: Sequence[TabState]) -> None:
            saved.append(len(tabs))
            save(tabs)

        play.conversations.save_tabs = count  # type: ignore[method-assign] # to count
        do(play, "close_others")
        assert drafts(play) == ["d"]
        assert len(saved) == 1

    theatre.play(act)


def test_pinned_tabs_stand_first_and_survive(theatre: Theatre) -> None:
    async def first_run(play: Play) -> None:
        _, b, _ = open_drafts(play, "a", "b", "c")
        play.workspace.places.show(b)
        do(play, "pin")
        assert drafts(play) == ["b", "a", "c"]
        do(play, "close_others")
        assert drafts(play) == ["b"]
        do(play, "reopen")
        do(play, "reopen")
        await play.until(lambda: len(play.workspace.loaded()) == 3)
        assert drafts(play) == ["b", "a", "c"]
        play.workspace.places.show(b)
        do(play, "close_right")
        assert drafts(play) == ["b"]

    async def second_run(play: Play) -> None:
        open_drafts(play, "d")
        assert drafts(play) == ["b", "d"]
        play.workspace.places.show(play.window.tabs.ids()[0])
        do(play, "pin")
        play.window.tabs.move_current(1)
        assert drafts(play) == ["d", "b"]

    theatre.play(first_run)
    theatre.play(second_run)


def test_what_was_selected_is_selected_after_a_restart(theatre: Theatre) -> None:
    selected: list[str] = []

    async def first_run(play: Play) -> None:
        play.page.composer.set_text("hello")
        play.page.composer.submit()
        await play.until(lambda: play.page.message_ids() and not play.page.composer.running)
        play.page.transcript.selecting.select_message(0)
        selected.append(play.page.transcript.clipboard.selected())

    async def second_run(play: Play) -> None:
        assert "hello" in selected[0]
        assert play.page.transcript.clipboard.selected() == selected[0]

    theatre.play(first_run, scenario="answer")
    theatre.play(second_run)


def test_a_file_that_is_read_when_its_tab_closes_goes_into_the_draft(
    theatre: Theatre, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("notes")

    async def act(play: Play) -> None:
        a, b = open_drafts(play, "a", "b")
        for id in (a, b):
            shelf = play.workspace.page(id).composer.tray.shelf
            shelf.add([FileSource(tmp_path / "notes.txt")])
            assert shelf.busy
            play.workspace.close(id)
        play.workspace.open(b)
        await play.until(lambda: b in play.workspace.loaded() and play.page.composer.attachments())
        play.workspace.open(a)
        await play.until(lambda: a in play.workspace.loaded() and play.page.composer.attachments())
        play.workspace.save()
        await play.tasks.finish()
        saved = await play.store.drafts()
        assert [(saved[id].text, len(saved[id].attachments)) for id in (a, b)] == [
            ("a", 1),
            ("b", 1),
        ]

    theatre.play(act)


def test_only_what_is_seen_of_many_tabs_is_loaded(theatre: Theatre) -> None:
    async def first_run(play: Play) -> None:
        ids = open_drafts(play, *(f"draft {number}" for number in range(3)))
        await play.tasks.finish()
        await play.store.save_tabs([TabState(id) for id in ids])

    async def second_run(play: Play) -> None:
        assert len(play.window.tabs.ids()) == 3
        assert play.workspace.loaded() == {play.current_id}

    theatre.play(first_run)
    theatre.play(second_run)


def test_a_conversation_at_which_the_program_ended_is_not_opened_unasked(
    theatre: Theatre, tmp_path: Path
) -> None:
    opening = tmp_path / "data" / "opening"

    async def first_run(play: Play) -> None:
        open_drafts(play, "a", "b")

    async def crashed(play: Play) -> None:
        front = play.current_id
        assert not play.workspace.loaded()
        question = play.window.pages.page
        assert isinstance(question, DoubtPage)
        assert question.close_button.hasFocus()
        question.open_button.click()
        await play.until(play.workspace.loaded)
        assert play.page.composer.text() == "b"
        assert opening.read_text() == front

    async def quiet(play: Play) -> None:
        assert play.page.composer.text() == "b"

    async def closed(play: Play) -> None:
        child(play.window, DoubtPage).close_button.click()
        await play.until(play.workspace.loaded)
        assert play.page.composer.text() == "a"

    theatre.play(first_run)
    ids: list[str] = []

    async def look(play: Play) -> None:
        ids.append(play.current_id)

    theatre.play(look)
    assert not opening.exists()
    opening.write_text(ids[0])
    theatre.play(crashed)
    assert not opening.exists()
    theatre.play(quiet)
    opening.write_text(ids[0])
    theatre.play(closed)


def test_the_list_finds_a_tab_by_a_part_of_its_title(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        ids = open_drafts(play, "a", "b", "c")
        for id, title in zip(ids, ("Apples", "Pears", "苹果树"), strict=True):
            play.organiser.rename(id, title)
        await play.until(lambda: play.conversations.title(ids[2]) == "苹果树")
        play.workspace.close(ids[0])
        do(play, "all_tabs")
        card = child(play.window, TabList)
        assert card.titles() == ["Pears", "苹果树", "Apples"]
        QTest.keyClicks(child(card, QLineEdit), "pe")
        assert card.titles() == ["Pears"]
        QTest.keyClick(child(card, QLineEdit), KEY.Key_Return)
        assert play.current_id == ids[1]
        do(play, "all_tabs")
        card = next(c for c in play.window.findChildren(TabList) if c.isVisible())
        QTest.keyClicks(child(card, QLineEdit), "apple")
        QTest.keyClick(child(card, QLineEdit), KEY.Key_Return)
        assert play.current_id == ids[0]
        assert play.window.tabs.ids() == ids

    theatre.play(act)


def test_the_menu_offers_what_has_something_to_do(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        a, _ = open_drafts(play, "a", "b")
        key(play, KEY.Key_F10)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, TabMenu)
        usable = {action.text().split("\t")[0]: action.isEnabled() for action in menu.actions()}
        assert usable["Close the others"]
        assert not usable["Close those to the right"]
        assert not usable["Open the closed tab again"]
        menu.chosen.emit("close_others")
        menu.close()
        assert drafts(play) == ["b"]
        do(play, "reopen")
        await play.until(lambda: a in play.workspace.loaded())
        assert play.current_id == a
        await play.until(lambda: play.window.sidebar.view.list.marks.key(a))
        do(play, "rename")
        await play.until(lambda: isinstance(play.window.focusWidget(), QLineEdit))

    theatre.play(act)


def test_a_copy_of_a_conversation_stands_beside_it(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        play.page.composer.set_text("hello")
        play.page.composer.submit()
        await play.until(lambda: play.page.message_ids() and not play.page.composer.running)
        first, said = play.current_id, play.page.transcript.clipboard.everything()
        (other,) = open_drafts(play, "other")
        do(play, "duplicate")
        play.workspace.places.show(first)
        do(play, "duplicate")
        await play.until(lambda: play.window.tabs.ids()[1] not in (first, other))
        copy = play.window.tabs.ids()[1]
        await play.until(lambda: copy in play.workspace.loaded())
        assert play.workspace.page(copy).transcript.clipboard.everything() == said

    theatre.play(act, scenario="answer")


def test_a_tab_leaves_with_its_conversation_and_comes_back_in_its_place(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        a, b, c = open_drafts(play, "a", "b", "c")
        play.organiser.trash([b])
        await play.until(lambda: play.window.tabs.ids() == [a, c])
        do(play, "reopen")
        assert play.window.tabs.ids() == [a, c]
        play.conversations.undo.undo()
        await play.until(lambda: play.window.tabs.ids() == [a, b, c])

    theatre.play(act)


def test_a_reply_whose_tab_was_closed_goes_on_in_the_list(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        (id,) = open_drafts(play, "question")
        play.page.composer.submit()
        request = await play.request()
        await request.writer.text("first ")
        key(play, KEY.Key_W)
        assert id not in play.window.tabs.ids()
        marks = play.window.sidebar.view.list.marks
        assert marks.badge(id) == "streaming"
        await request.writer.text("second")
        await request.writer.finish()
        await play.until(lambda: marks.badge(id) == "unread")
        play.workspace.open(id)
        await play.until(lambda: id in play.workspace.loaded())
        assert "first second" in play.page.transcript.clipboard.everything()
        assert marks.badge(id) == "none"

    theatre.play(act)
