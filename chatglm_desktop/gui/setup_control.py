# SPDX-License-Identifier: MIT
"""Between the controls of a page and the setup of its session; asks no service itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import QWidget

from chatglm_desktop.chat.events import (
    BranchChanged,
    MessageDeleted,
    MessageEnded,
    SessionEvent,
    SetupChanged,
)
from chatglm_desktop.chat.joining import Joined, Joining
from chatglm_desktop.core.context import room
from chatglm_desktop.gui.context_control import ContextControl
from chatglm_desktop.gui.model_picker.chooser import ModelChooser
from chatglm_desktop.gui.service_names import service_name
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.settings.options import SavedPrompt

if TYPE_CHECKING:
    from chatglm_desktop.chat.accounts import Accounts
    from chatglm_desktop.chat.catalogue import Catalogue
    from chatglm_desktop.chat.session import ChatSession
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.core.accounts import Account
    from chatglm_desktop.core.generation import Generation
    from chatglm_desktop.gui.composing.options_panel import OptionsPanel
    from chatglm_desktop.gui.conversation_page import ConversationPage
    from chatglm_desktop.gui.theme.manager import ThemeManager
    from chatglm_desktop.gui.widgets.toast import Toast
    from chatglm_desktop.settings.preferences import Preferences

_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class SetupSources:
    """Where every page looks up what can be chosen."""

    themes: ThemeManager
    accounts: Accounts
    catalogue: Catalogue
    preferences: Preferences
    tasks: Tasks


class SetupControl(QObject):
    """Owned by the page; call :meth:`close` before it goes. ``toast`` tells what was kept."""

    def __init__(
        self, session: ChatSession, page: ConversationPage, sources: SetupSources, toast: Toast
    ) -> None:
        super().__init__(page)
        self._session = session
        self._page = page
        self._sources = sources
        self._toast = toast
        self._panel: OptionsPanel | None = None
        self._context = ContextControl(session, page.composer, sources.tasks)
        self.chooser = ModelChooser(
            page, sources.themes, sources.catalogue, sources.accounts, tasks=sources.tasks
        )
        self._connect()
        self._show()

    def _connect(self) -> None:
        composer, controls = self._page.composer, self._page.composer.controls
        controls.picker_wanted.connect(self.choose_model)
        controls.options_wanted.connect(self.change_options)
        controls.setup_changed.connect(self._session.choose)
        composer.snippet_wanted.connect(self._keep_snippet)
        self._page.model_wanted.connect(self.choose_model)
        self.chooser.chosen.connect(self._choose)
        self.chooser.server_wanted.connect(self._use_server)
        self.chooser.service_wanted.connect(partial(self._page.service_wanted.emit, ""))
        self.chooser.left.connect(composer.focus_editor)
        self._session.events.connect(self._hear)
        self._sources.accounts.changed.connect(self._hear_services)
        self._sources.catalogue.learned.connect(self._hear_services)
        self._sources.preferences.changed.connect(self._hear_options)

    def close(self) -> None:
        """Stop listening."""
        self.chooser.close()
        self._context.close()
        self._session.events.disconnect(self._hear)
        self._sources.accounts.changed.disconnect(self._hear_services)
        self._sources.catalogue.learned.disconnect(self._hear_services)
        self._sources.preferences.changed.disconnect(self._hear_options)

    def choose_model(self) -> None:
        """Open the list of models, or close it."""
        button = self._page.composer.controls.model_button
        self.chooser.toggle(self._place_of(button), self._session.setup)

    def change_options(self) -> None:
        """Open the options of the conversation, or close them."""
        from chatglm_desktop.gui.composing.options_panel import OptionsPanel

        if self._panel is not None:
            self._panel.leave()
            return
        setup, sources = self._session.setup, self._sources
        options = sources.preferences.options
        self._panel = panel = OptionsPanel(
            sources.themes,
            self._page,
            setup.generation,
            defaults=options.generation,
            abilities=sources.catalogue.abilities(setup),
            prompts=options.prompts,
        )
        panel.changed.connect(self._generate)
        panel.prompts_wanted.connect(self._edit_prompts)
        panel.left.connect(self._page.composer.focus_editor)
        panel.gone.connect(self._forget_panel)
        panel.open_at(self._place_of(self._page.composer.controls.options_button))

    def _show(self) -> None:
        sources, setup = self._sources, self._session.setup
        options, model = sources.preferences.options, sources.catalogue.model(setup)
        abilities = sources.catalogue.abilities(setup)
        self._page.composer.set_abilities(abilities)
        self._page.composer.controls.show_setup(
            setup,
            model,
            abilities,
            service_name(sources.accounts.of(setup)),
            options.generation,
        )
        self._page.composer.snippets.set_snippets(options.prompts)
        self._context.set_limit(room(model, setup.generation.over(options.generation)))

    def _choose(self, account_id: str, model: str) -> None:
        self._session.choose(replace(self._session.setup, account_id=account_id, model=model))

    def _generate(self, generation: Generation) -> None:
        self._session.choose(replace(self._session.setup, generation=generation))

    def _use_server(self, account: Account) -> None:
        """Set up a server that runs on this computer, and talk to its first model here."""
        from chatglm_desktop.gui.onboarding.setting_up import refusal

        async def add() -> None:
            joining = Joining(self._sources.accounts, self._sources.catalogue)
            outcome = await joining.with_running(account)
            if isinstance(outcome, Joined):
                self._choose(outcome.account.id, outcome.account.model)
            else:
                self._toast.show_message(refusal(outcome))

        self._sources.tasks.spawn(add(), name=f"set up {account.id}")

    def _keep_snippet(self, text: str) -> None:
        """Keep a text under its first words; without one, show what is kept."""
        if not text.strip():
            self._edit_prompts()
            return
        preferences = self._sources.preferences
        name = " ".join(text.split())[:_LONGEST_NAME].strip()
        snippet = SavedPrompt(name, text)
        preferences.change(prompts=(*preferences.options.prompts, snippet))
        told = tr("Saved as the snippet “{name}”. Type “/” to insert it.", name=name)
        self._toast.show_message(told, tr("Edit"), self._edit_prompts, title=name)

    def _edit_prompts(self) -> None:
        self._page.settings_wanted.emit("prompts")

    def _hear(self, event: SessionEvent) -> None:
        match event:
            case SetupChanged():
                self._show()
            case MessageEnded() | MessageDeleted() | BranchChanged():
                self._context.forget()
            case _:
                pass

    def _hear_services(self, _: None) -> None:
        self._show()

    def _hear_options(self, names: frozenset[str]) -> None:
        if names & {"generation", "prompts"}:
            self._show()

    def _place_of(self, button: QWidget) -> QRect:
        """Where a button is in the page; at the row's beginning if there is no room for it."""
        shown = button if button.isVisible() else self._page.composer.controls
        return QRect(shown.mapTo(self._page, QPoint()), shown.size())

    def _forget_panel(self) -> None:
        self._panel = None
