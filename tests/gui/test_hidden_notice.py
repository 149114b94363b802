# SPDX-License-Identifier: MIT
from __future__ import annotations

from pytestqt.qtbot import QtBot

from chatglm_desktop.core.history import Aside
from chatglm_desktop.gui.hidden_notice import HiddenNotice
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.link_button import LinkButton


def offered(notice: HiddenNotice) -> list[str]:
    return [b.text() for b in notice.findChildren(LinkButton) if not b.isHidden()]


def test_it_says_what_is_hidden_and_how_to_see_it(qtbot: QtBot, themes: ThemeManager) -> None:
    notice = HiddenNotice(themes)
    qtbot.addWidget(notice)
    notice.show_aside(Aside(), empty=True)
    assert notice.isHidden()
    notice.show_aside(Aside(beyond=3, removed=2), empty=True)
    assert notice.accessibleName() == "Messages of this conversation, hidden but not lost: 3"
    assert offered(notice) == ["Show them"]
    notice.show_aside(Aside(beyond=1), empty=False)
    assert notice.accessibleName() == "Messages that go on from here, hidden but not lost: 1"
    notice.show_aside(Aside(removed=2), empty=True)
    assert notice.accessibleName() == "Deleted messages that can be restored: 2"
    assert offered(notice) == ["Restore"]
    themes.choose("dark")
    notice.resize(600, 50)
    assert not notice.grab().isNull()
    notice.show_aside(Aside(removed=2), empty=False)
    assert notice.isHidden()
