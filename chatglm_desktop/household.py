# SPDX-License-Identifier: MIT
"""Constructs what stands behind the window, once there is a store; decides nothing."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chatglm_desktop.chat.conversations import Library
from chatglm_desktop.chat.listing import Listing
from chatglm_desktop.chat.model_titles import ModelTitles
from chatglm_desktop.chat.organiser import Organiser
from chatglm_desktop.chat.purging import purge
from chatglm_desktop.chat.searching import Searching
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.chat.unused_files import collect_unused
from chatglm_desktop.core.deep_links import parse_link
from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.gui.attaching.intake import Intake
from chatglm_desktop.gui.attaching.tasks import AttachmentTasks
from chatglm_desktop.gui.conversation_page import ConversationPage
from chatglm_desktop.gui.exporting.control import ExportControl
from chatglm_desktop.gui.importing.gate import ImportGate
from chatglm_desktop.gui.live_options import LiveOptions, apply_options
from chatglm_desktop.gui.notifying.reply_notices import ReplyNotices
from chatglm_desktop.gui.notifying.tray import TrayNotifier
from chatglm_desktop.gui.onboarding.offers import Choices, ServiceOffers
from chatglm_desktop.gui.organising import Organising
from chatglm_desktop.gui.picture_tasks import PictureTasks
from chatglm_desktop.gui.search.control import SearchControl
from chatglm_desktop.gui.search.landing import Lander
from chatglm_desktop.gui.setup_control import SetupSources
from chatglm_desktop.gui.sidebar.controller import LibraryController
from chatglm_desktop.gui.spelling.spell_check import SpellCheck
from chatglm_desktop.gui.transcript.accessible import factory as accessible
from chatglm_desktop.gui.transcript.look import Looks
from chatglm_desktop.gui.workspace import Workspace
from chatglm_desktop.gui.workspace.opening_marks import OpeningMarks
from chatglm_desktop.safekeeping import Safekeeping
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
    from chatglm_desktop.settings.paths import Paths
    from chatglm_desktop.store import Store


@dataclass(frozen=True, slots=True)
class Front:
    """What was built for the first paint."""

    window: MainWindow
    themes: ThemeManager
    instance: SingleInstance


@dataclass(frozen=True, slots=True)
class Ground:
    """What a household stands on: the window, what the user has chosen, and what is saved."""

    front: Front
    arguments: Arguments
    paths: Paths
    preferences: Preferences
    secrets: KeptSecrets
    safekeeping: Safekeeping
    tasks: Tasks
    store: Store
    services: Services


@dataclass(frozen=True, slots=True)
class Stage:
    """What an errand can use."""

    window: MainWindow
    workspace: Workspace
    conversations: Library
    organiser: Organiser
    store: Store
    tasks: Tasks
    preferences: Preferences
    services: Services
    safekeeping: Safekeeping


class Household:
    """Everything that works for the window while it is open."""

    def __init__(self, ground: Ground) -> None:
        accessible.install()
        self._ground = ground
        self._window = ground.front.window
        self._themes = ground.front.themes
        self._preferences = ground.preferences
        self._tasks = ground.tasks
        self._store = ground.store
        self._services = ground.services
        self._settings: SettingsWindow | None = None
        self._library = Library(self._store, self._services.service, self._tasks)
        self._organiser = Organiser(self._library, self._store, time.time)
        self._searching = Searching(self._store)
        self._pictures = PictureTasks(self._tasks, self._services.picture)
        self._files = AttachmentTasks(
            self._tasks, Intake(self._services.attachments, self._services.file_texts)
        )
        self._looks = Looks()
        self._spelling = self._spell_check()
        self._workspace = self._new_workspace()
        self._lander = Lander(self._window, self._workspace, self._library)
        self._imports = ImportGate(self._window, self._themes, self._import_control)
        self._exports = ExportControl(
            self._window,
            self._workspace,
            self._library,
            self._tasks,
            preferences=self._preferences,
            make_exporter=self._exporter,
        )
        self._connect()

    async def open(self) -> Stage:
        """Show what was open last time, and begin what is done beside. Raises StoreErrors."""
        ground = self._ground
        await self._workspace.restore()
        if ground.arguments.link is not None:
            self._open_link(str(ground.arguments.link))
        if self._store.rescue is not None:
            self._window.show_rescue(self._store.rescue)
        ground.safekeeping.backups.keep(self._tasks)
        self._tasks.spawn(self._services.warm_up(), name="warm up")
        self._tasks.spawn(self._searching.complete(), name="index", needed=False)
        self._tasks.spawn(self._tidy(), name="tidy")
        return Stage(
            self._window,
            self._workspace,
            self._library,
            self._organiser,
            self._store,
            self._tasks,
            self._preferences,
            self._services,
            ground.safekeeping,
        )

    async def close(self) -> None:
        """Hide the window, stop what runs, and wait until everything is saved."""
        self._window.hide()
        if self._settings is not None:
            self._settings.close()
        self._imports.stop()
        self._ground.safekeeping.backups.stop()
        self._workspace.leave()
        self._library.stop_all()
        self._pictures.stop()
        self._files.stop()
        self._looks.stop()
        self._exports.stop()
        self._tasks.give_up()
        await self._tasks.finish()

    def _new_workspace(self) -> Workspace:
        return Workspace(
            self._window,
            self._library,
            self._tasks,
            self._new_page,
            SetupSources(
                self._themes,
                self._services.accounts,
                self._services.catalogue,
                self._preferences,
                self._tasks,
            ),
            offers=self._offers(),
            opening=OpeningMarks(self._ground.paths.opening),
        )

    def _connect(self) -> None:
        window, workspace, library = self._window, self._workspace, self._library
        ModelTitles(library, self._tasks, lambda: self._preferences.options.model_titles)
        Organising(window, self._organiser, library, workspace)
        LiveOptions(self._preferences, self._themes, workspace, self._spelling)
        SearchControl(window, library, self._tasks, searcher=self._searching, go=self._lander.go)
        ReplyNotices(
            window,
            workspace,
            library,
            self._tasks,
            notifier=TrayNotifier(window),
            wanted=lambda: self._preferences.options.notify,
        )
        self._tie_sidebar()
        window.settings_requested.connect(self._show_settings)
        workspace.follow_mode_chosen.connect(lambda mode: self._preferences.change(follow=mode))
        self._ground.safekeeping.backups.failed.connect(window.show_store_error)
        self._ground.front.instance.store_changed.connect(self._catch_up)
        self._ground.front.instance.link_opened.connect(self._open_link)

    def _spell_check(self) -> SpellCheck:
        spelling = SpellCheck(self._tasks, self._window)
        spelling.missing.connect(self._window.toast.show_message)
        spelling.want(self._preferences.options.spell_check)
        return spelling

    def _new_page(self) -> ConversationPage:
        page = ConversationPage(self._themes, looks=self._looks)
        apply_options(page, self._preferences.options)
        self._pictures.serve(page.transcript.pictures, page)
        self._files.serve(page.composer.tray.shelf, page)
        page.composer.spelling.set_speller(self._spelling.speller)
        return page

    def _offers(self) -> ServiceOffers:
        arguments = self._ground.arguments
        choices = Choices(
            self._services.accounts,
            self._services.catalogue,
            self._preferences,
            self._services.backends.missing_engine,
        )
        answered = arguments.demo or bool(arguments.endpoint)
        offers = ServiceOffers(
            choices, self._themes, self._tasks, self._window, asks_first=not answered
        )
        offers.told.connect(self._window.toast.show_message)
        return offers

    def _import_control(self) -> ImportControl:
        from chatglm_desktop.chat.importing.importer import Importer
        from chatglm_desktop.gui.importing.control import ImportControl, ImportMeans

        files = self._services.attachments
        keep = Intake(files, self._services.file_texts).keep
        importer = Importer(self._store, keep, files.put, time.time, self._workspace.row.open_ids)
        means = ImportMeans(importer, self._tasks, self._library, self._organiser)
        return ImportControl(self._window, self._themes, means)

    def _exporter(self) -> Exporter:
        from chatglm_desktop.chat.exporting.exporter import Exporter
        from chatglm_desktop.gui.exporting.tools import export_tools
        from chatglm_desktop.gui.exporting.words import export_words

        return Exporter(
            self._store.saved, self._services.attachments.read, export_tools(), export_words()
        )

    def _tie_sidebar(self) -> None:
        workspace, exports = self._workspace, self._exports
        listing = Listing(self._store.listing, self._tasks)
        sidebar = LibraryController(
            self._window, self._library, self._organiser, listing, self._tasks
        )
        sidebar.opened.connect(workspace.open)
        sidebar.window_requested.connect(workspace.open_in_window)
        sidebar.new_in_folder_requested.connect(workspace.new_tab)
        sidebar.export_requested.connect(exports.export)
        sidebar.folder_export_requested.connect(exports.export_folder)

    def _show_settings(self, section: str) -> None:
        if self._settings is None:
            from chatglm_desktop.gui.settings.controller import Means
            from chatglm_desktop.gui.settings.window import SettingsWindow

            means = Means(
                self._preferences,
                self._services.accounts,
                self._services.catalogue,
                self._ground.secrets,
                self._services.backends.proxy_for,
                self._services.backends.try_address,
                self._services.backends.missing_engine,
                self._ground.safekeeping,
                self._tasks,
            )
            self._settings = SettingsWindow(self._window, self._themes, means)
            self._settings.import_requested.connect(self._window.import_requested)
        self._settings.open_at(section)

    def _open_link(self, text: str) -> None:
        """Another program wants a conversation to be shown."""
        if (link := parse_link(text)) is not None:
            self._tasks.spawn(self._lander.follow(link), name="open a link")

    def _catch_up(self) -> None:
        """Another program has written to the store."""

        async def refresh() -> None:
            try:
                await self._library.load()
            except StoreError as error:
                self._library.failed.emit(error)

        self._tasks.spawn(refresh(), name="catch up")

    async def _tidy(self) -> None:
        """Delete for good what nobody wants back any more."""
        await purge(self._store, time.time)
        await collect_unused(self._store, self._services.attachments, time.time)
