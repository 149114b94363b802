# SPDX-License-Identifier: MIT
"""Finding in a long conversation and stepping through its questions, in the real program."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.messages import Message, ReasoningPart, Role, TextPart
from chatglm_desktop.gui.outline import Outline
from tests.helpers.widgets import child

if TYPE_CHECKING:
    from tests.helpers.theatre import Play, Theatre

TURNS = 400
LAST = 2 * TURNS - 1
LONG_CODE = "```python\n" + "\n".join(f"line_{n} = {n}" for n in range(90)) + "\n```"


async def long_conversation(play: Play) -> None:
    """``TURNS`` questions and answers, some of which hold what the tests look for."""
    await play.store.create_conversation(ConversationSummary("long", "Long", 0.0, 0.0))
    parent: str | None = None
    for number in range(TURNS):
        answer = f"Answer {number} about **the weather** 天气"
        reasoning = ""
        if number == 10:
            answer = f"{LONG_CODE}\n\nThe Needle stands here, and a n\u00e9edle there."
            reasoning = "I think of a needle first."
        for role, text in ((Role.USER, f"Question {number}"), (Role.ASSISTANT, answer)):
            parts = (ReasoningPart(reasoning), TextPart(text)) if reasoning else (TextPart(text),)
            if role is Role.USER:
                parts = (TextPart(text),)
            id = f"{role.value}-{number}"
            await play.store.add_message("long", Message(id, role, parts, 0.0, parent))
            parent = id
    await play.conversations.load()
    play.workspace.open("long")
    await play.until(lambda: play.current_id == "long" and "long" in play.workspace.loaded())
    await play.until(lambda: play.page.isVisible() and not play.page.transcript.busy)


def key(
    play: Play, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(play.window.focusWidget() or play.window, key, modifier)


def field(of: QWidget) -> QLineEdit:
    return child(of, QLineEdit)


def counts(play: Play, text: str) -> bool:
    return play.page.find_bar.count_text() == text


def in_view(play: Play, text: str) -> bool:
    return text in play.page.transcript.visible_text()


def at_top(play: Play, position: int) -> bool:
    view = play.page.transcript
    return view.position == position and not view.busy


async def find(play: Play, text: str) -> None:
    key(play, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    # As an input method would write it: QTest knows only the keys of ASCII.
    field(play.page.find_bar).insert(text)


def on_long_conversation(
    act: Callable[[Play], Awaitable[None]],
) -> Callable[[Play], Awaitable[None]]:
    async def whole(play: Play) -> None:
        await long_conversation(play)
        await act(play)

    return whole


def test_finds_in_messages_that_nobody_has_read_and_unfolds_what_hides_them(
    theatre: Theatre,
) -> None:
    async def act(play: Play) -> None:
        await find(play, "NEEDLE")
        await play.until(partial(counts, play, "1/3"))
        await play.until(partial(in_view, play, "I think of a needle first."))
        key(play, Qt.Key.Key_F3)
        await play.until(partial(counts, play, "2/3"))
        await play.until(partial(in_view, play, "The Needle stands here"))
        key(play, Qt.Key.Key_F3)
        await play.until(partial(counts, play, "3/3"))
        key(play, Qt.Key.Key_F3)
        await play.until(partial(counts, play, "1/3"))
        key(play, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
        await play.until(partial(counts, play, "3/3"))

    theatre.play(on_long_conversation(act))


def test_finds_in_folded_code_and_leaves_the_match_selected(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await find(play, "line_77 =")
        await play.until(partial(counts, play, "1/1"))
        await play.until(partial(in_view, play, "line_77 = 77"))
        key(play, Qt.Key.Key_Escape)
        assert play.page.find_bar.isHidden()
        assert play.page.transcript.clipboard.selected() == "line_77 ="
        assert play.window.focusWidget() is play.page.transcript
        assert play.page.transcript.parts.overlay.toolbar.focused is None

    theatre.play(on_long_conversation(act))


def test_finds_chinese_and_counts_all_messages(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await find(play, "天气")
        await play.until(lambda: play.page.find_bar.count_text().endswith(f"/{TURNS - 1}"))
        await find(play, "nowhere at all")
        await play.until(partial(counts, play, "No match"))

    theatre.play(on_long_conversation(act))


def test_a_reply_that_arrives_meanwhile_is_counted_when_it_has_ended(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        play.page.composer.set_text("Another question")
        play.page.composer.submit()
        request = await play.request()
        await find(play, "needle")
        await play.until(partial(counts, play, "1/3"))
        await request.writer.text("One more needle")
        await request.writer.finish()
        await play.until(lambda: play.page.find_bar.count_text().endswith("/4"))

    theatre.play(on_long_conversation(act))


def test_a_reply_that_ends_in_another_tab_is_counted_there(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        bar = play.page.find_bar
        play.page.composer.set_text("Another question")
        play.page.composer.submit()
        request = await play.request()
        await find(play, "needle")
        await play.until(partial(counts, play, "1/3"))
        play.workspace.new_tab()
        assert not bar.isVisible()
        await request.writer.text("One more needle")
        await request.writer.finish()
        await play.until(lambda: bar.count_text().endswith("/4"))

    theatre.play(on_long_conversation(act))


def test_what_is_deleted_while_finding_is_not_counted_until_it_comes_back(
    theatre: Theatre,
) -> None:
    async def act(play: Play) -> None:
        session = await play.conversations.open("long")
        await find(play, "needle")
        await play.until(partial(counts, play, "1/3"))
        session.delete("user-3")
        await play.until(partial(counts, play, "3"))
        key(play, Qt.Key.Key_F3)
        await play.until(partial(counts, play, "1/3"))
        current = play.page.transcript.finder.current
        await play.until(lambda: (found := current()) and found.start.item == 20)
        session.delete("assistant-10")
        await play.until(partial(counts, play, "No match"))
        session.undelete()
        await play.until(partial(counts, play, "3"))

    theatre.play(on_long_conversation(act))


def test_f3_opens_the_card_with_what_was_looked_for_last(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await find(play, "needle")
        await play.until(partial(counts, play, "1/3"))
        key(play, Qt.Key.Key_Escape)
        key(play, Qt.Key.Key_F3)
        await play.until(lambda: play.page.find_bar.count_text().endswith("/3"))

    theatre.play(on_long_conversation(act))


def test_steps_through_the_questions(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        up, alt = Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier
        play.page.transcript.to_message(201)
        await play.until(partial(at_top, play, 201))
        key(play, up, alt)
        await play.until(partial(at_top, play, 200))
        key(play, up, alt)
        await play.until(partial(at_top, play, 198))
        key(play, Qt.Key.Key_Down, alt)
        await play.until(partial(at_top, play, 200))
        play.page.transcript.to_end()
        key(play, Qt.Key.Key_Down, alt)
        await play.until(lambda: play.page.transcript.following)

    theatre.play(on_long_conversation(act))


def test_pages_are_turned_from_the_field_whose_text_is_all_in_view(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        view = play.page.transcript
        play.page.composer.focus_editor()
        end = view.position
        key(play, Qt.Key.Key_PageUp)
        await play.until(lambda: view.position < end and not view.following)
        key(play, Qt.Key.Key_PageDown)
        await play.until(lambda: view.following)
        play.page.composer.set_text("line\n" * 100)
        key(play, Qt.Key.Key_PageUp)
        assert view.following

    theatre.play(on_long_conversation(act))


def test_the_outline_leads_to_a_question(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        key(play, Qt.Key.Key_O, both)
        await play.until(lambda: play.page.findChild(Outline))
        outline = child(play.page, Outline)
        assert len(outline.texts()) == TURNS
        QTest.keyClicks(field(outline), "question 123")
        QTest.keyClick(field(outline), Qt.Key.Key_Return)
        await play.until(partial(at_top, play, 246))
        assert in_view(play, "Question 123")

    theatre.play(on_long_conversation(act))


def test_a_page_that_is_closed_while_the_store_searches_is_left_alone(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await find(play, "needle")
        play.workspace.close("long")
        await play.until(lambda: "long" not in play.workspace.loaded())

    theatre.play(on_long_conversation(act))
