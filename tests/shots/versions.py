# SPDX-License-Identifier: MIT
"""Versions of messages and what they hide, cleared conversations, models side by side."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import cast

from chatglm_desktop.core.accounts import DEMO, Setup
from chatglm_desktop.gui import application
from chatglm_desktop.settings.options import Language, ThemeChoice
from chatglm_desktop.transcript.tools import ToolName
from tests.helpers.theatre import Play, Theatre
from tests.shots.scenes import Photographer, Scene


def use(play: Play, item: int, name: ToolName) -> None:
    play.page.transcript.parts.overlay.tools.use(item, name)


async def versions(camera: Photographer) -> None:
    play = camera.play
    for text in ("third", "other"):
        camera.send(f"{camera.texts[text]}\n/demo images")
        await camera.ended()
    play.page.transcript.to_message(0)
    session = await play.conversations.open(play.current_id)
    session.edit(play.page.message_ids()[0], f"{camera.texts['question']}\n/demo images")
    await play.until(lambda: not session.running)
    await session.settled()
    play.page.transcript.to_message(0)
    await camera.picture("versions")
    use(play, 0, "edit")
    await camera.picture("versions-editing")
    play.page.composer.end_edit()
    use(play, 1, "more")
    await camera.picture_above("versions-menu")
    use(play, 1, "delete")
    await camera.picture("versions-deleted")
    play.window.clear_requested.emit()
    await play.until(lambda: not play.page.hidden_notice.isHidden())
    await camera.picture("versions-cleared")
    play.page.hidden_notice.show_wanted.emit()
    await play.until(play.page.hidden_notice.isHidden)


async def comparing(camera: Photographer) -> None:
    play = camera.play
    play.workspace.new_tab()
    camera.send(f"{camera.texts['third']}\n/demo images")
    await camera.ended()
    play.page.compare()
    await camera.picture("comparing-choosing")
    play.page.composer.focus_editor()
    session = await play.conversations.open(play.current_id)
    session.compare(
        f"{camera.texts['question']}\n/demo answer", [Setup(), Setup(DEMO.id), Setup(DEMO.id)]
    )
    await play.until(lambda: any(message.text for message in session.compared()))
    await camera.picture("comparing-streaming")
    await camera.ended()
    await camera.picture("comparing-ended")


def main(theme: str, language: str, name: str, output: str) -> int:
    app = application.create("shots", "0")
    themes = application.dress(app, cast("ThemeChoice", theme), cast("Language", language))
    with tempfile.TemporaryDirectory() as folder:
        theatre = Theatre(app, Path(folder), themes)
        for scene in (versions, comparing):

            async def act(play: Play, scene: Scene = scene) -> None:
                await scene(Photographer(play, language, name, Path(output)))

            theatre.play(act, "answer")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
