# SPDX-License-Identifier: MIT
"""Copies of whole conversations are made between events, and looked at no longer than needed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.messages import Message
from chatglm_desktop.gui.transcript.view import TranscriptView
from tests.helpers.transcripts import show_messages

Make = Callable[..., Message]
COUNT = 3_000


@pytest.fixture
def talk(view: TranscriptView, make_message: Make, qtbot: QtBot) -> TranscriptView:
    """A long conversation without formulas, of which everything is selected."""
    texts = [f"Number *{number}* costs $5." for number in range(COUNT)]
    show_messages(view, [make_message(text, id=text) for text in texts])
    qtbot.waitUntil(lambda: not view.busy)
    view.selecting.select_all()
    QGuiApplication.clipboard().setText("before")
    return view


def pasted() -> str:
    return QGuiApplication.clipboard().text()


def test_everything_is_copied_between_events(talk: TranscriptView, qtbot: QtBot) -> None:
    told: list[str] = []
    talk.told.connect(told.append)
    talk.clipboard.copy_selection_as("plain")
    assert pasted() == "before"
    assert talk.clipboard.busy
    qtbot.waitUntil(lambda: not talk.clipboard.busy, timeout=30_000)
    assert pasted().count("Number") == COUNT
    assert pasted().endswith("Number 2999 costs $5.")
    assert told == ["Copied"]


def test_what_was_copied_meanwhile_stays(talk: TranscriptView, qtbot: QtBot) -> None:
    talk.clipboard.copy_selection_as("plain")
    QGuiApplication.clipboard().setText("newer")
    assert not talk.clipboard.busy
    assert pasted() == "newer"


def test_a_copy_ends_when_messages_go(
    talk: TranscriptView, make_message: Make, qtbot: QtBot
) -> None:
    talk.clipboard.copy_selection_as("plain")
    with qtbot.waitSignal(talk.told) as caught:
        show_messages(talk, [make_message("other")])
    assert caught.args == ["Not copied: messages are missing."]
    assert not talk.clipboard.busy
    assert pasted() == "before"


def test_text_on_the_clipboard_stays_when_messages_go(
    talk: TranscriptView, make_message: Make, qtbot: QtBot
) -> None:
    talk.clipboard.copy_selection()
    qtbot.waitUntil(lambda: pasted() != "before", timeout=30_000)
    show_messages(talk, [make_message("other")])
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().mimeData().hasHtml(), timeout=30_000)
    assert pasted().count("Number") == COUNT


def test_a_menu_takes_for_there_what_it_has_no_time_to_look_for(talk: TranscriptView) -> None:
    assert talk.clipboard.has("latex")
    talk.selecting.select_message(0)
    assert not talk.clipboard.has("latex")
    talk.selecting.select(None)
    assert not talk.clipboard.has("markdown")
