# SPDX-License-Identifier: MIT
"""The states of tabs: pinned, many, in a list, in two halves, in windows of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QLineEdit

from chatglm_desktop.gui.panes.doubt import DoubtPage
from chatglm_desktop.gui.tabs.list_card import TabList
from tests.helpers.widgets import child

if TYPE_CHECKING:
    from tests.shots.scenes import Photographer


async def tabs(camera: Photographer) -> None:
    play = camera.play
    window, workspace = play.window, play.workspace
    for text in ("question", "other", "third"):
        for scenario in ("answer", "quota"):
            workspace.new_tab()
            camera.send(f"{camera.texts[text]}\n/demo {scenario}")
            await camera.ended()
    ids = window.tabs.ids()
    workspace.pin(ids[2], True)
    workspace.pin(ids[4], True)
    workspace.close(ids[5])
    workspace.places.show(ids[0])
    await camera.picture("tabs-pinned")
    window.tab_verb_requested.emit("all_tabs")
    await camera.picture("tabs-list")
    card = child(window, TabList)
    child(card, QLineEdit).setText("zzz")
    await camera.picture("tabs-list-none")
    card.close()
    workspace.places.split(ids[1])
    await camera.picture("tabs-split")
    window.tab_verb_requested.emit("other_half")
    window.tab_verb_requested.emit("tab_menu")
    above = QApplication.activePopupWidget()
    assert above is not None
    await camera.picture_of(above, "tabs-menu")
    above.close()
    window.pages.show_zone("right")
    await camera.picture("tabs-drop-right")
    window.pages.show_zone("window")
    await camera.picture("tabs-drop-window")
    window.pages.show_zone(None)
    workspace.places.end_split()
    workspace.places.detach(ids[1])
    await camera.picture_of(workspace.places.windows[ids[1]], "tabs-window")
    workspace.places.attach(ids[1])
    question = DoubtPage(window.themes, workspace.title(ids[1]))
    window.pages.pane("left").show_page(question)
    await camera.picture("tabs-doubt")
    workspace.places.show(ids[0])
    question.deleteLater()
