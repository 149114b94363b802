# SPDX-License-Identifier: MIT
"""Search through the real window and store: typed, found, and landed on, wherever it stands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chatglm_desktop.gui.composer_editor import ComposerEditor
from chatglm_desktop.gui.search.panel import SearchPanel
from chatglm_desktop.gui.search.switcher import Switcher
from chatglm_desktop.transcript.selection import PartKind
from tests.helpers.widgets import child

if TYPE_CHECKING:
    from tests.helpers.theatre import Play, Theatre

ENTER = Qt.Key.Key_Return
CTRL = Qt.KeyboardModifier.ControlModifier


async def search(play: Play, text: str, count: int) -> SearchPanel:
    """Type into the panel and wait until so many hits are there."""
    play.window.do("search")
    panel = child(play.window, SearchPanel)
    panel.field.setText("")
    for character in text:
        panel.field.insert(character)
    await play.until(lambda: len(panel.hits) == count and str(count) in panel.said())
    return panel


async def go(play: Play, panel: SearchPanel) -> None:
    """Go to the current hit and wait until something is marked there."""
    QTest.keyClick(panel.field, ENTER)
    await play.until(partial(marked, play))


def marked(play: Play) -> str:
    """What is marked as the current match, "" for nothing."""
    if play.current_id not in play.workspace.loaded():
        return ""
    transcript = play.page.transcript
    found = transcript.finder.current()
    if found is None:
        return ""
    item = transcript.parts.scene.transcript[found.start.item]
    return f"{item.message.id} {found.start.part.name}"


def test_a_hit_in_another_conversation_is_opened_and_marked(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.ask("北京的天气怎么样", "Beijing: it rains, and it rains again.")
        first = play.current_id
        play.workspace.new_tab()
        await play.ask("Something else", "Nothing of that kind.")
        play.workspace.close(first)
        panel = await search(play, "天气", 2)
        assert {hit.place for hit in panel.hits} == {"title", "text"}
        panel = await search(play, "it rains", 1)
        await go(play, panel)
        assert play.current_id == first
        bar = play.page.find_bar
        assert (bar.isVisible(), bar.query()) == (True, "it rains")
        await play.until(lambda: bar.count_text() == "1/2")
        play.window.do("find_next")
        await play.until(lambda: bar.count_text() == "2/2")

    theatre.play(act)


def test_a_hit_in_another_version_and_in_thinking_is_shown(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.ask("First words", "An answer.", "Let me ponder zebras.")
        thought = play.page.message_ids()[1]
        editor = child(play.page.composer, ComposerEditor)
        QTest.keyClick(editor, Qt.Key.Key_Up)
        play.page.composer.set_text("Other words")
        play.page.composer.submit()
        await play.reply("Another answer.")
        assert thought not in play.page.message_ids()
        panel = await search(play, "zebras", 1)
        (hit,) = panel.hits
        assert (hit.hidden, hit.place) == (True, "thinking")
        await go(play, panel)
        assert thought in play.page.message_ids()
        assert marked(play) == f"{thought} {PartKind.REASONING.name}"

    theatre.play(act)


def test_another_version_waits_until_what_arrives_has_ended(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.ask("First words", "An answer about zebras.")
        editor = child(play.page.composer, ComposerEditor)
        QTest.keyClick(editor, Qt.Key.Key_Up)
        play.page.composer.set_text("Other words")
        play.page.composer.submit()
        request = await play.request()
        await request.writer.text("Another")
        panel = await search(play, "zebras", 1)
        QTest.keyClick(panel.field, ENTER)
        await play.until(lambda: "when it has ended" in play.window.toast.text())
        await request.writer.finish()
        await play.until(lambda: not play.page.composer.running)
        await go(play, panel)
        transcript = play.page.transcript
        QTest.keyClick(transcript, Qt.Key.Key_Escape)
        assert play.page.find_bar.isHidden()

    theatre.play(act)


def test_a_hit_is_opened_beside(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.ask("One apple", "An apple a day.")
        first = play.current_id
        play.workspace.new_tab()
        await play.ask("Something else", "Nothing of that kind.")
        second = play.current_id
        panel = await search(play, "day", 1)
        QTest.keyClick(panel.field, ENTER, CTRL)
        await play.until(lambda: play.workspace.places.halves.split and marked(play))
        assert set(play.workspace.places.halves.ids()) == {first, second}
        assert play.current_id == first

    theatre.play(act)


def test_a_filter_alone_leads_to_the_message(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.ask("Show code", "Here:\n\n```\nx = 1\n```\n")
        panel = await search(play, "has:code", 1)
        QTest.keyClick(panel.field, ENTER)
        await play.until(play.page.transcript.hasFocus)
        assert play.page.find_bar.isHidden()

    theatre.play(act)


def test_the_panel_closes_with_escape_and_comes_back_as_it_was(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.ask("One apple", "An apple a day.")
        panel = await search(play, "apple", 3)
        QTest.keyClick(panel.field, Qt.Key.Key_Escape)
        assert panel.isHidden()
        assert child(play.page.composer, ComposerEditor).hasFocus()
        play.window.do("search")
        assert panel.isVisible()
        assert panel.field.text() == "apple"
        panel.field.setText("")
        assert not panel.hits

    theatre.play(act)


def test_the_switcher_goes_to_a_title_to_a_command_and_to_the_search(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.ask("北京的天气怎么样", "Rain.")
        first = play.current_id
        play.workspace.new_tab()
        await play.ask("A second matter", "Yes.")
        second = play.current_id
        await type_into_switcher(play, "")
        card = await type_into_switcher(play, "天气")
        QTest.keyClick(card.field, ENTER)
        await play.until(lambda: play.current_id == first)
        card = await type_into_switcher(play, "second")
        QTest.keyClick(card.field, ENTER, CTRL)
        await play.until(lambda: play.workspace.places.halves.split)
        assert play.current_id == second
        card = await type_into_switcher(play, "new conversation")
        QTest.keyClick(card.field, ENTER)
        await play.until(lambda: play.current_id not in (first, second))
        card = await type_into_switcher(play, "rain")
        QTest.keyClick(card.field, ENTER)
        panel = child(play.window, SearchPanel)
        await play.until(lambda: len(panel.hits) == 1)
        assert panel.field.text() == "rain"

    theatre.play(act)


async def type_into_switcher(play: Play, text: str) -> Switcher:
    """Type a part of a title, and wait for what is offered for it."""
    if not any(card.isVisible() for card in play.window.findChildren(Switcher)):
        play.window.do("switch")
    (card,) = (card for card in play.window.findChildren(Switcher) if card.isVisible())
    card.field.setText(text)
    await play.until(lambda: card.rows and text in ("", card.rows[-1].key))
    return card


def test_the_switcher_goes_away_with_its_own_key(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        play.window.do("switch")
        assert child(play.window, Switcher).isVisible()
        play.window.do("switch")
        await play.until(lambda: not play.window.findChildren(Switcher))
        assert child(play.page.composer, ComposerEditor).hasFocus()

    theatre.play(act)
