# SPDX-License-Identifier: MIT
"""The sidebar of the running program puts conversations in order, and shows what became of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.draft import Draft
from chatglm_desktop.gui.dialogs.frame import Frame
from chatglm_desktop.gui.sidebar.controller import LibraryController
from chatglm_desktop.gui.sidebar.dialogs import DeletionQuestion, PromptDialog
from chatglm_desktop.gui.sidebar.view import LibraryView
from chatglm_desktop.gui.sidebar.wish import Wish
from chatglm_desktop.settings.paths import Paths
from chatglm_desktop.store import Store
from tests.helpers.theatre import Play, Theatre
from tests.helpers.widgets import child


def index(play: Play, text: str) -> QModelIndex:
    view = play.window.sidebar.view
    rows = (view.list.index(row) for row in range(view.list.rowCount()))
    return next(row for row in rows if view.line(row).text == text)


def wish(play: Play, verb: str, *texts: str, **values: str | None) -> None:
    """As if chosen in a menu."""
    view = play.window.sidebar.view
    numbers = tuple(view.list.number(index(play, text).row()) for text in texts)
    view.ask(Wish(verb, numbers, **values))  # type: ignore[arg-type]


async def name_folder(play: Play, name: str) -> None:
    """Wait until the name of a new folder can be written, and write it."""
    view = play.window.sidebar.view

    def editor() -> QLineEdit | None:
        # The one before may not be gone yet.
        fields = view.findChildren(QLineEdit)
        return next((f for f in fields if f.isVisible() and f.text() == "New folder"), None)

    await play.until(editor)
    field = editor()
    assert field is not None
    QTest.keyClicks(field, name)
    QTest.keyClick(field, Qt.Key.Key_Return)
    await play.until(
        lambda: name in {folder.name for folder in play.conversations.folders.values()}
    )


async def filled(play: Play) -> LibraryView:
    """Three conversations, A the newest."""
    for at, id in enumerate("cba"):
        await play.store.create_conversation(ConversationSummary(id, id.upper(), 1.0, 1.0 + at))
    await play.conversations.load()
    await play.until(lambda: play.lines() == ["A", "B", "C"])
    return play.window.sidebar.view


def test_a_question_makes_a_conversation_that_is_listed(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        view = await filled(play)
        play.window.sidebar.open_requested.emit("c")
        await play.until(lambda: "c" in play.workspace.loaded())
        await play.until(lambda: view.line(view.currentIndex()).text == "C")
        play.page.composer.set_text("And?")
        play.page.composer.submit()
        request = await play.request()
        await play.until(lambda: play.lines() == ["C", "A", "B"])
        assert view.line(index(play, "C")).badge == "streaming"
        await request.writer.finish()
        await play.until(lambda: view.line(index(play, "C")).badge == "none")

    theatre.play(act)


def test_folders_are_made_named_filled_and_emptied(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        view = await filled(play)
        wish(play, "new_folder", "B", "C")
        await name_folder(play, "Work")
        await play.until(lambda: play.lines() == ["Work", ".B", ".C", "A"])
        work = view.line(index(play, "Work")).id
        wish(play, "new_folder", parent_id=work)
        await name_folder(play, "Inner")
        await play.until(lambda: play.lines() == ["Work", ".Inner", ".B", ".C", "A"])
        inner = view.line(index(play, "Inner")).id
        wish(play, "colour_folder", folder_id=inner, value="red")
        await play.until(lambda: view.line(index(play, "Inner")).colour == "red")
        wish(play, "move_folder", folder_id=inner, parent_id=None)
        await play.until(lambda: play.lines()[0] == "Inner")
        view.toggle(index(play, "Work"))
        await play.until(lambda: play.lines() == ["Inner", "Work", "A"])
        wish(play, "trash_folder", folder_id=work)
        await play.until(lambda: play.lines() == ["Inner", "A"])
        play.window.undo_requested.emit()
        await play.until(lambda: play.lines() == ["Inner", "Work", "A"])

    theatre.play(act)


def test_conversations_are_pinned_coloured_moved_and_archived(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        view = await filled(play)
        folder = play.organiser.new_folder("Work")
        wish(play, "pin", "C")
        await play.until(lambda: play.lines() == ["C", "Work", "A", "B"])
        wish(play, "unpin", "C")
        wish(play, "move", "B", folder_id=folder)
        await play.until(lambda: play.lines() == ["Work", ".B", "A", "C"])
        wish(play, "colour", "A", "C", value="green")
        await play.until(lambda: view.line(index(play, "C")).colour == "green")
        wish(play, "archive", "A", "C")
        await play.until(lambda: play.lines() == ["Work", ".B"])
        play.window.sidebar.show_shelf("archive")
        await play.until(lambda: play.lines() == ["A", "C"])
        wish(play, "unarchive", "A")
        await play.until(lambda: play.lines() == ["C"])

    theatre.play(act)


def test_the_trash_gives_back_or_deletes_after_a_question(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await filled(play)
        wish(play, "trash", "A", "B", "C")
        await play.until(lambda: play.lines() == [])
        play.window.sidebar.show_shelf("trash")
        await play.until(lambda: sorted(play.lines()) == ["A", "B", "C"])
        wish(play, "restore", "B")
        await play.until(lambda: sorted(play.lines()) == ["A", "C"])
        wish(play, "delete_forever", "A")
        press(child(play.window, DeletionQuestion), "Cancel")
        await play.until(lambda: play.window.findChild(DeletionQuestion) is None)
        assert sorted(play.lines()) == ["A", "C"]
        wish(play, "delete_forever", "A")
        press(child(play.window, DeletionQuestion), "Delete for good")
        await play.until(lambda: play.lines() == ["C"])
        await play.until(lambda: play.window.findChild(DeletionQuestion) is None)
        wish(play, "empty_trash")
        press(child(play.window, DeletionQuestion), "Empty the trash")
        await play.until(lambda: play.lines() == [])
        play.window.sidebar.show_shelf("")
        await play.until(lambda: play.lines() == ["B"])

    theatre.play(act)


def press(dialog: Frame, text: str) -> None:
    next(b for b in dialog.findChildren(QPushButton) if b.text() == text).click()


def test_a_folders_system_prompt_is_written_in_a_dialog(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        outer = play.organiser.new_folder("Outer")
        play.organiser.set_folder_prompt(outer, "Be brief.")
        inner = play.organiser.new_folder("Inner", outer)
        await play.until(lambda: play.lines() == ["Outer", ".Inner"])
        wish(play, "folder_prompt", folder_id=inner)
        dialog = child(play.window, PromptDialog)
        field = child(dialog, QPlainTextEdit)
        assert field.placeholderText() == "Be brief."
        field.setPlainText("Be thorough.")
        press(dialog, "Save")
        await play.until(lambda: play.conversations.folders[inner].system_prompt == "Be thorough.")
        wish(play, "restore_folder", folder_id=inner)

    theatre.play(act)


def test_a_prompt_that_was_written_is_not_thrown_away_by_escape(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        folder = play.organiser.new_folder("Work")
        await play.until(lambda: play.lines() == ["Work"])
        wish(play, "folder_prompt", folder_id=folder)
        dialog = child(play.window, PromptDialog)
        field = child(dialog, QPlainTextEdit)
        QTest.keyClicks(field, "Be brief.")
        QTest.keyClick(field, Qt.Key.Key_Escape)
        press(child(dialog, Frame), "Go on writing")
        assert dialog.isVisible()
        dialog.activateWindow()
        await play.until(dialog.isActiveWindow)
        QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert not dialog.isVisible()
        await play.until(lambda: play.conversations.folders[folder].system_prompt == "Be brief.")
        await play.until(lambda: not play.window.findChildren(PromptDialog))
        wish(play, "folder_prompt", folder_id=folder)
        again = child(play.window, PromptDialog)
        child(again, QPlainTextEdit).setPlainText("Other")
        again.reject()
        press(child(again, Frame), "Discard")
        assert not again.isVisible()
        assert play.conversations.folders[folder].system_prompt == "Be brief."
        await play.until(lambda: not play.window.findChildren(PromptDialog))
        wish(play, "folder_prompt", folder_id=folder)
        unchanged = child(play.window, PromptDialog)
        unchanged.reject()
        assert not unchanged.isVisible()

    theatre.play(act)


def test_a_conversation_is_begun_in_a_folder(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        folder = play.organiser.new_folder("Work")
        await play.until(lambda: play.lines() == ["Work"])
        wish(play, "new_in_folder", folder_id=folder)
        play.page.composer.set_text("In here")
        play.page.composer.submit()
        request = await play.request()
        await request.writer.finish()
        await play.until(lambda: play.lines() == ["Work", ".In here"])

    theatre.play(act)


def test_a_copy_is_opened_and_a_window_is_one_of_its_own(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await filled(play)
        wish(play, "duplicate", "B")
        await play.until(lambda: "B (2)" in play.lines())
        await play.until(lambda: play.current_id in play.workspace.loaded())
        assert play.conversations.title(play.current_id) == "B (2)"
        wish(play, "open_in_window", "C")
        await play.until(lambda: "c" in play.workspace.places.windows)
        told: list[object] = []
        controller = child(play.window, LibraryController)
        controller.export_requested.disconnect()
        controller.folder_export_requested.disconnect()
        controller.export_requested.connect(told.append)
        controller.folder_export_requested.connect(told.append)
        wish(play, "export", "A", "B")
        wish(play, "export_folder", folder_id="f")
        await play.until(lambda: told == ["f", ("a", "b")])

    theatre.play(act)


def test_what_another_process_saved_appears(theatre: Theatre, tmp_path: Path) -> None:
    async def act(play: Play) -> None:
        await filled(play)
        other = await Store.open(Paths.at(tmp_path / "data").database)
        await other.create_conversation(ConversationSummary("d", "D", 9.0, 9.0))
        await other.save_draft("d", Draft("x"))
        await other.close()
        await play.conversations.load()
        await play.until(lambda: play.lines() == ["D", "A", "B", "C"])

    theatre.play(act)
