# SPDX-License-Identifier: MIT
"""Files through the real window to a real server: sent, refused, drafted, edited, asked again."""

from __future__ import annotations

import base64
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chatglm_desktop.core.accounts import Account, Setup
from chatglm_desktop.core.pictures import attached
from chatglm_desktop.core.secrets import Secret
from chatglm_desktop.demo.openai_server import DialectServer
from chatglm_desktop.gui.attaching.sources import DataSource, FileSource
from chatglm_desktop.gui.composer_editor import ComposerEditor
from tests.helpers.image_files import SECRET, photo, photo_with_exif
from tests.helpers.pdf_files import pdf
from tests.helpers.widgets import child

if TYPE_CHECKING:
    from chatglm_desktop.demo import DemoRequest
    from tests.helpers.theatre import Act, Play, Theatre

SEES, READS = "glm-4.6v-flash", "glm-4.7-flash"


def with_glm(act: Callable[[Play, DialectServer], Awaitable[None]]) -> Act:
    """``act`` with an account that leads to a server which speaks as the official one."""

    async def play_it(play: Play) -> None:
        server = DialectServer("glm", pace=0.0)
        await server.start()
        try:
            account = Account("a", "bigmodel", base_url=server.url, model=SEES)
            await play.services.accounts.add(account, Secret(server.key))
            await act(play, server)
        finally:
            await server.stop()

    return play_it


def drop(play: Play, *files: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    key = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), copy, data, left, key)
    QApplication.sendEvent(play.page, enter)
    QApplication.sendEvent(play.page, QDropEvent(QPointF(50, 50), copy, data, left, key))


def question(request: DemoRequest) -> str:
    content = request.body["messages"][-1]["content"]
    return content if isinstance(content, str) else "".join(item["text"] for item in content)


async def read(play: Play, count: int) -> None:
    """Until all files are read."""
    shelf = play.page.composer.tray.shelf
    await play.until(lambda: len(shelf.items) == count and not shelf.busy)


async def send(play: Play, text: str = "") -> None:
    composer = play.page.composer
    composer.focus_editor()
    composer.set_text(text)
    QTest.keyClick(composer.focusWidget(), Qt.Key.Key_Return)
    await play.until(lambda: composer.running)
    assert composer.text() == ""
    assert composer.attachments() == ()


async def ended(play: Play) -> None:
    await play.until(lambda: not play.page.composer.running)


def test_a_picture_is_dropped_sent_and_seen(theatre: Theatre, tmp_path: Path) -> None:
    async def act(play: Play, server: DialectServer) -> None:
        file = tmp_path / "holiday.jpg"
        file.write_bytes(photo_with_exif(photo(120, 80)))
        drop(play, file)
        await read(play, 1)
        await send(play, "What is it?")
        await ended(play)
        body = server.requests.get_nowait().body
        (message,) = body["messages"]
        text, picture = message["content"]
        assert text == {"type": "text", "text": "What is it?"}
        kind, _, data = picture["image_url"]["url"].partition(";base64,")
        sent = base64.b64decode(data)
        assert kind == "data:image/jpeg"
        assert SECRET not in sent
        assert QImage.fromData(sent).width() == 120
        (part,) = (await play.store.load_history(play.current_id, 9)).messages[0].attachments
        assert part.name == "holiday.jpg"
        pictures = play.page.transcript.pictures
        await play.until(lambda: pictures.get(attached(part.digest)))
        # The next question sends it along again.
        await send(play, "And now?")
        await ended(play)
        again = server.requests.get_nowait().body["messages"]
        assert again[0]["content"] == message["content"]

    theatre.play(with_glm(act))


def test_another_model_refuses_at_once(theatre: Theatre, tmp_path: Path) -> None:
    async def act(play: Play, server: DialectServer) -> None:
        composer = play.page.composer
        composer.attach([DataSource("shot", photo_with_exif(photo(20, 20)))])
        await read(play, 1)
        assert composer.tray.obstacle == ""
        session = await play.conversations.open(play.current_id)
        session.choose(Setup("a", READS))
        assert "does not see pictures" in composer.hint()
        composer.submit()
        assert not composer.running
        session.choose(Setup("a", SEES))
        await send(play, "Look")
        await ended(play)
        # What was sent to a model that sees does not keep the others from answering.
        session.choose(Setup("a", READS))
        await send(play, "Go on")
        await ended(play)
        _, second = server.requests.get_nowait(), server.requests.get_nowait()
        first_question = second.body["messages"][0]["content"]
        assert first_question == "[Attached file, not included: shot.jpg]\n\nLook"

    theatre.play(with_glm(act))


def test_text_and_pdf_go_to_the_guest_service_too(theatre: Theatre, tmp_path: Path) -> None:
    async def act(play: Play) -> None:
        (tmp_path / "main.py").write_bytes(b"x = 1\n")
        (tmp_path / "report.pdf").write_bytes(pdf("Hello PDF"))
        drop(play, tmp_path / "main.py", tmp_path / "report.pdf")
        await read(play, 2)
        await send(play)
        request = await play.request()
        assert question(request) == (
            "main.py:\n```python\nx = 1\n```\n\nreport.pdf:\n```\n[Page 1]\nHello PDF\n```"
        )
        await request.writer.text("Nice")
        await request.writer.finish()
        await ended(play)
        assert play.conversations.title(play.current_id) == "main.py, report.pdf"

    theatre.play(act)


