# SPDX-License-Identifier: MIT
"""The running program, from the first paint to its end; knows nothing of what is in it."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.accounts import DEMO
from chatglm_desktop.core.errors import DataFolderMissing, StoreError
from chatglm_desktop.gui.loop import on_terminate
from chatglm_desktop.household import Front, Ground, Household, Stage
from chatglm_desktop.safekeeping import Safekeeping
from chatglm_desktop.services import open_services
from chatglm_desktop.settings.files import save
from chatglm_desktop.settings.kept_secrets import KeptSecrets
from chatglm_desktop.settings.preferences import Preferences

if TYPE_CHECKING:
    from chatglm_desktop.cli import Arguments
    from chatglm_desktop.services import Services
    from chatglm_desktop.settings.options import Options
    from chatglm_desktop.settings.paths import Paths
    from chatglm_desktop.store import Store

log = logging.getLogger(__name__)


Errand: TypeAlias = Callable[[Stage], Awaitable[int]]
"""Something to do instead of waiting for the user; returns the program's exit code."""


class Program:
    """Opens what is saved, serves the window, and ends everything in order."""

    def __init__(
        self,
        arguments: Arguments,
        options: Options,
        paths: Paths,
        front: Front,
        errand: Errand | None = None,
    ) -> None:
        self._arguments = arguments
        self._preferences = Preferences(options, self._keep_options)
        self._paths = paths
        self._secrets = KeptSecrets.at(paths, options)
        self._front = front
        self._window = front.window
        self._instance = front.instance
        self._errand = errand
        self._saving = asyncio.Lock()
        self._safekeeping = Safekeeping(paths, self._window.close)
        self.tasks = Tasks(self.report)

    @property
    def restarting(self) -> bool:
        """Whether the program is to start again when it has ended."""
        return self._safekeeping.restarting

    async def run(self) -> int:
        """Serve the window until it is closed; returns the program's exit code."""
        quit = asyncio.Event()
        self._window.close_requested.connect(quit.set)
        self._instance.raise_requested.connect(self._window.bring_to_front)
        self._instance.listen()
        with on_terminate(quit.set):
            try:
                code = await self._open_and_serve(quit)
                # Before the data moves, of which it is a part.
                self._keep_geometry()
                await self._safekeeping.finish()
            except StoreError as error:
                code = await self._give_up(error, quit)
            return self._leave(code)

    async def _open_and_serve(self, quit: asyncio.Event) -> int:
        store = await self._safekeeping.open()
        services = self._open_services()
        try:
            return await self._serve(store, services, quit)
        finally:
            await services.close()
            await store.close()

    async def _serve(self, store: Store, services: Services, quit: asyncio.Event) -> int:
        ground = Ground(
            self._front,
            self._arguments,
            self._paths,
            self._preferences,
            self._secrets,
            self._safekeeping,
            self.tasks,
            store,
            services,
        )
        household = Household(ground)
        try:
            return await self._wait(quit, await household.open())
        finally:
            await household.close()

    def _open_services(self) -> Services:
        endpoint = self._arguments.endpoint
        services = open_services(self._paths, self._preferences, self._secrets, endpoint)
        if self._arguments.demo:
            services.accounts.lend(DEMO)
        return services

    async def _give_up(self, error: StoreError, quit: asyncio.Event) -> int:
        """Say why there is nothing to show, and end when that was read."""
        log.error("cannot use the store: %s", error)
        # The user may have wanted the end already.
        quit.clear()
        self._window.show()
        usual = self._safekeeping.usual if isinstance(error, DataFolderMissing) else None
        way_out = None if usual is None else partial(self._safekeeping.use, usual)
        self._window.show_fatal(error, restarting=self.restarting, on_usual=way_out)
        await quit.wait()
        try:
            await self._safekeeping.finish()
        except StoreError as problem:
            log.error("the usual folder cannot be chosen: %s", problem)
        return 1

    def _keep_options(self, options: Options) -> None:
        self.tasks.spawn(self._save_options(options), name="save settings")

    async def _save_options(self, options: Options) -> None:
        # One after the other: each reads the file first.
        async with self._saving:
            try:
                await asyncio.to_thread(save, self._paths.settings, options)
            except OSError as error:
                log.info("the settings cannot be saved: %s", error)
                self._window.show_unsaved_settings(error.strerror or str(error))

    async def _wait(self, quit: asyncio.Event, stage: Stage) -> int:
        """Until the user or the system wants the end, or the errand is done."""
        if self._errand is None:
            await quit.wait()
            return 0
        errand = asyncio.ensure_future(self._errand(stage))
        quitting = asyncio.ensure_future(quit.wait())
        await asyncio.wait((errand, quitting), return_when=asyncio.FIRST_COMPLETED)
        quitting.cancel()
        if errand.done():
            return errand.result()
        errand.cancel()
        return 0

    def _keep_geometry(self) -> None:
        try:
            self._window.save_geometry(self._paths.window)
        except OSError as error:
            log.info("the window's shape is not remembered: %s", error)

    def _leave(self, code: int) -> int:
        self._instance.close()
        self._window.allow_close()
        self._window.close()
        return code

    def report(self, error: BaseException) -> None:
        """A bug: into the log, and one dialog that lets the user go on."""
        log.error("unexpected error", exc_info=error)
        self._window.show_bug("".join(traceback.format_exception(error)))
