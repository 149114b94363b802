# SPDX-License-Identifier: MIT
"""How replies are followed is chosen once, for all tabs and the next start."""

from __future__ import annotations

import json
from pathlib import Path

from chatglm_desktop.settings.paths import Paths
from tests.helpers.theatre import Play, Theatre


def test_the_mode_holds_for_all_tabs_and_the_next_start(theatre: Theatre, tmp_path: Path) -> None:
    settings = Paths.at(tmp_path / "data").settings
    settings.parent.mkdir(parents=True)
    settings.write_text('{"version": 1, "of a later version": [1]}')

    async def choose(play: Play) -> None:
        first = play.page
        first.composer.set_text("Keeps its tab")
        first.composer.submit()
        await play.request()
        play.workspace.new_tab()
        assert play.page is not first
        second = play.page
        assert [page.transcript.follow_mode for page in (first, second)] == ["follow"] * 2
        second.transcript.parts.scroller.choose_mode("never")
        second.transcript.parts.scroller.choose_mode("screen")
        assert first.transcript.follow_mode == "screen"
        play.window.tabs.set_current(first_id(play))
        play.workspace.close_current()
        play.workspace.close_current()
        assert play.page not in (first, second)
        assert play.page.transcript.follow_mode == "screen"

    async def look(play: Play) -> None:
        assert play.page.transcript.follow_mode == "screen"

    theatre.play(choose)
    saved = json.loads(settings.read_text())
    assert (saved["follow"], saved["of a later version"]) == ("screen", [1])
    theatre.play(look)


def first_id(play: Play) -> str:
    return play.window.tabs.ids()[0]


def test_settings_that_cannot_be_saved_are_told_of(theatre: Theatre, tmp_path: Path) -> None:
    settings = Paths.at(tmp_path / "data").settings

    async def choose(play: Play) -> None:
        settings.mkdir(parents=True)
        play.page.transcript.parts.scroller.choose_mode("never")
        await play.until(lambda: "could not be saved" in play.window.notice.text())
        assert play.page.transcript.follow_mode == "never"

    theatre.play(choose)
