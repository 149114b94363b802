# SPDX-License-Identifier: MIT
"""Messages that wait for the end of a reply, in the real window: written, changed, sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from chatglm_desktop.gui.composer_editor import ComposerEditor
from chatglm_desktop.gui.composing.queue_list import QueueList
from chatglm_desktop.gui.composing.queue_row import HEIGHT, QueueRow
from chatglm_desktop.gui.widgets.link_button import LinkButton
from tests.helpers.widgets import child

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.helpers.theatre import Play, Theatre

ENTER = Qt.Key.Key_Return
ALT = Qt.KeyboardModifier.AltModifier


def editor(play: Play) -> ComposerEditor:
    return child(play.page.composer, ComposerEditor)


def write(play: Play, text: str) -> None:
    """Type a message and send it, or let it wait."""
    play.page.composer.set_text(text)
    QTest.keyClick(editor(play), ENTER)


def rows(play: Play) -> list[QueueRow]:
    queue = play.page.composer.queue
    kept = {row.item.id: row for row in queue.findChildren(QueueRow)}
    return [kept[id] for id in queue.ids]


def waiting(play: Play) -> list[str]:
    return [row.item.question.text for row in rows(play)]


def said(play: Play) -> list[str]:
    contents = play.page.transcript.contents
    return [contents.text(id) for id in play.page.message_ids()]


def clickable(widget: QWidget, name: str) -> QPushButton:
    return next(b for b in widget.findChildren(QPushButton) if b.text() == name)


async def answer(play: Play, text: str) -> None:
    request = await play.request()
    await request.writer.text(text)
    await request.writer.finish()


def test_what_is_written_while_a_reply_runs_is_sent_after_it(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        write(play, "one")
        request = await play.request()
        write(play, "two")
        write(play, "three")
        assert play.page.composer.text() == ""
        assert waiting(play) == ["two", "three"]
        # The same words once more, which nobody has sent yet.
        play.page.composer.set_text("two")
        await request.writer.text("first")
        await request.writer.finish()
        await answer(play, "second")
        await answer(play, "third")
        await play.until(lambda: said(play)[-1] == "third" and not play.page.composer.running)
        assert said(play) == ["one", "first", "two", "second", "three", "third"]
        assert play.page.composer.text() == "two"
        assert child(play.page, QueueList).isHidden()

    theatre.play(act)


def test_a_waiting_message_is_edited_moved_and_taken_out_by_keys(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        write(play, "one")
        request = await play.request()
        for text in ("a", "b", "c"):
            write(play, text)
        composer = play.page.composer
        composer.set_text("draft")
        last = rows(play)[2]
        last.setFocus()
        QTest.keyClick(last, Qt.Key.Key_Up, ALT)
        assert waiting(play) == ["a", "c", "b"]
        QTest.keyClick(last, Qt.Key.Key_Down)
        assert rows(play)[2].hasFocus()
        QTest.keyClick(rows(play)[2], Qt.Key.Key_Delete)
        assert waiting(play) == ["a", "c"]
        assert rows(play)[1].hasFocus()
        clickable(play.window.toast, "Undo").click()
        assert waiting(play) == ["a", "c", "b"]
        QTest.keyClick(rows(play)[0], ENTER)
        assert (composer.text(), composer.draft().text) == ("a", "draft")
        await request.writer.text("first")
        await request.writer.finish()
        await play.until(lambda: not composer.running)
        # What is being edited is not sent.
        assert waiting(play) == ["a", "c", "b"]
        composer.set_text("A")
        QTest.keyClick(editor(play), ENTER)
        assert composer.text() == "draft"
        await answer(play, "to A")
        await play.until(lambda: waiting(play) == ["b"])
        assert said(play)[:-1] == ["one", "first", "A", "to A", "c"]

    theatre.play(act)


def test_after_a_stop_what_waits_says_so_and_goes_on_by_a_click(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        write(play, "one")
        await play.request()
        write(play, "two")
        go_on = child(play.page.composer.queue, LinkButton)
        assert go_on.isHidden()
        QTest.keyClick(editor(play), Qt.Key.Key_Escape)
        await play.until(lambda: not play.page.composer.running)
        assert waiting(play) == ["two"]
        assert go_on.isVisible()
        go_on.click()
        await answer(play, "second")
        await play.until(lambda: said(play)[-1] == "second")

    theatre.play(act)


def test_what_waits_survives_a_closed_tab_and_a_restart(theatre: Theatre) -> None:
    async def leave(play: Play) -> None:
        write(play, "one")
        await play.request()
        write(play, "two")
        id = play.current_id
        play.workspace.close(id)
        play.workspace.open(id)
        await play.until(lambda: id in play.workspace.loaded())
        assert waiting(play) == ["two"]

    async def come_back(play: Play) -> None:
        assert waiting(play) == ["two"]
        assert child(play.page.composer.queue, LinkButton).isVisible()

    theatre.play(leave)
    theatre.play(come_back)


def test_the_mouse_moves_edits_and_takes_out(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        write(play, "one")
        await play.request()
        for text in ("a", "b", "c"):
            write(play, text)
        first = rows(play)[0]
        QTest.mousePress(first, Qt.MouseButton.LeftButton, pos=QPoint(20, 5))
        QTest.mouseMove(first, QPoint(20, 2 * HEIGHT + 10))
        QTest.mouseRelease(first, Qt.MouseButton.LeftButton)
        assert waiting(play) == ["b", "c", "a"]
        QTest.mouseDClick(rows(play)[1], Qt.MouseButton.LeftButton)
        assert play.page.composer.text() == "c"
        QTest.keyClick(editor(play), Qt.Key.Key_Escape)
        assert play.page.composer.running
        assert play.page.composer.text() == ""
        # Up in the empty field: what was written last, whether it waits or was sent.
        QTest.keyClick(editor(play), Qt.Key.Key_Up)
        assert play.page.composer.text() == "a"
        QTest.keyClick(rows(play)[2], Qt.Key.Key_Delete)
        assert play.page.composer.text() == ""
        assert waiting(play) == ["b", "c"]

    theatre.play(act)


def test_up_in_an_empty_field_edits_the_last_question(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        write(play, "one")
        QTest.keyClick(editor(play), Qt.Key.Key_Up)
        assert not play.page.composer.editing
        await answer(play, "first")
        await play.until(lambda: not play.page.composer.running)
        QTest.keyClick(editor(play), Qt.Key.Key_Up)
        assert play.page.composer.editing
        assert play.page.composer.text() == "one"

    theatre.play(act)
