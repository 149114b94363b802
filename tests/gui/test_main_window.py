# SPDX-License-Identifier: MIT
"""The window arranges, reports keys, remembers its shape and closes only when allowed."""

from __future__ import annotations

from pathlib import Path
from time import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.errors import DatabaseDamaged, DiskFull, StoreError
from chatglm_desktop.gui.actions import specs
from chatglm_desktop.gui.composer import Composer
from chatglm_desktop.gui.dialogs.frame import Frame
from chatglm_desktop.gui.main_window import MainWindow
from chatglm_desktop.gui.sidebar.sidebar import WIDTH
from chatglm_desktop.gui.sidebar.view import LibraryView
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import DARK, LIGHT
from chatglm_desktop.settings.files import Problem
from tests.helpers.listed import Listed
from tests.helpers.widgets import child

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def make(themes: ThemeManager, qtbot: QtBot) -> MainWindow:
    window = MainWindow(themes)
    qtbot.addWidget(window, before_close_func=MainWindow.allow_close)
    return window


@pytest.fixture
def window(themes: ThemeManager, qtbot: QtBot) -> MainWindow:
    window = make(themes, qtbot)
    with qtbot.waitExposed(window):
        window.show()
    return window


def test_the_first_paint_is_told_once(themes: ThemeManager, qtbot: QtBot) -> None:
    window = make(themes, qtbot)
    told: list[bool] = []
    window.painted.connect(lambda: told.append(True))
    with qtbot.waitSignal(window.painted):
        window.show()
    window.repaint()
    assert told == [True]


@pytest.mark.parametrize(
    ("key", "modifiers", "signal"),
    [
        (Qt.Key.Key_T, CTRL, "new_requested"),
        (Qt.Key.Key_N, CTRL, "new_requested"),
        (Qt.Key.Key_W, CTRL, "close_tab_requested"),
        (Qt.Key.Key_C, CTRL | SHIFT, "copy_answer_requested"),
        (Qt.Key.Key_Semicolon, CTRL | SHIFT, "copy_code_requested"),
        (Qt.Key.Key_F7, Qt.KeyboardModifier.NoModifier, "caret_requested"),
        (Qt.Key.Key_Q, CTRL, "close_requested"),
    ],
)
def test_keys_are_reported(
    window: MainWindow,
    qtbot: QtBot,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier,
    signal: str,
) -> None:
    with qtbot.waitSignal(getattr(window, signal)):
        QTest.keyClick(window, key, modifiers)


@pytest.mark.parametrize(
    ("key", "modifiers", "current"),
    [
        (Qt.Key.Key_Tab, CTRL, "b"),
        (Qt.Key.Key_PageDown, CTRL, "b"),
        (Qt.Key.Key_Backtab, CTRL | SHIFT, "c"),
        (Qt.Key.Key_PageUp, CTRL, "c"),
        (Qt.Key.Key_2, CTRL, "b"),
        (Qt.Key.Key_9, CTRL, "c"),
    ],
)
def test_keys_change_the_tab(
    window: MainWindow, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier, current: str
) -> None:
    for id in "abc":
        window.tabs.add_tab(id, id)
    QTest.keyClick(window, key, modifiers)
    assert window.tabs.current_id() == current


def test_the_sidebar_hides_and_comes_back(window: MainWindow, qtbot: QtBot) -> None:
    assert window.sidebar.width() == WIDTH
    QTest.keyClick(window, Qt.Key.Key_B, CTRL)
    assert not window.sidebar.isVisible()
    window.tabs.sidebar_requested.emit()
    assert window.sidebar.isVisible()
    with qtbot.waitSignal(window.new_requested):
        window.sidebar.new_requested.emit()


