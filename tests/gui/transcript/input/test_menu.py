# SPDX-License-Identifier: MIT
"""The context menus: what they offer where, and that it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.deltas import Image
from chatglm_desktop.core.messages import ImagesPart, Message, Role
from chatglm_desktop.gui.transcript.rows.row import PictureAction
from chatglm_desktop.gui.transcript.view import TranscriptView
from tests.helpers.transcripts import show_messages

if TYPE_CHECKING:
    from tests.gui.transcript.conftest import Aim

Make = Callable[..., Message]

TEXT = """[**bold** link](https://a.example) and `code`

| a | b |
|---|---|
| 1 | 2 |

```py
{code}
```

$$
x^2
$$
"""


@pytest.fixture
def talk(view: TranscriptView, make_message: Make, qtbot: QtBot) -> TranscriptView:
    view.resize(900, 1000)
    text = TEXT.replace("{code}", "\n".join(f"line{n}" for n in range(3)))
    images = (ImagesPart((Image("https://pictures.example/a.png"),)),)
    show_messages(
        view,
        [
            make_message("Question", id="u", role=Role.USER),
            make_message(text, id="a", extra=images),
        ],
    )
    qtbot.waitUntil(lambda: not view.busy)
    return view


def ask(view: TranscriptView, place: QPoint) -> QMenu:
    where = view.viewport().mapToGlobal(place)
    view.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, where))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def action(menu: QMenu, *path: str) -> QAction:
    """The entry with the last text of ``path``, in the submenus of those before."""
    for label in path[:-1]:
        found = next(a for a in menu.actions() if a.text() == label).menu()
        assert isinstance(found, QMenu)
        menu = found
    return next(a for a in menu.actions() if a.text() == path[-1])


def texts(menu: QMenu) -> list[str]:
    return [entry.text() for entry in menu.actions() if entry.text()]


def choose(view: TranscriptView, qtbot: QtBot, place: QPoint, *path: str) -> None:
    menu = ask(view, place)
    action(menu, *path).trigger()
    with qtbot.waitSignal(menu.destroyed):
        menu.close()


def follow_mode(view: TranscriptView) -> str:
    return view.follow_mode


def copied() -> str:
    return QGuiApplication.clipboard().text()


def test_a_link_is_opened_and_copied(talk: TranscriptView, aim: Aim, qtbot: QtBot) -> None:
    link = aim.hot(0)
    with qtbot.waitSignal(talk.link_activated) as opened:
        choose(talk, qtbot, link, "Open link")
    assert opened.args == ["https://a.example"]
    choose(talk, qtbot, link, "Copy link")
    assert copied() == "https://a.example"
    choose(talk, qtbot, link, "Copy link text")
    assert copied() == "bold link"


def test_the_middle_button_opens_a_link(talk: TranscriptView, aim: Aim, qtbot: QtBot) -> None:
    middle = Qt.MouseButton.MiddleButton
    with qtbot.waitSignal(talk.link_activated):
        QTest.mouseClick(talk.viewport(), middle, pos=aim.hot(0))
    with qtbot.waitSignal(talk.link_activated):
        QTest.mouseClick(
            talk.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.ControlModifier,
            aim.hot(0),
        )
    with qtbot.assertNotEmitted(talk.link_activated):
        QTest.mousePress(talk.viewport(), middle, pos=aim.hot(0))
        QTest.mouseRelease(talk.viewport(), middle, pos=QPoint(3, 3))


def test_a_link_that_leads_elsewhere_is_doubted(
    view: TranscriptView, aim: Aim, make_message: Make, qtbot: QtBot
) -> None:
    show_messages(view, [make_message("[www.**bank**.com](http://evil.example)")])
    qtbot.waitUntil(lambda: not view.busy)
    with (
        qtbot.assertNotEmitted(view.link_activated),
        qtbot.waitSignal(view.link_doubted) as doubted,
    ):
        aim.click(aim.hot(0))
    assert doubted.args == ["http://evil.example", "www.bank.com"]


def test_a_table_is_copied_in_several_formats(talk: TranscriptView, aim: Aim, qtbot: QtBot) -> None:
    cell = aim.text(3, 20.0)
    choose(talk, qtbot, cell, "Copy table as", "TSV")
    assert copied() == "a\tb\n1\t2"
    choose(talk, qtbot, cell, "Copy table as", "Markdown")
    assert copied().startswith("| a")


def test_code_is_copied_and_wrapped(talk: TranscriptView, aim: Aim, qtbot: QtBot) -> None:
    code = aim.text(4, 30.0)
    choose(talk, qtbot, code, "Copy code")
    assert copied() == "line0\nline1\nline2"
    choose(talk, qtbot, code, "Wrap lines")
    menu = ask(talk, aim.text(4, 30.0))
    assert action(menu, "Wrap lines").isChecked()
    assert "Show all lines" not in texts(menu)
    with qtbot.waitSignal(menu.destroyed):
        menu.close()


def test_long_code_is_unfolded(
    view: TranscriptView, aim: Aim, make_message: Make, qtbot: QtBot
) -> None:
    show_messages(view, [make_message("```\n" + "line\n" * 40 + "```")])
    qtbot.waitUntil(lambda: not view.busy)
    before = view.parts.scene.geometry.total
    choose(view, qtbot, aim.text(0, 30.0), "Show all lines")
    assert view.parts.scene.geometry.total > before


def test_the_address_of_a_picture_is_copied(talk: TranscriptView, aim: Aim, qtbot: QtBot) -> None:
    hots = [hot.action for _, layout, _, _ in aim.rows() for hot in layout.hots]
    number = hots.index(PictureAction("show", "https://pictures.example/a.png"))
    choose(talk, qtbot, aim.hot(number), "Copy link")
    assert copied() == "https://pictures.example/a.png"


def test_a_formula_is_copied_as_latex(talk: TranscriptView, aim: Aim, qtbot: QtBot) -> None:
    choose(talk, qtbot, aim.text(5, 100.0), "Copy LaTeX")
    assert copied() == "x^2"


def test_the_selection_is_copied_in_several_formats_and_quoted(
    talk: TranscriptView, aim: Aim, qtbot: QtBot
) -> None:
    place = aim.text(0, 5.0)
    menu = ask(talk, place)
    assert not action(menu, "Copy").isEnabled()
    assert "Copy as" not in texts(menu)
    with qtbot.waitSignal(menu.destroyed):
        menu.close()
    aim.drag(aim.text(1, 0.0), aim.text(1, 700.0))
    choose(talk, qtbot, place, "Copy as", "Plain text")
    assert copied() == "bold link and code"
    with qtbot.waitSignal(talk.quote_wanted):
        choose(talk, qtbot, place, "Quote the selection")


def test_a_message_is_copied_asked_again_and_deleted(
    talk: TranscriptView, aim: Aim, qtbot: QtBot
) -> None:
    place = aim.text(1, 700.0)
    choose(talk, qtbot, place, "Copy message as", "HTML")
    assert "<strong>bold</strong>" in copied()
    choose(talk, qtbot, aim.text(0), "Copy message")
    assert copied() == "Question"
    for label, expected in (("Regenerate", "retry"), ("Delete message", "delete")):
        with qtbot.waitSignal(talk.action_requested) as asked:
            choose(talk, qtbot, place, label)
        assert asked.args == ["a", expected]
    talk.set_locked(True)
    menu = ask(talk, place)
    assert not action(menu, "Regenerate").isEnabled()
    with qtbot.waitSignal(menu.destroyed):
        menu.close()


def test_how_far_replies_are_followed_is_chosen(
    talk: TranscriptView, aim: Aim, qtbot: QtBot
) -> None:
    place = aim.text(0)
    assert follow_mode(talk) == "follow"
    choose(talk, qtbot, place, "Follow replies", "For one screen")
    assert follow_mode(talk) == "screen"
    menu = ask(talk, place)
    assert action(menu, "Follow replies", "For one screen").isChecked()
    with qtbot.waitSignal(menu.destroyed):
        menu.close()


def test_a_message_or_all_is_selected(talk: TranscriptView, aim: Aim, qtbot: QtBot) -> None:
    choose(talk, qtbot, aim.text(0), "Select message")
    assert talk.clipboard.selected() == "Question"
    menu = ask(talk, aim.text(0))
    keys = QKeySequence(QKeySequence.StandardKey.SelectAll)
    assert action(menu, "Select all").shortcut() == keys
    action(menu, "Select all").trigger()
    with qtbot.waitSignal(menu.destroyed):
        menu.close()
    assert "Question" in talk.clipboard.selected()


def test_an_empty_view_has_a_menu(view: TranscriptView, qtbot: QtBot) -> None:
    menu = ask(view, QPoint(5, 5))
    assert "Copy message" not in texts(menu)
    with qtbot.waitSignal(menu.destroyed):
        menu.close()
