# SPDX-License-Identifier: MIT
"""What copies put on the clipboard, and that selections live on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.history import History
from chatglm_desktop.core.messages import Message, MessageState, Role
from chatglm_desktop.gui.theme.tokens import DARK
from chatglm_desktop.gui.transcript.input.hits import Hover
from chatglm_desktop.gui.transcript.rows.row import RowAction
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.transcript.rows import Row, RowKind
from chatglm_desktop.transcript.selection import (
    PartKind,
    Position,
    Selection,
    item_end,
    item_start,
)
from tests.helpers.transcripts import show_messages

if TYPE_CHECKING:
    from tests.gui.transcript.conftest import Aim

Make = Callable[..., Message]
FAR = 700.0
TSV = "text/tab-separated-values"
REPLY = (
    "Some **bold** text.\n\n```py\nx = 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
    "$$\nx^2\n$$\n\nEnd."
)


def show(view: TranscriptView, *messages: Message) -> None:
    show_messages(view, list(messages))
    settle(view)


def settle(view: TranscriptView) -> None:
    QApplication.processEvents()
    while view.busy:
        QApplication.processEvents()


def at(leaf: int, character: int, item: int = 0) -> Position:
    return Position(item, PartKind.ANSWER, leaf, character)


def offered(view: TranscriptView) -> QMimeData:
    """What is on the clipboard when all of a copy is made."""
    while view.clipboard.busy:
        QApplication.processEvents()
    return QGuiApplication.clipboard().mimeData()


def pasted() -> str:
    return QGuiApplication.clipboard().text()


def hover(leaf: int) -> Hover:
    return Hover(0, Row(RowKind.LEAF, PartKind.ANSWER, leaf), RowAction("copy_code"))


def test_a_copy_offers_markdown_as_text_and_html(view: TranscriptView, make_message: Make) -> None:
    show(view, make_message(REPLY))
    view.selecting.select(Selection(at(0, 5), at(1, 3)))
    view.clipboard.copy_selection()
    assert pasted() == "**bold** text.\n\n```py\nx =\n```"
    assert "<strong>bold</strong> text." in offered(view).html()
    assert bytes(offered(view).data("text/markdown").data()).decode() == pasted()
    assert not offered(view).hasFormat(TSV)


def test_text_can_be_offered_without_marks(view: TranscriptView, make_message: Make) -> None:
    show(view, make_message(REPLY))
    view.clipboard.set_format("plain")
    view.selecting.select(Selection(at(0, 5), at(1, 3)))
    view.clipboard.copy_selection()
    assert pasted() == "bold text.\n\nx ="
    assert bytes(offered(view).data("text/markdown").data()).startswith(b"**bold**")


def test_cells_are_offered_to_spreadsheets(view: TranscriptView, make_message: Make) -> None:
    show(view, make_message(REPLY))
    view.selecting.select(Selection(at(2, 0), at(3, 3)))
    view.clipboard.copy_selection()
    assert pasted() == bytes(offered(view).data(TSV).data()).decode() == "a\tb\n1\t2"
    assert "<table" in offered(view).html()


def test_the_html_of_long_text_comes_when_it_is_made(
    view: TranscriptView, make_message: Make, qtbot: QtBot
) -> None:
    show(view, make_message("A *paragraph* of words.\n\n" * 2_000))
    view.selecting.select_message(0)
    view.clipboard.copy_selection()
    assert pasted().count("paragraph") == 2_000
    assert not QGuiApplication.clipboard().mimeData().hasHtml()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().mimeData().hasHtml())
    assert QGuiApplication.clipboard().mimeData().html().count("<em>paragraph</em>") == 2_000
    assert pasted().count("paragraph") == 2_000
    view.clipboard.copy_selection()
    QGuiApplication.clipboard().setText("something else")
    settle(view)
    qtbot.waitUntil(lambda: not view.clipboard.busy)
    assert pasted() == "something else"


def test_very_long_text_is_offered_without_html(view: TranscriptView, make_message: Make) -> None:
    show(view, make_message("word **word** " * 20_000))
    view.selecting.select_message(0)
    view.clipboard.copy_selection()
    assert len(pasted()) > 100_000
    assert not offered(view).hasHtml()


def test_nothing_selected_leaves_the_clipboard_alone(
    view: TranscriptView, make_message: Make
) -> None:
    show(view, make_message(REPLY))
    QGuiApplication.clipboard().setText("kept")
    view.clipboard.copy_selection()
    view.selecting.select(Selection(at(0, 5), at(0, 5)))
    view.clipboard.copy_selection()
    view.clipboard.copy_selection_as("html")
    view.selecting.select(Selection(at(0, 18), at(1, 0)))
    view.clipboard.copy_selection_as("csv")
    assert pasted() == "kept"
    assert not view.clipboard.has("csv")


def test_a_selection_is_copied_in_the_kind_that_is_asked_for(
    view: TranscriptView, make_message: Make
) -> None:
    show(view, make_message(REPLY))
    view.selecting.select_all()
    for kind, text in (("latex", "x^2"), ("csv", "a,b\n1,2"), ("markdown", REPLY)):
        view.clipboard.copy_selection_as(kind)  # type: ignore[arg-type]  # pytest has no literals
        assert pasted() == text
    assert view.clipboard.has("latex")


def test_a_table_and_a_formula_are_copied_whole_while_they_are_still_being_parsed(
    view: TranscriptView, make_message: Make, qtbot: QtBot
) -> None:
    cells = [f"{number}\tx" for number in range(1000)]
    table = "a\tb\n" + "\n".join(cells)
    tex = "\n".join(f"x_{{{number}}} +" for number in range(150)) + " 1"
    written = "\n".join(f"| {row} |".replace("\t", " | ") for row in ("a\tb", "-\t-", *cells))
    for text, copy, expected in (
        (written, view.clipboard.copy_table, table),
        (f"$$\n{tex}\n$$", view.clipboard.copy_formula, tex),
    ):
        show_messages(view, [make_message(text)])
        assert view.busy
        copy(hover(0))
        qtbot.waitUntil(lambda: not view.clipboard.busy)
        assert pasted() == expected


def test_messages_and_their_parts_are_copied(view: TranscriptView, make_message: Make) -> None:
    show(view, make_message(REPLY, reasoning="hm"))
    clipboard = view.clipboard
    clipboard.copy_message(0)
    assert pasted() == REPLY
    assert offered(view).hasHtml()
    clipboard.copy_message(0, "plain")
    assert pasted().startswith("Some bold text.\n\nx = 1\n\na\tb")
    clipboard.copy_code(hover(1))
    assert pasted() == "x = 1"
    clipboard.copy_table(hover(3))
    assert pasted() == "a\tb\n1\t2"
    clipboard.copy_table(hover(3), "csv")
    assert pasted() == "a,b\n1,2"
    clipboard.copy_formula(hover(4))
    assert pasted() == "x^2"
    for copy in (clipboard.copy_code, clipboard.copy_table, clipboard.copy_formula):
        copy(hover(0))
    assert pasted() == "x^2"


def test_buttons_of_code_and_tables_copy_in_all_formats(
    view: TranscriptView, make_message: Make
) -> None:
    show(view, make_message(REPLY))
    view.parts.actions.perform(hover(1))
    assert pasted() == "x = 1"
    assert "<pre" in offered(view).html()
    view.parts.actions.perform(replace(hover(2), action=RowAction("copy_table")))
    assert pasted() == bytes(offered(view).data(TSV).data()).decode() == "a\tb\n1\t2"
    assert "<table" in offered(view).html()


def test_the_last_answer_and_the_last_code_are_copied(
    view: TranscriptView, make_message: Make
) -> None:
    assert not view.clipboard.copy_last_answer()
    assert not view.clipboard.copy_last_code()
    show(
        view,
        make_message(REPLY, id="a"),
        make_message("no code here", id="b"),
        make_message("```\nmine\n```", id="q", role=Role.USER),
        make_message("", id="c", state=MessageState.SENDING),
    )
    assert view.clipboard.copy_last_answer()
    assert pasted() == "no code here"
    assert view.clipboard.copy_last_code()
    assert pasted() == "x = 1"


def test_a_selection_survives_whatever_happens_below_it(
    view: TranscriptView, aim: Aim, make_message: Make
) -> None:
    text = "Chosen **words**.\n\nTail | of\n"
    show(view, make_message(text, id="r", state=MessageState.STREAMING, reasoning="thought"))
    aim.drag(aim.text(0, 0.0), aim.text(0, FAR))
    view.clipboard.copy_selection()
    chosen = "Chosen **words**."
    assert view.clipboard.selected() == chosen
    # A paragraph becomes a table, and the table goes on.
    view.contents.append("r", "text", "---|---\n1 | 2\n")
    for number in range(1000):
        view.contents.append("r", "text", f"w{number} " if number % 9 else "\n\n- item ")
    assert view.clipboard.selected() == chosen
    view.resize(500, 400)
    view.apply_theme(DARK)
    view.set_zoom(1.5)
    assert view.clipboard.selected() == chosen
    view.contents.update(make_message(view.contents.text("r"), id="r", reasoning="thought"))
    for number in range(30):
        view.contents.add(make_message("more " * 50, id=f"x{number}"))
    settle(view)
    assert view.clipboard.selected() == pasted() == chosen


def test_a_selection_survives_the_folding_of_thinking(
    view: TranscriptView, aim: Aim, make_message: Make
) -> None:
    show(view, make_message("", id="r", state=MessageState.STREAMING, reasoning="Some thought."))
    view.contents.append("r", "text", "The answer.")
    aim.drag(aim.text(0, 0.0), aim.text(0, FAR))
    aim.click(aim.hot(0))
    assert view.clipboard.selected() == "The answer."
    aim.click(aim.hot(0))
    assert view.clipboard.selected() == "The answer."


def test_a_selection_in_later_messages_survives_a_deletion(
    view: TranscriptView, make_message: Make
) -> None:
    show(view, *(make_message(f"Number {n}", id=str(n)) for n in range(4)))
    view.selecting.select_message(2)
    view.contents.remove("0")
    assert view.clipboard.selected() == "Number 2"
    view.contents.remove("2")
    assert view.clipboard.selected() == ""


def paged(make_message: Make) -> list[Message]:
    return [make_message(f"Number *{n}* here", id=str(n)) for n in range(700)]


def test_a_selection_over_messages_not_at_hand_is_copied_when_they_have_come(
    view: TranscriptView, make_message: Make, qtbot: QtBot
) -> None:
    messages = paged(make_message)
    view.contents.show(History("c", None, 700, 690, tuple(messages[690:])))
    settle_without_history(view)
    asked: list[tuple[int, int]] = []
    view.history_wanted.connect(lambda first, count: asked.append((first, count)))
    QGuiApplication.clipboard().setText("before")
    view.selecting.select(Selection(at(0, 7, 100), item_end(698)))
    view.clipboard.copy_selection()
    assert pasted() == "before"
    told: list[str] = []
    view.told.connect(told.append)
    while not told:
        first, count = asked.pop(0)
        view.contents.take(first, messages[first : first + count])
        if not asked:
            qtbot.waitUntil(lambda: bool(told))
    assert told == ["Copied"]
    assert pasted().startswith("*1")
    assert pasted().count("Number") == 598
    assert pasted().endswith("Number *698* here")


def test_the_user_is_told_when_messages_to_copy_do_not_come(
    view: TranscriptView, make_message: Make, qtbot: QtBot
) -> None:
    messages = paged(make_message)
    view.contents.show(History("c", None, 700, 690, tuple(messages[690:])))
    settle_without_history(view)
    asked: list[int] = []
    view.history_wanted.connect(lambda first, count: asked.append(first))
    QGuiApplication.clipboard().setText("before")
    view.selecting.select(Selection(item_start(100), item_end(698)))
    view.clipboard.copy_selection()
    with qtbot.waitSignal(view.told) as caught:
        view.contents.take(asked[0], [])
    assert caught.args == ["Not copied: messages are missing."]
    view.clipboard.copy_selection()
    with qtbot.waitSignal(view.told):
        show_messages(view, messages)
    assert pasted() == "before"


def settle_without_history(view: TranscriptView) -> None:
    for _ in range(10):
        QApplication.processEvents()


def test_a_middle_click_pastes_nothing_where_there_is_no_primary_selection(
    view: TranscriptView, aim: Aim, make_message: Make, qtbot: QtBot
) -> None:
    show(view, make_message(REPLY))
    with qtbot.assertNotEmitted(view.pasted):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.MiddleButton, pos=QPoint(450, 100))
