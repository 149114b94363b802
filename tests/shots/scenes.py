# SPDX-License-Identifier: MIT
"""Plays every state of the window in one theme, scale and language, and saves pictures."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias, cast

from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QWidget

from chatglm_desktop.core.errors import DiskFull
from chatglm_desktop.core.messages import MessageState
from chatglm_desktop.gui import application
from chatglm_desktop.gui.sidebar.view import LibraryView
from chatglm_desktop.gui.transcript.input.hits import Hover
from chatglm_desktop.gui.transcript.rows.row import RowAction
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.settings.options import Language, ThemeChoice
from tests.helpers.theatre import Play, Theatre
from tests.shots.choosing import choosing
from tests.shots.tabs import tabs

TEXTS = {
    "en": {
        "question": "How do I merge two sorted lists in Python? Show the code.",
        "other": "Explain Bayes' theorem with an example 🎲",
        "third": "Plan a weekend in Beijing",
    },
    "zh": {
        "question": "怎样把两个有序列表合并成一个有序列表？给我 Python 代码，并说明复杂度。",
        "other": "用一个例子解释贝叶斯定理 🎲",
        "third": "北京周末去哪儿玩",
    },
}


def fold_buttons(view: TranscriptView) -> list[Hover]:
    """Where thinking can be folded and unfolded, in what is in view."""
    scene = view.parts.scene
    found = []
    for index, number, _ in scene.visible_rows(0.0, scene.height):
        row = scene.transcript[index].row(number)
        found += [Hover(index, row, hot.action) for hot in scene.layout(index, number).hots]
    return [hover for hover in found if hover.action == RowAction("fold_thinking")]


Scene: TypeAlias = Callable[["Photographer"], Awaitable[None]]


class Photographer:
    """A running program, its texts, and where the pictures go."""

    def __init__(self, play: Play, language: str, name: str, output: Path) -> None:
        self.play = play
        self.texts = TEXTS[language]
        self._name = name
        self._output = output

    async def picture(self, state: str) -> None:
        """Save the window as it is, once everything is laid out."""
        await self._save(self.play.window, state)

    async def picture_above(self, state: str) -> None:
        """Save the dialog or menu that stands above the window, and close it."""
        above = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if above is None:
            raise RuntimeError(f"nothing is shown for {state}")
        await self._save(above, state)
        above.close()

    async def picture_of(self, widget: QWidget, state: str) -> None:
        """Save another window."""
        await self._save(widget, state)

    async def _save(self, widget: QWidget, state: str) -> None:
        for _ in range(6):
            await asyncio.sleep(0.02)
        file = self._output / f"{state}-{self._name}.png"
        if not widget.grab().save(str(file)):
            raise OSError(f"cannot write {file}")

    def send(self, text: str) -> None:
        self.play.page.composer.set_text(text)
        self.play.page.composer.submit()

    async def ended(self) -> None:
        await self.play.until(lambda: not self.play.page.composer.running)


async def empty(camera: Photographer) -> None:
    await camera.picture("empty")


async def sending(camera: Photographer) -> None:
    camera.send(camera.texts["third"])
    await camera.play.request()
    await camera.picture("sending")
    camera.play.page.composer.stop_requested.emit()
    await camera.ended()


async def thinking(camera: Photographer) -> None:
    camera.play.workspace.new_tab()
    camera.send(camera.texts["other"])
    request = await camera.play.request()
    await request.writer.think("First the prior, then the evidence. 先看先验，再看证据。" * 4)
    await camera.picture("thinking")
    await request.writer.text(
        "**P(A|B) = P(B|A) · P(A) / P(B)**\n\n1. prior 先验\n2. evidence 证据\n"
    )
    await camera.picture("streaming")
    camera.play.page.composer.stop_requested.emit()
    await camera.ended()
    await camera.picture("stopped")
    reply = (await camera.play.store.load_history(camera.play.current_id, 1)).messages[0]
    transcript = camera.play.page.transcript
    transcript.contents.update(replace(reply, state=MessageState.INTERRUPTED))
    await camera.picture("interrupted")
    for hover in fold_buttons(transcript):
        transcript.parts.actions.perform(hover)
    await camera.picture("thought-unfolded")


async def complete(camera: Photographer) -> None:
    camera.play.workspace.new_tab()
    camera.send(f"{camera.texts['question']}\n/demo answer")
    await camera.ended()
    await camera.picture("complete")
    camera.play.page.composer.set_text("如果列表很大，放不进内存呢？ 🤔")
    camera.play.page.transcript.selecting.select_all()
    await camera.picture("selected")
    camera.play.page.transcript.selecting.select(None)


async def refused(camera: Photographer) -> None:
    for scenario in ("quota", "firewall", "overload", "cut", "intervene"):
        camera.play.workspace.new_tab()
        camera.send(f"{camera.texts['third']}\n/demo {scenario}")
        await camera.ended()
        await camera.picture(f"failed-{scenario}")


async def deleted(camera: Photographer) -> None:
    camera.play.organiser.trash([camera.play.current_id])
    await camera.picture("deleted")


async def above_the_window(camera: Photographer) -> None:
    window = camera.play.window
    window.show_about()
    await camera.picture_above("about")
    window.show_bug('Traceback (most recent call last):\n  File "x.py", line 1\nKeyError: 1\n')
    await camera.picture_above("bug")
    view = camera.play.page.transcript
    view.selecting.select_all()
    place = view.viewport().rect().center()
    view.contextMenuEvent(
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.mapToGlobal(place))
    )
    await camera.picture_above("menu-transcript")
    view.selecting.select(None)
    rows = window.sidebar.findChild(LibraryView)
    assert rows is not None
    menu = rows.menu_for(rows.currentIndex())
    assert menu is not None
    menu.popup(rows.mapToGlobal(rows.rect().center()))
    await camera.picture_above("menu-conversation")
    window.sidebar.start_rename(camera.play.current_id)
    await camera.picture("renaming")
    camera.play.page.composer.focus_editor()
    window.show_store_error(DiskFull())
    await camera.picture("not-saved")
    window.notice.clear()


async def many_tabs(camera: Photographer) -> None:
    for number in range(12):
        camera.play.workspace.new_tab()
        camera.send(f"{number + 1}. {camera.texts['question']}\n/demo quota")
        await camera.ended()
    camera.play.workspace.new_tab()
    camera.send(f"{camera.texts['other']}\n/demo hold")
    camera.play.workspace.new_tab()
    camera.send(f"{camera.texts['third']}\n/demo images")
    await camera.ended()
    await camera.picture("many-tabs")


async def narrow(camera: Photographer) -> None:
    window = camera.play.window
    window.resize(640, 560)
    await camera.picture("narrow")
    window.toggle_sidebar()
    await camera.picture("no-sidebar")


SCENES: tuple[tuple[Scene, str | None], ...] = (
    (empty, "answer"),
    (sending, None),
    (thinking, None),
    (complete, "answer"),
    (refused, "answer"),
    (deleted, "answer"),
    (above_the_window, "answer"),
    (choosing, "answer"),
    (many_tabs, "answer"),
    (tabs, "answer"),
    (narrow, "answer"),
)


def main(theme: str, language: str, name: str, output: str) -> int:
    app = application.create("shots", "0")
    themes = application.dress(app, cast("ThemeChoice", theme), cast("Language", language))
    with tempfile.TemporaryDirectory() as folder:
        theatre = Theatre(app, Path(folder), themes)
        for scene, scenario in SCENES:

            async def act(play: Play, scene: Scene = scene) -> None:
                await scene(Photographer(play, language, name, Path(output)))

            theatre.play(act, scenario)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
