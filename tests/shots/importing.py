# SPDX-License-Identifier: MIT
"""Plays an import in one theme, scale and language, and saves pictures."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QApplication

from chatglm_desktop.chat.importing.plan import Report
from chatglm_desktop.core.errors import DiskFull
from chatglm_desktop.gui import application
from chatglm_desktop.gui.importing.dialog import ImportDialog, Stage
from chatglm_desktop.gui.importing.gate import ImportGate
from chatglm_desktop.settings.options import Language, ThemeChoice
from tests.chat.importing.exports import (
    PNG,
    chatgpt_conversation,
    chatgpt_message,
    chatgpt_node,
    chatgpt_simple,
    zipped,
)
from tests.helpers.theatre import Play, Theatre
from tests.helpers.widgets import child
from tests.shots.scenes import Photographer


def export(count: int) -> bytes:
    """An archive with conversations, a picture, and some that are broken."""
    good = [chatgpt_simple() | {"conversation_id": f"c{n}"} for n in range(count)]
    broken: list[dict[str, Any]] = [
        {"title": title, "mapping": []} for title in ("Recipes", "旅行计划", "Tax", "Poems")
    ]
    picture = {"content_type": "image_asset_pointer", "asset_pointer": "sediment://file_1"}
    content = {"content_type": "multimodal_text", "parts": [picture, "What is this?"]}
    metadata = {"attachments": [{"id": "file_9", "name": "lost.pdf"}]}
    nodes = {
        "q": chatgpt_node("q", None, [], chatgpt_message("q", "user", content, metadata=metadata))
    }
    shown = chatgpt_conversation(nodes, "q", conversation_id="picture", title="A picture")
    empty = chatgpt_conversation({}, None, conversation_id="empty", title="New chat")
    return zipped({"conversations.json": [*good, *broken, empty, shown], "file_1.png": PNG})


async def looked_at(play: Play, file: Path) -> ImportDialog:
    child(play.window, ImportGate).open_file(file)
    dialog = child(play.window, ImportDialog)
    await play.until(lambda: dialog.stage in (Stage.PREVIEW, Stage.FAILED))
    return dialog


async def imports(camera: Photographer, folder: Path) -> None:
    play = camera.play
    file = folder / "chatgpt-export-2026-07-06.zip"
    file.write_bytes(export(1204))
    for number in range(3):
        play.organiser.new_folder(("Work", "学习", "Home")[number])
    await play.until(lambda: len(play.conversations.folders) == 3)
    dialog = await looked_at(play, file)
    await camera.picture_of(dialog, "import-preview")
    await camera.picture("import-over-window")
    dialog.show_looking(file.name)
    dialog.show_share(0.4)
    await camera.picture_of(dialog, "import-looking")
    dialog.show_importing()
    dialog.show_share(0.7)
    await camera.picture_of(dialog, "import-importing")
    dialog.show_report(Report(("a",) * 120, error=DiskFull("x"), messages=480))
    await camera.picture_of(dialog, "import-disk-full")
    dialog.close()
    await play.until(lambda: not play.window.findChildren(ImportDialog))
    dialog = await looked_at(play, file)
    dialog.start.click()
    await play.until(lambda: dialog.stage is Stage.DONE)
    await camera.picture_of(dialog, "import-done")
    dialog.close()
    await play.until(lambda: not play.window.findChildren(ImportDialog))
    dialog = await looked_at(play, file)
    await camera.picture_of(dialog, "import-nothing-new")
    dialog.close()
    await play.until(lambda: not play.window.findChildren(ImportDialog))
    (shown,) = [one for one in play.listed if one.title == "A picture"]
    play.workspace.open(shown.id)
    await play.until(lambda: play.current_id == shown.id)
    await camera.picture("import-opened")
    file.write_bytes(b"[{")
    dialog = await looked_at(play, file)
    await camera.picture_of(dialog, "import-damaged")
    dialog.close()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    held = QDragEnterEvent(
        QPoint(20, 20),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(play.window.sidebar, held)
    await camera.picture("import-dropping")


def main(theme: str, language: str, name: str, output: str) -> int:
    app = application.create("shots", "0")
    themes = application.dress(app, cast("ThemeChoice", theme), cast("Language", language))
    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryDirectory() as own:

        async def act(play: Play) -> None:
            await imports(Photographer(play, language, name, Path(output)), Path(own))

        Theatre(app, Path(data), themes).play(act, "answer")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