def test_f2_in_the_list_renames_the_row_with_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    now = time()
    Listed(window.sidebar, now).show(
        ConversationSummary(id, f"Title {id}", now, now) for id in "ab"
    )
    for id in "ab":
        window.tabs.add_tab(id, id)
    view = child(window, LibraryView)
    view.setFocus()
    rows = [view.model().index(row, 0) for row in range(view.model().rowCount())]
    view.setCurrentIndex(next(index for index in rows if index.data() == "Title b"))
    QTest.keyClick(view, Qt.Key.Key_F2)
    assert child(view, QLineEdit).text() == "Title b"
    QTest.keyClick(child(view, QLineEdit), Qt.Key.Key_Escape)
    with qtbot.waitSignal(window.tab_verb_requested) as asked:
        QTest.keyClick(window, Qt.Key.Key_F2)
    assert asked.args == ["rename"]
    window.rename_current()
    qtbot.waitUntil(lambda: child(view, QLineEdit).text() == "Title a")


def test_the_message_field_is_found(window: MainWindow, themes: ThemeManager, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.composer_requested):
        QTest.keyClick(window, Qt.Key.Key_L, CTRL)
    window.focus_composer()
    window.pages.pane("left").show_page(QWidget())
    window.focus_composer()
    page = QWidget()
    composer = Composer(themes, page)
    window.pages.pane("left").show_page(page)
    window.focus_composer()
    assert window.focusWidget() is composer.focusProxy()


def test_it_closes_only_when_allowed(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.close_requested):
        assert not window.close()
    assert window.isVisible()
    window.allow_close()
    with qtbot.assertNotEmitted(window.close_requested):
        assert window.close()


def test_its_shape_is_remembered(themes: ThemeManager, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "window"
    first = make(themes, qtbot)
    first.restore_geometry(file)
    first.resize(700, 500)
    with qtbot.waitExposed(first):
        first.show()
    first.toggle_sidebar()
    first.save_geometry(file)
    second = make(themes, qtbot)
    second.restore_geometry(file)
    assert (second.width(), second.height()) == (700, 500)
    assert second.sidebar.isHidden()


@pytest.mark.parametrize("content", [b"", b"nonsense", "中".encode()])
def test_an_unreadable_shape_is_ignored(window: MainWindow, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "window"
    file.write_bytes(content)
    size = window.size()
    window.restore_geometry(file)
    assert window.size() == size


def test_it_comes_to_the_front(window: MainWindow) -> None:
    window.showMinimized()
    window.bring_to_front()
    assert not window.isMinimized()
    assert window.isVisible()


def test_a_store_error_stands_above_the_pages(window: MainWindow) -> None:
    window.show_store_error(StoreError("no reason"))
    assert StoreError.summary in window.notice.text()
    window.show_store_error(DiskFull())
    window.show_store_error(StoreError("what follows from it"))
    assert window.notice.text() == f"{DiskFull.summary}\n{DiskFull.hint}"
    assert window.notice.isVisible()


def test_dialogs(window: MainWindow, qtbot: QtBot) -> None:
    for show in (window.show_about, lambda: window.show_bug("Traceback")):
        show()
        dialog = child(window, Frame)
        with qtbot.waitSignal(dialog.destroyed):
            dialog.close()
    window.show_fatal(DatabaseDamaged())
    with qtbot.waitSignal(window.close_requested):
        child(window, QDialog).close()


def test_every_key_is_used_once() -> None:
    keys = [key for spec in specs() for key in spec.keys]
    assert len(keys) == len(set(keys))


def test_it_follows_the_theme(window: MainWindow, themes: ThemeManager) -> None:
    def ground() -> str:
        return window.grab().toImage().pixelColor(window.width() - 40, window.height() - 40).name()

    assert ground() == LIGHT.surface
    themes.choose("dark")
    assert ground() == DARK.surface


def test_a_problem_with_the_settings_is_told_with_the_place_of_the_old_file(
    window: MainWindow,
) -> None:
    window.show_settings_problem(Problem("not an object"))
    assert window.notice.text() == (
        "The settings could not be read; the defaults are used. (not an object)"
    )
    window.show_settings_problem(Problem("not understood", Path("old.json"), ("theme",)))
    assert window.notice.text() == (
        "Some settings make no sense and have their first values: theme\n"
        "The file as it was: old.json"
    )
