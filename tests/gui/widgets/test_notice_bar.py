# SPDX-License-Identifier: MIT
"""A notice stays until it is dismissed or cleared."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.icon_button import IconButton
from chatglm_desktop.gui.widgets.notice_bar import NoticeBar, NoticeKind
from tests.helpers.widgets import child


@pytest.fixture
def bar(themes: ThemeManager, qtbot: QtBot) -> NoticeBar:
    bar = NoticeBar(themes)
    qtbot.addWidget(bar)
    bar.resize(600, 60)
    return bar


def test_it_shows_and_speaks_its_text(bar: NoticeBar) -> None:
    assert bar.isHidden()
    bar.show_notice("Read only", "warning")
    assert not bar.isHidden()
    assert bar.text() == bar.accessibleName() == "Read only"
    bar.clear()
    assert bar.isHidden()
    assert bar.text() == ""


def test_the_user_can_dismiss_it(bar: NoticeBar) -> None:
    bar.show_notice("Read only")
    QTest.mouseClick(child(bar, IconButton), Qt.MouseButton.LeftButton)
    assert bar.isHidden()


def test_each_kind_looks_different(bar: NoticeBar, themes: ThemeManager) -> None:
    kinds: tuple[NoticeKind, ...] = ("info", "warning", "bad")
    pictures = []
    for kind in kinds:
        bar.show_notice("Text", kind)
        pictures.append(bar.grab().toImage())
    themes.choose("dark")
    pictures.append(bar.grab().toImage())
    assert all(one != other for one, other in pairwise(pictures))


def test_long_text_wraps(bar: NoticeBar) -> None:
    bar.show_notice("short")
    short = bar.heightForWidth(400)
    bar.show_notice("long " * 100)
    assert bar.heightForWidth(400) > 2 * short
