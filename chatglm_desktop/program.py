# SPDX-License-Identifier: MIT
"""The running program: constructs what stands behind the window and ends it in order."""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from chatglm_desktop.chat.library import Library
from chatglm_desktop.chat.listing import Listing
from chatglm_desktop.chat.model_titles import ModelTitles
from chatglm_desktop.chat.organiser import Organiser
from chatglm_desktop.chat.purging import purge
from chatglm_desktop.chat.searching import Searching
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.chat.unused_files import collect_unused
from chatglm_desktop.core.accounts import DEMO
from chatglm_desktop.core.deep_links import parse_link
from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.gui.attaching.intake import Intake
from chatglm_desktop.gui.attaching.tasks import AttachmentTasks
from chatglm_desktop.gui.conversation_page import ConversationPage
from chatglm_desktop.gui.exporting.control import ExportControl
from chatglm_desktop.gui.importing.gate import ImportGate
from chatglm_desktop.gui.library.controller import LibraryController
from chatglm_desktop.gui.live_options import LiveOptions, apply_options
from chatglm_desktop.gui.loop import on_terminate
from chatglm_desktop.gui.onboarding.offers import Choices, ServiceOffers
from chatglm_desktop.gui.organising import Organising
from chatglm_desktop.gui.picture_tasks import PictureTasks
from chatglm_desktop.gui.search.control import SearchControl
from chatglm_desktop.gui.search.landing import Lander
from chatglm_desktop.gui.setup_control import SetupSources
from chatglm_desktop.gui.spelling.spell_check import SpellCheck
from chatglm_desktop.gui.transcript.accessible import factory as accessible
from chatglm_desktop.gui.transcript.look import Looks
from chatglm_desktop.gui.workspace import Workspace
from chatglm_desktop.gui.workspace.opening_marks import OpeningMarks
from chatglm_desktop.safekeeping import Safekeeping
from chatglm_desktop.services import open_services
from chatglm_desktop.settings.files import save
from chatglm_desktop.settings.kept_secrets import KeptSecrets
from chatglm_desktop.settings.preferences import Preferences

if TYPE_CHECKING:
    from chatglm_desktop.chat.exporting.exporter import Exporter
    from chatglm_desktop.cli import Arguments
    from chatglm_desktop.gui.importing.control import ImportControl
    from chatglm_desktop.gui.main_window import MainWindow
    from chatglm_desktop.gui.settings.window import SettingsWindow
    from chatglm_desktop.gui.single_instance import SingleInstance
    from chatglm_desktop.gui.theme.manager import ThemeManager
    from chatglm_desktop.services import Services
    from chatglm_desktop.settings.options import Options
    from chatglm_desktop.settings.paths import Paths
    from chatglm_desktop.store import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Front:
    """What was built for the first paint."""

    window: MainWindow
    themes: ThemeManager
    instance: SingleInstance


@dataclass(frozen=True, slots=True)
class Stage:
    """What an errand can use."""

    window: MainWindow
    workspace: Workspace
    library: Library
    organiser: Organiser
    store: Store
    tasks: Tasks
    preferences: Preferences
    services: Services
    safekeeping: Safekeeping


Errand: TypeAlias = Callable[[Stage], Awaitable[int]]
"""Something to do instead of waiting for the user; returns the program's exit code."""


