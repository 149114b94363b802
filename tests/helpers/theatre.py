# SPDX-License-Identifier: MIT
"""Runs the real program in this process: real window, real store, real sockets."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from chatglm_desktop.cli import Arguments
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.demo import DemoRequest, DemoServer, ReplyWriter
from chatglm_desktop.gui import application, loop
from chatglm_desktop.gui.conversation_page import ConversationPage
from chatglm_desktop.gui.main_window import MainWindow
from chatglm_desktop.gui.single_instance import SingleInstance
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.household import Front, Stage
from chatglm_desktop.program import Errand, Program
from chatglm_desktop.settings.files import load
from chatglm_desktop.settings.paths import Paths
from chatglm_desktop.store.conversations import conversations

Act: TypeAlias = Callable[["Play"], Awaitable[None]]


class Play:
    """The running program in a test's hands, and the server that it talks to."""

    def __init__(self, stage: Stage, server: DemoServer, database: Path) -> None:
        self._database = database
        self.window = stage.window
        self.workspace = stage.workspace
        self.conversations = stage.conversations
        self.organiser = stage.organiser
        self.store = stage.store
        self.tasks = stage.tasks
        self.preferences = stage.preferences
        self.services = stage.services
        self.safekeeping = stage.safekeeping
        self.server = server

    @property
    def current_id(self) -> str:
        """The conversation in front."""
        return self.workspace.current_id or ""

    @property
    def listed(self) -> list[ConversationSummary]:
        """All that is saved and not in the trash, newest first, as another process sees it."""
        with closing(sqlite3.connect(self._database)) as connection:
            return conversations(connection)

    @property
    def page(self) -> ConversationPage:
        """The page in front."""
        return self.workspace.page(self.current_id)

    async def until(self, there: Callable[[], object]) -> None:
        """Let the program run until ``there`` is true."""
        async with asyncio.timeout(20):
            while not there():  # noqa: ASYNC110
                await asyncio.sleep(0.005)  # what a window shows has no event

    async def say(self, text: str) -> None:
        """Ask, and wait until the reply has ended, which the server gives by itself."""
        self.submit(text)
        await self.until(lambda: not self.page.composer.running)

    async def ask(self, question: str, answer: str, thinking: str = "") -> None:
        """One turn, of which the test gives the reply."""
        self.submit(question)
        await self.reply(answer, thinking)

    def submit(self, text: str) -> None:
        """Send ``text`` from the page in front."""
        self.page.composer.set_text(text)
        self.page.composer.submit()

    async def reply(self, answer: str, thinking: str = "") -> None:
        """Answer the next request."""
        request = await self.request()
        if thinking:
            await request.writer.think(thinking)
        await request.writer.text(answer)
        await request.writer.finish()
        await self.until(lambda: not self.page.composer.running)

    def texts(self) -> list[str]:
        """The messages of the page in front, as they are shown."""
        return [self.page.transcript.contents.text(id) for id in self.page.message_ids()]

    def lines(self) -> list[str]:
        """The sidebar's rows that are read, but for the headings; a dot for each level."""
        view = self.window.sidebar.view
        shown = [view.list.line(row) for row in range(view.list.rowCount())]
        return [f"{'.' * line.depth}{line.text}" for line in shown if line.named]

    async def request(self) -> DemoRequest:
        """The next request that reaches the server."""
        return await asyncio.wait_for(self.server.requests.get(), 20)


async def _left_to_the_test(writer: ReplyWriter) -> None:
    await writer.over.wait()


class Theatre:
    """Starts the program, lets a test act on it, ends it; as often as the test likes."""

    def __init__(self, app: QApplication, folder: Path, themes: ThemeManager) -> None:
        self._app = app
        self._folder = folder
        self._themes = themes

    def play(self, act: Act, scenario: str | None = None, pace: float = 0.0) -> None:
        """One run of the program. What ``act`` raises fails the test.

        Without a ``scenario`` the server answers nothing by itself: the test writes each reply.
        """
        server = DemoServer(scenario, pace, script=None if scenario else _left_to_the_test)

        async def errand(stage: Stage) -> int:
            await act(Play(stage, server, Paths.at(self._folder).database))
            return 0

        run_program(self._app, self._themes, self._folder, server, errand)


def run_program(
    app: QApplication,
    themes: ThemeManager,
    folder: Path,
    server: DemoServer | str,
    errand: Errand,
) -> None:
    """Run the program for ``errand`` in ``folder``; ``server`` is one to start, or a URL."""
    paths = Paths.at(folder)
    options, problem = load(paths.settings)
    assert problem is None
    instance = SingleInstance(paths.data)
    assert instance.claim()
    window = MainWindow(themes)
    window.resize(1280, 820)
    window.show()
    application.wait_for_paint(app, window)

    async def run() -> int:
        if isinstance(server, str):
            return await program(server).run()
        await server.start()
        try:
            return await program(server.url).run()
        finally:
            await server.stop()
            left = asyncio.all_tasks() - {asyncio.current_task()}
            assert not left, f"tasks left behind: {[task.get_name() for task in left]}"

    def program(endpoint: str) -> Program:
        front = Front(window, themes, instance)
        return Program(Arguments(endpoint=endpoint), options, paths, front, errand)

    try:
        assert loop.run(app, run()) == 0
    finally:
        instance.close()
        window.allow_close()
        window.close()
        window.deleteLater()
        instance.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
