# SPDX-License-Identifier: MIT
"""What can be done with single messages, through the real window and over a real socket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from chatglm_desktop.gui.dialogs.link import LinkDialog
from tests.helpers.widgets import child

if TYPE_CHECKING:
    from chatglm_desktop.transcript.tools import ToolName
    from tests.helpers.theatre import Play, Theatre


def use(play: Play, item: int, name: ToolName) -> None:
    play.page.transcript.parts.overlay.tools.use(item, name)


def test_a_question_is_edited_and_the_draft_comes_back(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.ask("one", "first")
        composer = play.page.composer
        composer.set_text("draft")
        use(play, 0, "edit")
        assert composer.text() == "one"
        assert composer.draft().text == "draft"
        composer.set_text("two")
        composer.submit()
        await play.reply("second")
        assert play.texts() == ["two", "second"]
        assert composer.text() == "draft"
        assert not composer.editing

    theatre.play(act)


def test_a_deleted_message_comes_back_by_undo(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.ask("one", "first")
        use(play, 0, "edit")
        use(play, 0, "delete")
        assert not play.page.composer.editing
        await play.until(lambda: play.texts() == ["first"])
        assert play.window.toast.text() == "Message deleted"
        undo = next(b for b in play.window.toast.findChildren(QPushButton) if b.text() == "Undo")
        undo.click()
        await play.until(lambda: play.texts() == ["one", "first"])

    theatre.play(act)


def test_an_answer_is_asked_for_again_and_quoted(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.ask("one", "first")
        play.page.transcript.selecting.select_message(1)
        play.page.composer.set_text("draft")
        use(play, 1, "quote")
        assert play.page.composer.text() == "draft\n\n> first\n\n"
        use(play, 1, "regenerate")
        use(play, 0, "delete")
        await play.reply("second")
        assert play.texts() == ["one", "second"]

    theatre.play(act)


def test_a_link_that_leads_elsewhere_is_asked_about(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        opened: list[str] = []
        page = play.page
        page.link_activated.disconnect()
        page.link_activated.connect(opened.append)
        page.transcript.link_doubted.emit("http://evil.example", "www.bank.com")
        dialog = child(play.window, LinkDialog)
        assert dialog.isVisible()
        assert opened == []
        QTest.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
        assert opened == ["http://evil.example"]

    theatre.play(act)