def test_a_draft_keeps_its_files_over_a_restart(theatre: Theatre, tmp_path: Path) -> None:
    async def first(play: Play) -> None:
        (tmp_path / "notes.txt").write_bytes(b"notes")
        drop(play, tmp_path / "notes.txt")
        await read(play, 1)
        play.page.composer.set_text("half a question")

    async def second(play: Play) -> None:
        (tmp_path / "notes.txt").unlink()
        await read(play, 1)
        assert play.page.composer.text() == "half a question"
        await send(play, "a question")
        request = await play.request()
        assert question(request) == "notes.txt:\n```\nnotes\n```\n\na question"
        await request.writer.finish()
        await ended(play)

    async def third(play: Play) -> None:
        assert play.page.composer.attachments() == ()

    for run in (first, second, third):
        theatre.play(run)


def test_a_question_is_edited_and_asked_again_with_its_files(
    theatre: Theatre, tmp_path: Path
) -> None:
    async def answer(play: Play, said: str) -> str:
        request = await play.request()
        await request.writer.text(said)
        await request.writer.finish()
        await ended(play)
        return question(request)

    async def act(play: Play) -> None:
        tools = play.page.transcript.parts.overlay.tools
        composer = play.page.composer
        (tmp_path / "a.txt").write_bytes(b"a")
        (tmp_path / "b.txt").write_bytes(b"b")
        drop(play, tmp_path / "a.txt", tmp_path / "b.txt")
        await read(play, 2)
        await send(play, "one")
        both = "a.txt:\n```\na\n```\n\nb.txt:\n```\nb\n```\n\none"
        assert await answer(play, "first") == both
        play.page.retry_requested.emit(play.page.message_ids()[-1])
        assert await answer(play, "again") == both
        tools.use(0, "edit")
        await read(play, 2)
        composer.tray.shelf.remove(composer.tray.shelf.items[0].id)
        composer.set_text("two")
        composer.submit()
        assert await answer(play, "second") == "b.txt:\n```\nb\n```\n\ntwo"
        assert composer.attachments() == ()

    theatre.play(act)


def test_unused_files_go_at_the_next_start(theatre: Theatre, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "attachments"

    async def first(play: Play) -> None:
        (tmp_path / "a.txt").write_bytes(b"a")
        (tmp_path / "b.txt").write_bytes(b"b")
        drop(play, tmp_path / "a.txt", tmp_path / "b.txt")
        await read(play, 2)
        shelf = play.page.composer.tray.shelf
        shelf.remove(shelf.items[0].id)
        await read(play, 1)
        for file in folder.iterdir():
            os.utime(file, (1.0, 1.0))

    async def second(play: Play) -> None:
        await play.until(lambda: len(list(folder.iterdir())) == 1)
        await read(play, 1)
        assert play.page.composer.tray.obstacle == ""

    theatre.play(first)
    theatre.play(second)


def test_the_program_ends_without_waiting_for_files(theatre: Theatre, tmp_path: Path) -> None:
    async def act(play: Play) -> None:
        (tmp_path / "long.pdf").write_bytes(pdf(*["Hello"] * 900))
        drop(play, tmp_path / "long.pdf")
        await play.until(lambda: play.page.composer.tray.shelf.items)

    theatre.play(act)


def test_the_file_dialog_has_a_key(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        from PySide6.QtWidgets import QFileDialog

        ctrl_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(play.window, Qt.Key.Key_A, ctrl_shift)
        dialog = play.window.findChild(QFileDialog)
        assert dialog is not None
        dialog.close()

    theatre.play(act)


def test_a_file_of_the_users_is_only_read(theatre: Theatre, tmp_path: Path) -> None:
    async def act(play: Play) -> None:
        file = tmp_path / "a.txt"
        file.write_bytes(b"mine")
        play.page.composer.attach([FileSource(file)])
        await read(play, 1)
        assert file.read_bytes() == b"mine"
        play.page.composer.clear()

    theatre.play(act)


def test_a_long_paste_is_sent_as_a_file_and_kept_with_the_draft(theatre: Theatre) -> None:
    text = "一行文字\n" * 3000

    async def leave(play: Play) -> None:
        QGuiApplication.clipboard().setText(text)
        editor = child(play.page.composer, ComposerEditor)
        QTest.keySequence(editor, QKeySequence(QKeySequence.StandardKey.Paste))
        await play.until(play.page.composer.attachments)
        assert play.page.composer.text() == ""

    async def come_back(play: Play) -> None:
        composer = play.page.composer
        await play.until(lambda: not composer.tray.obstacle)
        (item,) = composer.tray.shelf.items
        assert item.name == "Pasted text.txt"
        composer.tray.chips.text_wanted.emit(item.id)
        await play.until(composer.text)
        assert composer.text() == text
        QTest.keySequence(
            child(composer, ComposerEditor), QKeySequence(QKeySequence.StandardKey.Undo)
        )
        assert composer.text() == ""
        await play.until(lambda: composer.attachments() and not composer.tray.obstacle)
        composer.submit()
        request = await play.request()
        assert text.strip() in question(request)

    theatre.play(leave)
    theatre.play(come_back)
