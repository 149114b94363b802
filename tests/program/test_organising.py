# SPDX-License-Identifier: MIT
"""Undo and its message, tabs that leave with their conversation, in the real program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from chatglm_desktop.core.draft import Draft

if TYPE_CHECKING:
    from tests.helpers.theatre import Play, Theatre

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(widget: QWidget, modifiers: Qt.KeyboardModifier) -> None:
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_Z, modifiers)


async def saved(play: Play, text: str) -> str:
    """A saved conversation in the tab in front, with a draft only."""
    id = play.current_id
    play.page.composer.set_text(text)
    play.workspace.save()
    await play.conversations.undo.settled()
    await play.until(lambda: id in play.conversations)
    return id


def test_a_tab_leaves_with_its_conversation_and_comes_back(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        id = await saved(play, "draft")
        play.organiser.rename(id, "Tea")
        play.organiser.trash([id])
        await play.until(lambda: id not in play.workspace.row.open_ids())
        toast = play.window.toast
        await play.until(lambda: toast.text() == "“Tea” is in the trash.")
        undo = next(b for b in toast.findChildren(QPushButton) if b.text() == "Undo")
        undo.click()
        await play.until(lambda: play.current_id == id)
        assert toast.text() == "Undone: Delete"
        await play.until(lambda: id in play.workspace.loaded())
        assert play.page.composer.text() == "draft"

    theatre.play(act)


def test_the_keys_undo_in_the_library_unless_a_text_has_the_focus(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        id = await saved(play, "draft")
        play.organiser.rename(id, "Tea")
        play.organiser.rename(id, "Coffee")
        await play.conversations.undo.settled()
        press(play.page.transcript, CONTROL)
        await play.until(lambda: play.conversations.title(id) == "Tea")
        press(play.page.transcript, CONTROL | SHIFT)
        await play.until(lambda: play.conversations.title(id) == "Coffee")
        assert play.window.toast.text() == "Redone: Rename"
        play.page.composer.focus_editor()
        editor = play.window.focusWidget()
        assert editor is not None
        press(editor, CONTROL)
        await play.conversations.undo.settled()
        assert play.conversations.title(id) == "Coffee"

    theatre.play(act)


def test_the_keys_stay_in_the_list_when_a_tab_leaves(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        id = await saved(play, "draft")
        play.workspace.new_tab()
        play.organiser.rename(id, "Tea")
        await play.conversations.undo.settled()
        view = play.window.sidebar.view
        view.setFocus()
        play.organiser.trash([id])
        await play.until(lambda: id not in play.workspace.row.open_ids())
        assert play.window.focusWidget() is view
        QTest.keyClick(view, Qt.Key.Key_Z, CONTROL)
        await play.until(lambda: id in play.workspace.row.open_ids())
        assert play.window.focusWidget() is view

    theatre.play(act)


def test_the_keys_stay_in_the_list_when_another_tab_is_read_for_it(theatre: Theatre) -> None:
    async def prepare(play: Play) -> None:
        await saved(play, "first")
        play.workspace.new_tab()
        await saved(play, "second")

    async def act(play: Play) -> None:
        second = play.current_id
        view = play.window.sidebar.view
        view.setFocus()
        play.organiser.trash([second])
        await play.until(lambda: second not in play.workspace.row.open_ids())
        await play.until(lambda: play.current_id in play.workspace.loaded())
        await play.tasks.finish()
        assert play.window.focusWidget() is view
        play.workspace.new_tab()
        assert play.window.focusWidget() is not view

    theatre.play(prepare)
    theatre.play(act)


def test_the_keys_undo_in_the_library_from_a_field_in_which_nothing_was_written(
    theatre: Theatre,
) -> None:
    async def act(play: Play) -> None:
        id = await saved(play, "draft")
        play.organiser.rename(id, "Tea")
        play.organiser.rename(id, "Coffee")
        await play.conversations.undo.settled()
        play.workspace.new_tab()
        editor = play.window.focusWidget()
        assert editor is not None
        press(editor, CONTROL)
        await play.until(lambda: play.conversations.title(id) == "Tea")
        press(editor, CONTROL | SHIFT)
        await play.until(lambda: play.conversations.title(id) == "Coffee")
        play.page.composer.set_draft(Draft("of last time"))
        press(editor, CONTROL)
        await play.until(lambda: play.conversations.title(id) == "Tea")
        QTest.keyClicks(editor, "x")
        press(editor, CONTROL)
        press(editor, CONTROL | SHIFT)
        await play.conversations.undo.settled()
        assert play.conversations.title(id) == "Tea"

    theatre.play(act)


def test_what_is_deleted_for_good_is_closed(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        id = await saved(play, "draft")
        play.organiser.trash([id])
        await play.until(lambda: id not in play.workspace.row.open_ids())
        play.workspace.open(id)
        await play.until(lambda: id in play.workspace.loaded())
        play.organiser.delete_forever([id])
        await play.until(lambda: id not in play.workspace.row.open_ids())
        await play.tasks.finish()
        assert play.window.notice.isHidden()
        assert await play.store.drafts() in ({}, {play.current_id: Draft("draft")})

    theatre.play(act)