class Program:
    """Everything behind the window, from its first paint to its end."""

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
        self._window = front.window
        self._themes = front.themes
        self._instance = front.instance
        self._errand = errand
        self._saving = asyncio.Lock()
        self._settings: SettingsWindow | None = None
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
        self._window.show_fatal(error)
        await quit.wait()
        return 1

    async def _serve(self, store: Store, services: Services, quit: asyncio.Event) -> int:
        accessible.install()
        library = Library(store, services.service, self.tasks)
        pictures = PictureTasks(self.tasks, services.picture)
        files = AttachmentTasks(self.tasks, Intake(services.attachments, services.file_texts))
        looks = Looks()
        spelling = self._spell_check()
        pages = partial(self._new_page, pictures, files, looks, spelling)
        workspace = Workspace(
            self._window,
            library,
            self.tasks,
            pages,
            SetupSources(
                self._themes,
                services.accounts,
                services.catalogue,
                self._preferences,
                self.tasks,
            ),
            offers=self._offers(services),
            opening=OpeningMarks(self._paths.opening),
        )
        ModelTitles(library, self.tasks, lambda: self._preferences.options.model_titles)
        organiser = Organiser(library, store, time.time)
        Organising(self._window, organiser, library, workspace)
        importing = ImportGate(
            self._window,
            self._themes,
            partial(self._import_control, store, services, library, organiser, workspace),
        )
        exports = ExportControl(
            self._window,
            workspace,
            library,
            self.tasks,
            preferences=self._preferences,
            make_exporter=partial(self._exporter, store, services),
        )
        self._tie_sidebar(store, library, organiser, workspace, exports)
        LiveOptions(self._preferences, self._themes, workspace, spelling)
        self._window.settings_requested.connect(partial(self._show_settings, services))
        workspace.follow_mode_chosen.connect(lambda mode: self._preferences.change(follow=mode))
        searching = Searching(store)
        lander = Lander(self._window, workspace, library)
        SearchControl(self._window, library, self.tasks, searcher=searching, go=lander.go)
        self._instance.store_changed.connect(partial(self._catch_up, library))
        self._instance.link_opened.connect(partial(self._open_link, lander))
        try:
            await workspace.restore()
            if self._arguments.link is not None:
                self._open_link(lander, str(self._arguments.link))
            if store.rescue is not None:
                self._window.show_rescue(store.rescue)
            self._safekeeping.backups.failed.connect(self._window.show_store_error)
            self._safekeeping.backups.keep(self.tasks)
            self.tasks.spawn(services.warm_up(), name="warm up")
            self.tasks.spawn(searching.complete(), name="index", needed=False)
            self.tasks.spawn(self._tidy(store, services), name="tidy")
            stage = Stage(
                self._window,
                workspace,
                library,
                organiser,
                store,
                self.tasks,
                self._preferences,
                services,
                self._safekeeping,
            )
            return await self._wait(quit, stage)
        finally:
            self._window.hide()
            if self._settings is not None:
                self._settings.close()
            importing.stop()
            self._safekeeping.backups.stop()
            workspace.leave()
            library.stop_all()
            pictures.stop()
            files.stop()
            looks.stop()
            exports.stop()
            self.tasks.give_up()
            await self.tasks.finish()

    def _import_control(
        self,
        store: Store,
        services: Services,
        library: Library,
        organiser: Organiser,
        workspace: Workspace,
    ) -> ImportControl:
        from chatglm_desktop.chat.importing.importer import Importer
        from chatglm_desktop.gui.importing.control import ImportControl, ImportMeans

        files = services.attachments
        keep = Intake(files, services.file_texts).keep
        importer = Importer(store, keep, files.put, time.time, workspace.row.open_ids)
        means = ImportMeans(importer, self.tasks, library, organiser)
        return ImportControl(self._window, self._themes, means)

    def _tie_sidebar(
        self,
        store: Store,
        library: Library,
        organiser: Organiser,
        workspace: Workspace,
        exports: ExportControl,
    ) -> None:
        listing = Listing(store.listing, self.tasks)
        sidebar = LibraryController(self._window, library, organiser, listing, self.tasks)
        sidebar.opened.connect(workspace.open)
        sidebar.window_requested.connect(workspace.open_in_window)
        sidebar.new_in_folder_requested.connect(workspace.new_tab)
        sidebar.export_requested.connect(exports.export)
        sidebar.folder_export_requested.connect(exports.export_folder)

    async def _tidy(self, store: Store, services: Services) -> None:
        """Delete for good what nobody wants back any more."""
        await purge(store, time.time)
        await collect_unused(store, services.attachments, time.time)

    def _open_link(self, lander: Lander, text: str) -> None:
        """Another program wants a conversation to be shown."""
        if (link := parse_link(text)) is not None:
            self.tasks.spawn(lander.follow(link), name="open a link")

    def _catch_up(self, library: Library) -> None:
        """Another program has written to the store."""

        async def refresh() -> None:
            try:
                await library.refresh()
            except StoreError as error:
                library.failed.emit(error)

        self.tasks.spawn(refresh(), name="catch up")

    def _offers(self, services: Services) -> ServiceOffers:
        choices = Choices(
            services.accounts,
            services.catalogue,
            self._preferences,
            services.backends.missing_engine,
        )
        answered = self._arguments.demo or bool(self._arguments.endpoint)
        offers = ServiceOffers(
            choices, self._themes, self.tasks, self._window, asks_first=not answered
        )
        offers.told.connect(self._window.toast.show_message)
        return offers

    def _show_settings(self, services: Services, section: str) -> None:
        if self._settings is None:
            from chatglm_desktop.gui.settings.controller import Means
            from chatglm_desktop.gui.settings.window import SettingsWindow

            means = Means(
                self._preferences,
                services.accounts,
                services.catalogue,
                self._secrets,
                services.backends.proxy_for,
                services.backends.try_address,
                services.backends.missing_engine,
                self._safekeeping,
                self.tasks,
            )
            self._settings = SettingsWindow(self._window, self._themes, means)
            self._settings.import_requested.connect(self._window.import_requested)
        self._settings.open_at(section)

    def _exporter(self, store: Store, services: Services) -> Exporter:
        from chatglm_desktop.chat.exporting.exporter import Exporter
        from chatglm_desktop.gui.exporting.tools import export_tools
        from chatglm_desktop.gui.exporting.words import export_words

        return Exporter(store.saved, services.attachments.read, export_tools(), export_words())

    def _spell_check(self) -> SpellCheck:
        spelling = SpellCheck(self.tasks, self._window)
        spelling.missing.connect(self._window.toast.show_message)
        spelling.want(self._preferences.options.spell_check)
        return spelling

    def _new_page(
        self, pictures: PictureTasks, files: AttachmentTasks, looks: Looks, spelling: SpellCheck
    ) -> ConversationPage:
        page = ConversationPage(self._themes, looks=looks)
        apply_options(page, self._preferences.options)
        pictures.serve(page.transcript.pictures, page)
        files.serve(page.composer.tray.shelf, page)
        page.composer.spelling.set_speller(spelling.speller)
        return page

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

    def _leave(self, code: int) -> int:
        try:
            self._window.save_geometry(self._paths.window)
        except OSError as error:
            log.info("the window's shape is not remembered: %s", error)
        self._instance.close()
        self._window.allow_close()
        self._window.close()
        return code

    def report(self, error: BaseException) -> None:
        """A bug: into the log, and one dialog that lets the user go on."""
        log.error("unexpected error", exc_info=error)
        self._window.show_bug("".join(traceback.format_exception(error)))
