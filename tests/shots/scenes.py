# SPDX-License-Identifier: MIT
"""Plays every state of the window in one theme, scale and language, and saves pictures."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeAlias, cast

from chatglm_desktop.gui import application
from chatglm_desktop.gui.strings import Language
from chatglm_desktop.gui.theme.manager import ThemeChoice
from tests.helpers.theatre import Play, Theatre

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
        for _ in range(6):
            await asyncio.sleep(0.02)
        file = self._output / f"{state}-{self._name}.png"
        if not self.play.window.grab().save(str(file)):
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


async def complete(camera: Photographer) -> None:
    camera.play.workspace.new_tab()
    camera.send(f"{camera.texts['question']}\n/demo answer")
    await camera.ended()
    await camera.picture("complete")
    camera.play.page.composer.set_text("如果列表很大，放不进内存呢？ 🤔")
    camera.play.page.transcript.select_all()
    await camera.picture("selected")
    camera.play.page.transcript.clear_selection()


async def refused(camera: Photographer) -> None:
    for scenario in ("quota", "firewall", "overload", "cut", "intervene"):
        camera.play.workspace.new_tab()
        camera.send(f"{camera.texts['third']}\n/demo {scenario}")
        await camera.ended()
        await camera.picture(f"failed-{scenario}")


async def deleted(camera: Photographer) -> None:
    camera.play.window.sidebar.delete_requested.emit(camera.play.current_id)
    await camera.picture("deleted")


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
