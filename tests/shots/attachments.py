# SPDX-License-Identifier: MIT
"""Plays what happens to files that go along with a message, and saves pictures."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import cast

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QImage, QLinearGradient, QPainter
from PySide6.QtWidgets import QApplication

from chatglm_desktop.core.generation import Abilities
from chatglm_desktop.gui import application
from chatglm_desktop.gui.attaching.sources import FileSource, ImageSource
from chatglm_desktop.settings.options import Language, ThemeChoice
from tests.helpers.pdf_files import pdf
from tests.helpers.theatre import Play, Theatre
from tests.shots.scenes import Photographer

ALL = Abilities(images=True)
QUESTIONS = {
    "en": "What is in the picture, and does the report say the same?",
    "zh": "图片里是什么？报告中的说法与它一致吗？",
}


def sunset(side: int = 900) -> QImage:
    image = QImage(side, side * 2 // 3, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        sky = QLinearGradient(0, 0, 0, image.height())
        sky.setColorAt(0, QColor("#274690"))
        sky.setColorAt(0.7, QColor("#f6a56b"))
        sky.setColorAt(1, QColor("#ffe3c2"))
        painter.fillRect(image.rect(), sky)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#31572c"))
        painter.drawEllipse(-side // 3, image.height() * 2 // 3, side * 2, side)
    return image


def written(folder: Path) -> list[FileSource]:
    """Files of all kinds."""
    files = {
        "main.py": b"print('hello')\n" * 40,
        "a report with a rather long name, 2024.pdf": pdf("Hello " * 50, "The end"),
        "日志.txt": "一行日志\n".encode("gbk") * 14_000,
        "scan.pdf": pdf("", ""),
        "letter.docx": b"PK\3\4 and so on",
        "program.bin": b"\0\1\2",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [FileSource(folder / name) for name in files]


async def ready(camera: Photographer) -> None:
    await camera.play.until(lambda: not camera.play.page.composer.tray.shelf.busy)


async def chips(camera: Photographer, language: str, folder: Path) -> None:
    composer = camera.play.page.composer
    composer.set_abilities(ALL)
    composer.attach([ImageSource("sunset", sunset()), *written(folder)])
    composer.set_text(QUESTIONS[language])
    await ready(camera)
    await camera.picture("files-all")
    shelf = composer.tray.shelf
    for item in shelf.items[4:]:
        shelf.remove(item.id)
    await camera.picture("files-some")
    shelf.progress(shelf.items[1].id, 0.4)
    composer.tray.chips.chips()[2].button.setFocus(Qt.FocusReason.TabFocusReason)
    composer.set_abilities(Abilities())
    await camera.picture("files-no-pictures")
    composer.set_abilities(ALL)
    composer.focus_editor()


async def sent(camera: Photographer) -> None:
    page = camera.play.page
    page.composer.submit()
    await camera.play.until(lambda: not page.composer.attachments())
    await camera.play.until(lambda: not page.composer.running)
    await camera.picture("files-sent")
    page.composer.attach([ImageSource("sunset", sunset(300))])
    await ready(camera)
    page.composer.submit()
    await camera.play.until(lambda: not page.composer.attachments())
    await camera.play.until(lambda: not page.composer.running)
    await camera.picture("files-without-words")
    first = page.message_ids()[0]
    page.transcript.action_requested.emit(first, "edit")
    await ready(camera)
    await camera.picture("files-edited")
    page.composer.end_edit()


async def held(camera: Photographer, folder: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder / "main.py"))])
    event = QDragEnterEvent(
        QPoint(300, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(camera.play.page, event)
    await camera.picture("files-held")


async def many(camera: Photographer) -> None:
    camera.play.workspace.new_tab()
    composer = camera.play.page.composer
    composer.set_abilities(ALL)
    composer.attach([ImageSource(f"sunset {n}", sunset(100 + n)) for n in range(12)])
    await ready(camera)
    await camera.picture("files-many")
    camera.play.window.resize(640, 560)
    await camera.picture("files-narrow")


def main(theme: str, language: str, name: str, output: str) -> int:
    app = application.create("shots", "0")
    themes = application.dress(app, cast("ThemeChoice", theme), cast("Language", language))
    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryDirectory() as own:
        folder = Path(own)

        async def act(play: Play) -> None:
            camera = Photographer(play, language, name, Path(output))
            await chips(camera, language, folder)
            await sent(camera)
            await held(camera, folder)
            await many(camera)

        Theatre(app, Path(data), themes).play(act, "answer")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
