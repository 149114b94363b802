# SPDX-License-Identifier: MIT
"""Pictures and attachments through the real window and real sockets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from chatglm_desktop.core.deltas import Image
from chatglm_desktop.core.messages import AttachmentPart, ImagesPart, Message, Role, TextPart
from chatglm_desktop.core.pictures import attached
from chatglm_desktop.demo.drawing import DRAWINGS, png
from chatglm_desktop.gui.transcript.rows.picture_row import PictureRow

if TYPE_CHECKING:
    from tests.helpers.theatre import Play, Theatre

PNG = png(DRAWINGS["noon"])


class Host:
    """A server with one picture; ``asked`` counts the requests that reached it."""

    def __init__(self) -> None:
        self.asked = 0
        self.url = ""
        self.body = PNG
        self.go = asyncio.Event()
        self.go.set()
        self.gone = asyncio.Event()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked += 1
        response = web.StreamResponse(headers={"Content-Type": "image/png"})
        await response.prepare(request)
        try:
            await self.go.wait()
            await response.write(self.body)
        finally:
            self.gone.set()
        return response


@asynccontextmanager
async def hosting() -> AsyncIterator[Host]:
    host = Host()
    app = web.Application()
    app.router.add_get("/a.png", host.answer)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host.url = f"http://127.0.0.1:{runner.addresses[0][1]}/a.png"
    try:
        yield host
    finally:
        await runner.cleanup()


def card(play: Play) -> tuple[PictureRow, QPoint]:
    """The picture in view, and the middle of what can be clicked in it."""
    scene = play.page.transcript.parts.scene
    for index, number, y in scene.visible_rows(0.0, scene.height):
        layout = scene.layout(index, number)
        if isinstance(layout, PictureRow):
            centre = layout.hots[0].rect.center()
            left = scene.bubble(index).text_left
            return layout, QPoint(round(left + centre.x()), round(y + centre.y()))
    raise AssertionError("no picture is in view")


def label(play: Play) -> str:
    return card(play)[0].hots[0].label


def click(play: Play) -> None:
    point = card(play)[1]
    QTest.mouseClick(play.page.transcript.viewport(), Qt.MouseButton.LeftButton, pos=point)


async def show(play: Play, url: str) -> None:
    """Put a reply with a picture into the page in front."""
    parts = (TextPart("Here."), ImagesPart((Image(url, 1280, 720),)))
    play.page.add_message(Message("r", Role.ASSISTANT, parts, 1.0e9))
    await play.until(play.page.transcript.isVisible)
    await asyncio.sleep(0)


def act_with(act: Callable[[Play, Host], Awaitable[None]]) -> Callable[[Play], Awaitable[None]]:
    async def run(play: Play) -> None:
        async with hosting() as host:
            await show(play, host.url)
            await act(play, host)

    return run


def test_a_picture_is_loaded_after_a_click_that_names_its_host(theatre: Theatre) -> None:
    async def act(play: Play, host: Host) -> None:
        assert "from 127.0.0.1:" in label(play)
        play.page.transcript.viewport().grab()
        assert play.page.transcript.pictures.state(host.url) == "hidden"
        click(play)
        await play.until(lambda: label(play) == "Picture 1: open in the browser")
        assert host.asked == 1
        picture = play.page.transcript.pictures.get(host.url)
        assert picture is not None
        assert picture.data == PNG
        height = card(play)[0].height
        assert height == 12.0 + round(720 * min(420 / 720, 724 / 1280))

    theatre.play(act_with(act))


def test_what_is_broken_says_so_and_can_be_tried_again(theatre: Theatre) -> None:
    async def act(play: Play, host: Host) -> None:
        host.body = PNG[:1000]
        click(play)
        await play.until(lambda: label(play) == "Try again")
        assert play.page.transcript.pictures.state(host.url) == "not a picture"
        host.body = PNG
        click(play)
        await play.until(partial(play.page.transcript.pictures.get, host.url))

    theatre.play(act_with(act))


def test_a_picture_on_its_way_can_be_cancelled(theatre: Theatre) -> None:
    async def act(play: Play, host: Host) -> None:
        host.go.clear()
        click(play)
        await play.until(lambda: host.asked)
        assert label(play) == "Cancel"
        click(play)
        await play.until(host.gone.is_set)
        await play.until(lambda: "Show picture" in label(play))

    theatre.play(act_with(act))


def test_closing_the_tab_stops_what_is_on_its_way(theatre: Theatre) -> None:
    async def act(play: Play, host: Host) -> None:
        host.go.clear()
        click(play)
        await play.until(lambda: host.asked)
        play.workspace.close(play.current_id)
        await play.until(host.gone.is_set)

    theatre.play(act_with(act))


def test_the_program_ends_without_waiting_for_pictures(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        async with hosting() as host:
            await show(play, host.url)
            host.go.clear()
            click(play)
            await play.until(lambda: host.asked)

    theatre.play(act)


def test_thumbnails_come_from_the_folder_of_attachments(theatre: Theatre, tmp_path: Path) -> None:
    async def act(play: Play) -> None:
        digest = sha256(PNG).hexdigest()
        folder = tmp_path / "data" / "attachments"
        folder.mkdir()
        (folder / digest).write_bytes(PNG)
        parts = (
            AttachmentPart("noon.png", "image/png", len(PNG), digest),
            AttachmentPart("lost.png", "image/png", 9, "0" * 64),
            AttachmentPart("a.pdf", "application/pdf", 2_000_000, "1" * 64),
            TextPart("Look."),
        )
        play.page.add_message(Message("u", Role.USER, parts, 1.0e9))
        pictures = play.page.transcript.pictures
        await play.until(partial(pictures.get, attached(digest)))
        await play.until(lambda: pictures.state(attached("0" * 64)) == "missing")
        assert pictures.state(attached("1" * 64)) == "hidden"
        play.page.transcript.viewport().grab()

    theatre.play(act)
