# SPDX-License-Identifier: MIT
"""A bug in a painter is told like any other, and the program lives on and paints again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.errors import Failure
from chatglm_desktop.gui.composer import Composer
from chatglm_desktop.gui.sidebar.sidebar import Sidebar
from chatglm_desktop.gui.tabs.bar import TabBar
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.transcript.rows.row import FailureText
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.gui.widgets.elided_label import ElidedLabel
from chatglm_desktop.gui.widgets.icon_button import IconButton
from chatglm_desktop.gui.widgets.notice_bar import NoticeBar
from chatglm_desktop.gui.widgets.toast import Toast
from tests.helpers.listed import Listed

GUI = "chatglm_desktop.gui"


def describe(failure: Failure) -> FailureText:
    return FailureText(failure.kind, failure.words)


def full_sidebar(themes: ThemeManager) -> Sidebar:
    sidebar = Sidebar(themes, lambda: 0.0)
    sidebar.resize(300, 200)
    sidebar.show()
    Listed(sidebar, 0.0).show([ConversationSummary("a", "Title", 0.0, 0.0)])
    return sidebar


def notice(themes: ThemeManager) -> NoticeBar:
    bar = NoticeBar(themes)
    bar.show_notice("words")
    return bar


def toast(themes: ThemeManager) -> QWidget:
    host = QWidget()
    host.resize(300, 200)
    Toast(themes, host).show_message("words")
    return host


PAINTERS: dict[str, tuple[Callable[[ThemeManager], QWidget], str]] = {
    "button": (lambda t: IconButton(t, "plus", "Name"), "theme.icons.Icons.pixmap"),
    "card": (Composer, "composing.card.paint_card"),
    "label": (lambda t: ElidedLabel(t, 12), "widgets.elided_label.QColor"),
    "list": (full_sidebar, "sidebar.delegate._elided"),
    "empty list": (lambda t: Sidebar(t, lambda: 0.0), "sidebar.view.QColor"),
    "notice": (notice, "widgets.notice_bar.QColor"),
    "tabs": (TabBar, "tabs.bar.QColor"),
    "toast": (toast, "widgets.toast.paint_card"),
    "transcript": (lambda _: TranscriptView(describe), "transcript.view.ScenePainter"),
}


@pytest.mark.parametrize(("make", "broken"), PAINTERS.values(), ids=PAINTERS)
def test_a_painter_that_fails_is_told_and_can_paint_again(
    themes: ThemeManager,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[ThemeManager], QWidget],
    broken: str,
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    widget = make(themes)
    qtbot.addWidget(widget)
    widget.resize(300, 200)
    whole = widget.grab().toImage()
    # What was caught keeps all that the painter had in its hands alive until the end.
    with monkeypatch.context() as patch:
        patch.setattr(f"{GUI}.{broken}", fail)
        with pytest.raises(ZeroDivisionError) as caught:
            widget.grab()
    assert widget.grab().toImage() == whole
    assert caught.traceback
