# SPDX-License-Identifier: MIT
"""The view as a whole: streaming, following, positions, cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart
from chatglm_desktop.core.tabs import Anchor
from chatglm_desktop.gui.theme.tokens import DARK, HIGH_CONTRAST, LIGHT
from chatglm_desktop.gui.transcript.rows.row import OpenLink
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.transcript.leaves import CODE_FOLDED
from tests.helpers.transcripts import show_messages

Make = Callable[..., Message]
Key = Qt.Key
RUNNING = {"state": MessageState.STREAMING}


def conversation(make_message: Make, count: int) -> list[Message]:
    """``count`` messages of some paragraphs each."""
    return [
        make_message(
            f"Message {number}.\n\n" + "Some words of a paragraph. " * 20,
            id=f"m{number}",
            role=Role.ASSISTANT if number % 2 else Role.USER,
        )
        for number in range(count)
    ]


def scroll(view: TranscriptView, by: int) -> None:
    """As the user does, by the scroll bar."""
    bar = view.verticalScrollBar()
    bar.setValue(bar.value() + by)


def picture(view: TranscriptView) -> QImage:
    return view.viewport().grab().toImage()


def at_end(view: TranscriptView) -> bool:
    bar = view.verticalScrollBar()
    return bar.value() == bar.maximum()


def test_ten_thousand_messages_open_laying_out_only_what_is_in_view(
    view: TranscriptView, make_message: Make
) -> None:
    show_messages(view, conversation(make_message, 10_000))
    assert view.layouts_made < 60
    assert at_end(view)
    assert "Message 9999" in view.visible_text()
    assert "Message 9000" not in view.visible_text()


def test_only_what_is_in_view_is_told_of_a_long_message(
    view: TranscriptView, make_message: Make
) -> None:
    lines = [f"line {number}" for number in range(3000)]
    paragraphs = "\n\n".join(f"Paragraph {number}." for number in range(300))
    code = "\n".join(lines)
    show_messages(view, [make_message(f"{paragraphs}\n\n```\n{code}\n```")])
    while view.busy:
        QApplication.processEvents()
    told = view.visible_text().splitlines()
    assert told[0] == "GLM:"
    # Long code is folded.
    assert told[-1] == lines[CODE_FOLDED - 1]
    assert CODE_FOLDED < len(told) < 60
    scroll(view, -200)
    told = view.visible_text().splitlines()
    assert told[-1] in lines[: CODE_FOLDED - 4]
    view.verticalScrollBar().setValue(0)
    told = view.visible_text().splitlines()
    assert told[1] == "Paragraph 0."
    assert len(told) < 40


def test_layouts_alive_are_bounded_while_scrolling(
    view: TranscriptView, make_message: Make
) -> None:
    show_messages(view, conversation(make_message, 400))
    for _ in range(60):
        scroll(view, -500)
    assert view.layouts_made > 150
    assert view.layouts_alive <= 4 * 38


def test_a_flush_lays_out_only_the_end_of_a_long_reply(
    view: TranscriptView, make_message: Make, qtbot: QtBot
) -> None:
    show_messages(view, [make_message("A paragraph of words.\n\n" * 2_000, **RUNNING)])
    qtbot.waitUntil(lambda: not view.busy)
    view.contents.append("m", "text", "Begin")
    before = view.layouts_made
    for _ in range(50):
        view.contents.append("m", "text", " and on")
    assert view.layouts_made - before <= 2 * 50
    assert view.visible_text().endswith("and on")


def test_text_streams_into_the_running_message(view: TranscriptView, make_message: Make) -> None:
    view.contents.add(make_message("Hi", id="u", role=Role.USER))
    view.contents.add(make_message(id="r", state=MessageState.SENDING))
    working = picture(view)
    view.contents.append("r", "reasoning", "hm")
    view.contents.append("r", "text", "Hello **wor")
    view.contents.append("r", "text", "ld**")
    assert view.contents.text("r") == "Hello **world**"
    assert picture(view) != working
    view.contents.revise("r", "text", "Other")
    assert view.clipboard.everything() == "You:\nHi\n\nGLM:\nOther"
    view.contents.update(make_message("Other!", id="r"))
    assert view.contents.text("r") == "Other!"


def test_an_unknown_message_is_an_error(view: TranscriptView) -> None:
    with pytest.raises(KeyError):
        view.contents.append("x", "text", "a")


def test_the_end_is_followed_until_the_user_scrolls_up(
    view: TranscriptView, make_message: Make
) -> None:
    show_messages(view, [*conversation(make_message, 20), make_message(id="r", **RUNNING)])
    view.contents.append("r", "text", "More text. " * 200)
    assert view.following
    assert at_end(view)
    scroll(view, -100)
    assert not view.following
    anchor = view.anchor()
    assert anchor is not None
    view.contents.append("r", "text", "\n\nAnd more." * 50)
    assert view.anchor() == anchor
    assert not at_end(view)


def test_reaching_the_end_follows_again(view: TranscriptView, make_message: Make) -> None:
    show_messages(view, conversation(make_message, 20))
    scroll(view, -300)
    assert view.anchor() is not None
    scroll(view, 10_000)
    assert view.following
    assert view.anchor() is None


def test_the_users_own_message_is_brought_into_view(
    view: TranscriptView, make_message: Make
) -> None:
    show_messages(view, conversation(make_message, 20))
    scroll(view, -900)
    view.contents.add(make_message("new", id="r"))
    assert not view.following
    view.contents.add(make_message("mine", id="u", role=Role.USER))
    assert view.following
    assert "mine" in view.visible_text()


def test_a_saved_position_is_restored(view: TranscriptView, make_message: Make) -> None:
    messages = conversation(make_message, 200)
    show_messages(view, messages, Anchor("m77", 40.0))
    assert view.anchor() == Anchor("m77", 40.0)
    assert not view.following
    assert "Message 77" in view.visible_text()


def test_a_position_deep_in_a_large_reply_is_found_once_it_is_parsed(
    view: TranscriptView, make_message: Make, qtbot: QtBot
) -> None:
    text = "".join(f"Paragraph {number}.\n\n" for number in range(5_000))
    show_messages(view, [make_message(text)], Anchor("m", 100_000.0))
    assert view.anchor() == Anchor("m", 100_000.0)
    qtbot.waitUntil(lambda: not view.busy)
    assert abs(view.parts.scene.top - 100_000.0) < 1.0
    anchor = view.anchor()
    assert anchor is not None
    assert anchor.leaf is not None
    assert anchor.leaf > 2_000
    show_messages(view, [make_message(text)], anchor)
    qtbot.waitUntil(lambda: not view.busy)
    assert view.anchor() == anchor
    assert f"Paragraph {anchor.leaf}." in view.visible_text()


def test_the_position_of_a_message_that_is_gone_is_ignored(
    view: TranscriptView, make_message: Make
) -> None:
    show_messages(view, conversation(make_message, 30), Anchor("gone", 5.0))
    assert view.following
    assert at_end(view)


def test_scrolling_up_never_jumps(view: TranscriptView, make_message: Make) -> None:
    messages = [
        make_message("word " * (number * 37 % 400), id=f"m{number}") for number in range(200)
    ]
    show_messages(view, messages)
    for _ in range(80):
        scene = view.parts.scene
        first = next(iter(scene.visible_rows(0.0, 1.0)))
        scroll(view, -66)
        moved = [y for index, row, y in scene.visible_rows(0.0, 600.0) if (index, row) == first[:2]]
        assert moved
        assert moved[0] == pytest.approx(first[2] + 66, abs=1.0)


def test_a_resize_keeps_the_line_under_the_eye(view: TranscriptView, make_message: Make) -> None:
    show_messages(view, conversation(make_message, 200))
    scroll(view, -5_000)
    place = view.parts.scene.place
    view.resize(500, 600)
    QApplication.processEvents()
    assert (view.parts.scene.place.item, view.parts.scene.place.row) == (place.item, place.row)


def test_a_change_of_theme_keeps_the_position_and_changes_the_colours(
    view: TranscriptView, make_message: Make
) -> None:
    show_messages(view, conversation(make_message, 50))
    scroll(view, -1_000)
    anchor = view.anchor()
    pictures = []
    for theme in (LIGHT, DARK, HIGH_CONTRAST):
        view.apply_theme(theme)
        assert view.anchor() == anchor
        pictures.append(picture(view))
    assert pictures[0] != pictures[1] != pictures[2]


def test_a_saved_position_is_the_same_line_again(
    view: TranscriptView, make_message: Make, qtbot: QtBot
) -> None:
    table = "".join(f"| `name{number}` | what it does |\n" for number in range(60))
    text = f"Some words first.\n\n| Name | What |\n|:--|:--|\n{table}\nThe end."
    messages = [make_message("q", id="q", role=Role.USER), make_message(text, id="r")]
    show_messages(view, messages)
    qtbot.waitUntil(lambda: not view.busy)
    view.verticalScrollBar().setValue(0)
    scroll(view, 700)
    lines = list(view.parts.scene.visible_rows(0, 300))
    show_messages(view, messages, view.anchor())
    qtbot.waitUntil(lambda: not view.busy)
    assert list(view.parts.scene.visible_rows(0, 300)) == lines


def test_keys_scroll(view: TranscriptView, make_message: Make) -> None:
    show_messages(view, conversation(make_message, 50))
    steps: tuple[tuple[Key, Callable[[], bool]], ...] = (
        (Key.Key_PageUp, lambda: not view.following),
        (Key.Key_Home, lambda: view.verticalScrollBar().value() == 0),
        (Key.Key_Down, lambda: view.verticalScrollBar().value() == 24),
        (Key.Key_PageDown, lambda: view.verticalScrollBar().value() > 500),
        (Key.Key_End, lambda: view.following and at_end(view)),
    )
    for key, check in steps:
        QTest.keyClick(view, key)
        assert check(), key


def test_the_scroll_bar_comes_with_the_first_hidden_line_and_moves_nothing(
    view: TranscriptView, make_message: Make, qtbot: QtBot
) -> None:
    show_messages(view, [make_message("short", id="q"), make_message(id="r", **RUNNING)])
    bubble = view.parts.scene.bubble(1)
    assert not view.verticalScrollBar().isVisible()
    view.contents.append("r", "text", "One more paragraph.\n\n" * 60)
    qtbot.waitUntil(view.verticalScrollBar().isVisible)
    assert at_end(view)
    assert view.parts.scene.bubble(1) == bubble
    assert bubble.left + bubble.width / 2 == view.width() / 2


def test_a_moved_position_is_told(view: TranscriptView, make_message: Make, qtbot: QtBot) -> None:
    show_messages(view, conversation(make_message, 50))
    with qtbot.waitSignal(view.position_changed):
        scroll(view, -100)


def test_the_button_leads_to_the_latest_text(view: TranscriptView, make_message: Make) -> None:
    show_messages(view, [*conversation(make_message, 50), make_message(id="r", **RUNNING)])
    scroll(view, -2_000)
    plain = picture(view)
    view.contents.append("r", "text", "new")
    assert picture(view) != plain  # The dot.
    middle = view.viewport().rect().center()
    middle.setY(view.viewport().height() - 32)
    QTest.mouseMove(view.viewport(), middle)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert view.following
    assert at_end(view)


def test_a_huge_event_is_worked_on_in_steps(
    view: TranscriptView, make_message: Make, qtbot: QtBot
) -> None:
    show_messages(view, [make_message(id="r", **RUNNING)])
    text = "A line of **words**.\n\n" * 10_000
    view.contents.append("r", "text", text)
    assert view.busy
    qtbot.waitUntil(lambda: not view.busy)
    assert view.contents.text("r") == text
    assert at_end(view)
    done = replace(make_message(id="r"), parts=(TextPart(text),), state=MessageState.COMPLETE)
    view.contents.update(done)


def test_a_link_leads_somewhere_when_its_target_arrives(
    view: TranscriptView, aim: Any, make_message: Make
) -> None:
    show_messages(view, [make_message("See [the page][1], really.\n\n", id="r", **RUNNING)])
    assert not [hot for row in aim.rows() for hot in row[1].hots]
    view.contents.append("r", "text", "More.\n\nAnd more.\n\n[1]: https://example.org\n")
    [link] = [hot.action for row in aim.rows() for hot in row[1].hots]
    assert link == OpenLink("https://example.org")


def test_a_hidden_view_takes_text_and_shows_it_later(
    view: TranscriptView, make_message: Make
) -> None:
    show_messages(view, [make_message("start", id="r", **RUNNING)])
    view.hide()
    before = view.layouts_made
    for _ in range(20):
        view.contents.append("r", "text", " more")
    assert view.layouts_made == before
    view.show()
    assert view.visible_text().endswith("more more")


def test_an_empty_view_can_be_used(view: TranscriptView) -> None:
    show_messages(view, [])
    for key in (Key.Key_Home, Key.Key_End, Key.Key_PageUp):
        QTest.keyClick(view, key)
    view.selecting.select_all()
    view.clipboard.copy_selection()
    assert view.clipboard.selected() == ""
    assert view.clipboard.everything() == ""
    assert view.anchor() is None
    picture(view)


def test_a_narrow_view_is_painted(view: TranscriptView, make_message: Make) -> None:
    view.resize(180, 300)
    show_messages(view, conversation(make_message, 4))
    picture(view)
    assert "words of a paragraph" in view.visible_text()
