# SPDX-License-Identifier: MIT
"""Sources and pictures are shown as soon as the service names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chatglm_desktop.core.deltas import Image

if TYPE_CHECKING:
    from chatglm_desktop.transcript.extras import Extras
    from tests.helpers.theatre import Play, Theatre


def extras(play: Play) -> Extras:
    """What the newest reply shows besides text."""
    transcript = play.page.transcript.parts.scene.transcript
    return transcript[len(transcript) - 1].extras


def test_sources_and_pictures_are_shown_while_the_reply_runs(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        play.page.composer.focus_editor()
        QTest.keyClicks(play.page.composer.focusWidget(), "Hello")
        QTest.keyClick(play.page.composer.focusWidget(), Qt.Key.Key_Return)
        request = await play.request()
        await request.writer.text("Yes【turn1search1】")
        found = [{"match_key": "turn1search1", "title": "A page", "url": "https://e.org/a"}]
        extra = {"tool_call_name": "search", "search_results": found}
        await request.writer.part([{"type": "tool_result"}], meta_data={"tool_result_extra": extra})
        await play.until(lambda: [s.url for s in extras(play).sources] == ["https://e.org/a"])
        picture = {"image_url": "https://e.org/a.png", "order": 0, "width": 40, "height": 30}
        await request.writer.part([{"type": "image", "image": [picture]}])
        await play.until(lambda: extras(play).images == (Image("https://e.org/a.png", 40, 30),))
        assert play.page.composer.running
        await request.writer.finish()
        await play.until(lambda: not play.page.composer.running)
        assert len(extras(play).sources) == len(extras(play).images) == 1

    theatre.play(act)
