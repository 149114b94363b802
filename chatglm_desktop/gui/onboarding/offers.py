# SPDX-License-Identifier: MIT
"""Asks on pages of conversations which service is to answer; knows no wire and sets up none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chatglm_desktop.core.accounts import DEMO, Account
from chatglm_desktop.core.errors import ChatError
from chatglm_desktop.gui.service_names import service_name
from chatglm_desktop.gui.strings import system_language, tr

if TYPE_CHECKING:
    from chatglm_desktop.chat.accounts import Accounts
    from chatglm_desktop.chat.catalogue import Catalogue
    from chatglm_desktop.chat.session import ChatSession
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.gui.conversation_page import ConversationPage
    from chatglm_desktop.gui.onboarding.page import OnboardingPage, Reason
    from chatglm_desktop.gui.theme.manager import ThemeManager
    from chatglm_desktop.settings.preferences import Preferences


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be set up; ``missing_engine`` says why model files cannot be run, if so."""

    accounts: Accounts
    catalogue: Catalogue
    preferences: Preferences
    missing_engine: Callable[[], ChatError | None]


class ServiceOffers(QObject):
    """One for the window. Emits ``told(text)`` for what the user should know.

    ``asks_first`` is whether a first start is to begin with the question.
    """

    told = Signal(str)

    def __init__(
        self,
        choices: Choices,
        themes: ThemeManager,
        tasks: Tasks,
        parent: QObject | None = None,
        *,
        asks_first: bool = True,
    ) -> None:
        super().__init__(parent)
        self._choices = choices
        self._themes = themes
        self._tasks = tasks
        self._asked = not asks_first

    def serve(self, session: ChatSession, page: ConversationPage) -> None:
        """Ask on ``page`` when it wants that, and by itself on the first page of a first start."""
        page.service_wanted.connect(partial(self.ask, session, page))
        if self._fresh and page.blank and not self._asked:
            self.ask(session, page)

    def ask(
        self, session: ChatSession, page: ConversationPage, message_id: str = ""
    ) -> OnboardingPage:
        """Ask now; then ask for the failed reply ``message_id`` again, if there is one."""
        # The widgets are needed once in the life of most installations.
        from chatglm_desktop.gui.onboarding.page import Occasion, OnboardingPage
        from chatglm_desktop.gui.onboarding.setting_up import SettingUp

        reason: Reason = "again" if message_id else "first" if self._fresh else "other"
        self._asked = True
        china = self._in_china
        hosts = ("bigmodel", "zai") if china else ("zai", "bigmodel")
        occasion = Occasion(reason, hosts, self._free(hosts[0]))
        question = OnboardingPage(self._themes, occasion, self._choices.missing_engine)
        setting_up = SettingUp(
            question,
            self._choices.accounts,
            self._choices.catalogue,
            self._tasks,
            in_china=china,
        )
        setting_up.chosen.connect(partial(self._take, session, page, message_id))
        question.left.connect(partial(self._leave, page))
        if reason == "first":
            setting_up.answered_elsewhere.connect(partial(self._leave, page))
        question.link_activated.connect(page.link_activated)
        question.told.connect(self.told)
        page.offer(question)
        setting_up.look_for_servers()
        return question

    @property
    def _fresh(self) -> bool:
        """Whether nothing was ever chosen."""
        options = self._choices.preferences.options
        return not options.onboarded and not options.accounts

    @property
    def _in_china(self) -> bool:
        language = self._choices.preferences.options.language
        return (system_language() if language == "system" else language) == "zh"

    def _free(self, preset: str) -> tuple[str, ...]:
        known = self._choices.catalogue.known(Account("", preset))
        return tuple(model.name for model in known if model.free and not model.retired)

    def _leave(self, page: ConversationPage) -> None:
        self._choices.preferences.change(onboarded=True)
        page.end_offer()

    def _take(
        self,
        session: ChatSession,
        page: ConversationPage,
        message_id: str,
        account: Account,
        remark: str,
    ) -> None:
        """Go on with ``account``: ask again, or suggest a first question."""
        self._choices.preferences.change(onboarded=True)
        # The default account need not be named, but another one chosen before gives way.
        named = session.setup.account_id or account == DEMO
        session.choose(replace(session.setup, account_id=account.id if named else "", model=""))
        page.end_offer()
        self.told.emit(_welcome(account, remark))
        if message_id and session.can_retry(message_id):
            session.retry(message_id, session.setup)
        elif page.blank:
            page.composer.suggest(tr("Hello! What can you help me with?"))


def _welcome(account: Account, remark: str) -> str:
    """What is told when a service was chosen."""
    name = (
        f"{service_name(account)} · {account.model}"
        if account.kind == "glm"
        else service_name(account)
    )
    ready = tr("Chatting with {name}", name=name)
    return f"{ready}. {remark}" if remark else ready
