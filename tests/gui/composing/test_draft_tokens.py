# SPDX-License-Identifier: MIT
"""The count of a draft is that of its whole text, however it was changed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QPlainTextDocumentLayout
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.tokens import estimate
from chatglm_desktop.gui.composing.draft_tokens import DraftTokens
from tests.helpers.widgets import child

TEXTS = st.text(st.sampled_from("ab 中\n🚀{"), max_size=12)
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.floats(0, 1), TEXTS, st.sampled_from(["write", "undo", "count"])),
    max_size=12,
)


def document_of(text: str = "") -> QTextDocument:
    document = QTextDocument()
    document.setDocumentLayout(QPlainTextDocumentLayout(document))
    document.setPlainText(text)
    return document


@settings(deadline=None)
@given(EDITS)
def test_any_changes_are_counted_as_the_whole(
    edits: list[tuple[float, float, str, str]],
) -> None:
    assert QApplication.instance() is not None
    document = document_of()
    tokens = DraftTokens(document)
    for first, second, text, step in edits:
        end = document.characterCount() - 1
        cursor = QTextCursor(document)
        cursor.setPosition(round(first * end))
        cursor.setPosition(round(second * end), QTextCursor.MoveMode.KeepAnchor)
        match step:
            case "write":
                cursor.insertText(text)
            case "undo":
                document.undo()
            case _:
                tokens.count()
    tokens.count()
    assert tokens.tokens == estimate(document.toPlainText())


def test_the_count_follows_a_change_soon(qtbot: QtBot) -> None:
    document = document_of()
    tokens = DraftTokens(document)
    with qtbot.waitSignal(tokens.changed) as changed:
        QTextCursor(document).insertText("hello world")
    assert changed.args == [2]
    with qtbot.waitSignal(tokens.changed) as changed:
        document.clear()
    assert changed.args == [0]


def test_what_costs_the_same_is_not_told(qtbot: QtBot) -> None:
    document = document_of()
    tokens = DraftTokens(document)
    QTextCursor(document).insertText("abc")
    tokens.count()
    with qtbot.assertNotEmitted(tokens.changed):
        QTextCursor(document).insertText("d")
        tokens.count()
        tokens.count()


def test_a_letter_in_a_long_draft_costs_one_line(qtbot: QtBot) -> None:
    document = document_of("word " * 20 + "\n" + "a line of the draft\n" * 5000)
    tokens = DraftTokens(document)
    before = estimate(document.toPlainText())
    assert tokens.tokens == before
    cursor = QTextCursor(document.findBlockByNumber(2500))
    cursor.insertText("中")
    assert child(tokens, QTimer).isActive()
    tokens.count()
    assert tokens.tokens == before + 1
