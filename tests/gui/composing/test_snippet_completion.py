# SPDX-License-Identifier: MIT
"""A slash in an empty line offers snippets; nothing else does, and writing goes on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.composer import Composer
from chatglm_desktop.gui.composer_editor import ComposerEditor
from chatglm_desktop.gui.composing.snippet_list import SnippetList, SnippetListModel
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.settings.options import SavedPrompt
from tests.helpers.widgets import child

KEY = Qt.Key
PROMPTS = (
    SavedPrompt("Translate into", "Translate into {{language}}: "),
    SavedPrompt("解释代码", "请逐行解释这段代码。"),
    SavedPrompt("To do", "- [ ] one\n- [ ] two"),
    SavedPrompt("Reviewer", "You review.", "system"),
)


@pytest.fixture
def composer(themes: ThemeManager, qtbot: QtBot) -> Iterator[Composer]:
    window = QWidget()
    window.resize(800, 500)
    composer = Composer(themes)
    layout = QVBoxLayout(window)
    layout.addStretch(1)
    layout.addWidget(composer)
    with qtbot.waitExposed(window):
        window.show()
    composer.snippets.set_snippets(PROMPTS)
    composer.focus_editor()
    yield composer
    window.close()
    window.deleteLater()


@pytest.fixture
def editor(composer: Composer) -> ComposerEditor:
    return child(composer, ComposerEditor)


def offered(composer: Composer) -> list[str] | None:
    """The names that are listed; None while there is no list."""
    snippets = composer.snippets.list
    return snippets.names() if snippets is not None and snippets.isVisible() else None


def commit(editor: ComposerEditor, text: str) -> None:
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(editor, event)


def test_a_slash_offers_all_snippets(composer: Composer, editor: ComposerEditor) -> None:
    QTest.keyClicks(editor, "/")
    assert offered(composer) == ["Translate into", "解释代码", "To do"]
    assert editor.hasFocus()


@pytest.mark.parametrize("slash", ["/", "／", "、"])
def test_what_an_input_method_writes_for_a_slash_does_too(
    composer: Composer, editor: ComposerEditor, slash: str
) -> None:
    commit(editor, slash)
    assert offered(composer) is not None


def test_a_slash_in_a_later_line_that_is_empty_does(
    composer: Composer, editor: ComposerEditor
) -> None:
    QTest.keyClicks(editor, "Hello")
    QTest.keyClick(editor, KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(editor, "/to")
    assert offered(composer) == ["To do", "Translate into"]
    QTest.keyClick(editor, KEY.Key_Return)
    assert composer.text() == "Hello\n- [ ] one\n- [ ] two"


def test_a_slash_after_text_a_paste_and_a_draft_offer_nothing(
    composer: Composer, editor: ComposerEditor
) -> None:
    QTest.keyClicks(editor, "and/")
    assert offered(composer) is None
    composer.clear()
    editor.insertPlainText("/usr")
    assert offered(composer) is None
    composer.clear()
    QTest.keyClicks(editor, "a")
    QTest.keyClick(editor, KEY.Key_Home)
    QTest.keyClicks(editor, "/")
    assert offered(composer) is None


def test_typing_filters_and_what_fits_nothing_is_plain_text(
    composer: Composer, editor: ComposerEditor, qtbot: QtBot
) -> None:
    QTest.keyClicks(editor, "/tran")
    assert offered(composer) == ["Translate into"]
    QTest.keyClick(editor, KEY.Key_Backspace)
    QTest.keyClick(editor, KEY.Key_Backspace)
    assert offered(composer) == ["Translate into"]
    QTest.keyClicks(editor, "x")
    assert offered(composer) is None
    with qtbot.waitSignal(composer.submitted):
        QTest.keyClick(editor, KEY.Key_Return)


def test_an_input_method_filters_when_it_has_chosen(
    composer: Composer, editor: ComposerEditor
) -> None:
    QTest.keyClicks(editor, "/")
    QApplication.sendEvent(editor, QInputMethodEvent("jie", []))
    QTest.keyClick(editor, KEY.Key_Down)
    QTest.keyClick(editor, KEY.Key_Escape)
    assert offered(composer) is not None
    commit(editor, "解释")
    assert offered(composer) == ["解释代码"]


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Enter, KEY.Key_Tab])
def test_keys_insert_the_chosen_snippet(
    composer: Composer, editor: ComposerEditor, qtbot: QtBot, key: Qt.Key
) -> None:
    QTest.keyClicks(editor, "/")
    QTest.keyClick(editor, KEY.Key_Down)
    with qtbot.assertNotEmitted(composer.submitted):
        QTest.keyClick(editor, key)
    assert composer.text() == "请逐行解释这段代码。"
    assert offered(composer) is None
    editor.undo()
    assert composer.text() == "/"


def test_a_click_inserts(composer: Composer, editor: ComposerEditor) -> None:
    QTest.keyClicks(editor, "/")
    snippets = composer.snippets.list
    assert snippets is not None
    view = child(snippets, QListView)
    place = view.visualRect(view.model().index(2, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert composer.text() == "- [ ] one\n- [ ] two"
    assert editor.hasFocus()


def test_the_last_row_makes_a_new_snippet(
    composer: Composer, editor: ComposerEditor, qtbot: QtBot
) -> None:
    QTest.keyClicks(editor, "/")
    QTest.keyClick(editor, KEY.Key_Up)
    with qtbot.waitSignal(composer.snippet_wanted) as wanted:
        QTest.keyClick(editor, KEY.Key_Return)
    assert wanted.args == [""]
    assert offered(composer) is None


def test_escape_closes_and_the_slash_stays(
    composer: Composer, editor: ComposerEditor, qtbot: QtBot
) -> None:
    composer.set_running(True)
    QTest.keyClicks(editor, "/")
    with qtbot.assertNotEmitted(composer.stop_requested):
        QTest.keyClick(editor, KEY.Key_Escape)
    assert offered(composer) is None
    QTest.keyClicks(editor, "t")
    assert (offered(composer), composer.text()) == (None, "/t")


def test_leaving_the_line_or_the_field_closes(
    composer: Composer, editor: ComposerEditor, qtbot: QtBot
) -> None:
    QTest.keyClicks(editor, "/")
    QTest.keyClick(editor, KEY.Key_Left)
    assert offered(composer) is None
    composer.clear()
    QTest.keyClicks(editor, "/")
    editor.clearFocus()
    qtbot.waitUntil(lambda: offered(composer) is None)
    composer.clear()
    composer.focus_editor()
    QTest.keyClicks(editor, "/")
    composer.hide()
    assert offered(composer) is None


def test_without_snippets_enter_still_sends(
    composer: Composer, editor: ComposerEditor, qtbot: QtBot
) -> None:
    composer.snippets.set_snippets(())
    QTest.keyClicks(editor, "/")
    assert offered(composer) == []
    with qtbot.waitSignal(composer.submitted):
        QTest.keyClick(editor, KEY.Key_Return)
    QTest.keyClick(editor, KEY.Key_Down)
    with qtbot.waitSignal(composer.snippet_wanted):
        QTest.keyClick(editor, KEY.Key_Return)


def test_the_list_stays_in_the_window_and_is_drawn_in_every_theme(
    composer: Composer, editor: ComposerEditor, themes: ThemeManager
) -> None:
    window = composer.window()
    window.resize(300, 400)
    QTest.keyClicks(editor, "/")
    snippets = child(window, SnippetList)
    assert window.rect().contains(snippets.geometry().adjusted(10, 10, -10, -10))
    pictures = []
    for theme in ("light", "dark", "high-contrast"):
        themes.choose(theme)
        pictures.append(snippets.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2]


def test_keeps_the_rules_of_a_qt_model(qtmodeltester: object, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    model = SnippetListModel(parent)
    model.set_snippets(PROMPTS)
    qtmodeltester.check(model)  # type: ignore[attr-defined] # the plugin's fixture has no type
    index = model.index(0)
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == PROMPTS[0].text


@pytest.mark.parametrize(("selected", "kept"), [("", "one two"), ("two", "two")])
def test_the_menu_saves_a_text_as_a_snippet(
    composer: Composer, editor: ComposerEditor, qtbot: QtBot, selected: str, kept: str
) -> None:
    composer.set_text("one two")
    if selected:
        editor.find("one", editor.document().FindFlag.FindBackward)
        editor.moveCursor(editor.textCursor().MoveOperation.Start)
        assert editor.find(selected)
    place = editor.viewport().rect().center()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(
        editor.viewport(), QContextMenuEvent(reason, place, editor.mapToGlobal(place))
    )
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    with qtbot.waitSignal(composer.snippet_wanted) as wanted:
        menu.actions()[-1].trigger()
    assert wanted.args == [kept]
    menu.close()
