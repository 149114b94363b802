# SPDX-License-Identifier: MIT
"""Does what the user answered: tries services, sets one up, tells how it goes; shows nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import QObject, Signal

from chatglm_desktop.chat.accounts import Accounts
from chatglm_desktop.chat.catalogue import Catalogue
from chatglm_desktop.chat.joining import Joined, Joining, NoModel, NotKept, Outcome, Refused
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.accounts import DEMO, GUEST, PRESETS, Account
from chatglm_desktop.core.errors import ChatError, Failure, KeyRejected, failure_kind
from chatglm_desktop.core.hosts import host
from chatglm_desktop.core.keys import hosts_of, key_in
from chatglm_desktop.core.secrets import Secret
from chatglm_desktop.gui.failures import describe
from chatglm_desktop.gui.onboarding.page import OnboardingPage
from chatglm_desktop.gui.service_names import service_name
from chatglm_desktop.gui.strings import tr


class SettingUp(QObject):
    """Serves one page, which owns it.

    Emits ``chosen(Account, remark)`` when a service is ready; the remark is what the user should
    know of it, "" for nothing; and ``answered_elsewhere()`` when one was set up that nobody asked
    for here. ``in_china`` is where a key was likely made.
    """

    chosen = Signal(object, str)
    answered_elsewhere = Signal()

    def __init__(
        self,
        page: OnboardingPage,
        accounts: Accounts,
        catalogue: Catalogue,
        tasks: Tasks,
        *,
        in_china: bool,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._accounts = accounts
        self._catalogue = catalogue
        self._joining = Joining(accounts, catalogue)
        self._tasks = tasks
        self._in_china = in_china
        self._trial: asyncio.Task[None] | None = None
        self._over = False
        page.key_given.connect(self._use_key)
        page.guest_chosen.connect(self._use_guest)
        page.servers_wanted.connect(self.look_for_servers)
        page.running_chosen.connect(self._use_running)
        page.server_given.connect(self._use_server)
        page.file_chosen.connect(self._use_file)
        page.demo_chosen.connect(lambda: self.chosen.emit(DEMO, ""))
        page.cancelled.connect(self.cancel)
        page.destroyed.connect(self._end)
        accounts.changed.connect(self._hear)
        self._known = accounts.own

    def look_for_servers(self) -> None:
        """See what runs on this computer."""
        self._tasks.spawn(self._look(), name="look for servers", needed=False)

    def cancel(self) -> None:
        """Stop trying."""
        if self._trial is not None:
            self._trial.cancel()

    def _end(self) -> None:
        self._over = True
        self._accounts.changed.disconnect(self._hear)
        self.cancel()

    def _hear(self, _: None) -> None:
        known = {account.id for account in self._known}
        self._known = self._accounts.own
        came = any(account.id not in known for account in self._known)
        if came and self._trial is None:
            self.answered_elsewhere.emit()

    async def _look(self) -> None:
        try:
            found = await self._catalogue.running()
        except ChatError:
            # A file of certificates that cannot be read, say; whoever is asked will tell.
            return
        if not self._over:
            self._page.show_running(found)

    def _use_key(self, text: str) -> None:
        key = key_in(text)
        presets = hosts_of(key, in_china=self._in_china)
        if not presets:
            words = tr(
                "This does not look like a key for GLM or OpenRouter. For any other service "
                "choose “A server on this computer” and give its address."
            )
            self._page.say(words, "bad")
            return
        names = " · ".join(host(PRESETS[preset].base_url) for preset in presets)
        self._try(self._joining.with_key(Secret(key), presets), tr("Asking {host}…", host=names))

    def _use_guest(self) -> None:
        self._accounts.make_default(GUEST.id)
        self.chosen.emit(GUEST, "")

    def _use_running(self, account: Account) -> None:
        asking = tr("Asking {host}…", host=service_name(account))
        self._try(self._joining.with_running(account), asking)

    def _use_server(self, account: Account, key: str) -> None:
        secret = Secret(key_in(key)) if key_in(key) else None
        asking = tr(
            "Asking {host}… A server may have to load its model first.",
            host=host(account.address),
        )
        self._try(self._joining.with_server(account, secret), asking)

    def _use_file(self, path: Path) -> None:
        self._try(self._joining.with_file(path), "")

    def _try(self, work: Coroutine[object, object, Outcome], words: str) -> None:
        if self._trial is not None:
            work.close()
            return
        self._page.say(words)
        self._page.set_busy(True)
        waiting = self._wait_for(work)
        self._trial = self._tasks.spawn(waiting, name="set up a service", needed=False)

    async def _wait_for(self, work: Coroutine[object, object, Outcome]) -> None:
        try:
            outcome = await work
        finally:
            self._trial = None
            if not self._over:
                self._page.set_busy(False)
                self._page.say("")
        if not self._over:
            self._tell(outcome)

    def _tell(self, outcome: Outcome) -> None:
        match outcome:
            case Joined(account):
                self._page.clear()
                self.chosen.emit(account, remarks(outcome))
            case Refused() | NoModel() | NotKept():
                self._page.say(refusal(outcome), "bad")
            case _:
                assert_never(outcome)


def refusal(outcome: Refused | NoModel | NotKept) -> str:
    """Why a service was not set up, and what to do."""
    match outcome:
        case Refused(failures):
            return verdict(failures)
        case NoModel():
            return tr(
                "The server runs, but has no model that chats. Get one there first; with "
                "Ollama: “ollama pull glm4”."
            )
        case NotKept():
            return tr(
                "The key works, but the keyring of this system did not take it. Unlock the "
                "keyring, then connect again."
            )
        case _:
            assert_never(outcome)


def remarks(joined: Joined) -> str:
    """What the user should know of a service that was set up."""
    remark = describe(joined.remark).summary if joined.remark is not None else ""
    forgotten = tr("There is no keyring here: the key is forgotten when the program ends.")
    return " ".join(part for part in (remark, forgotten if joined.forgotten else "") if part)


def verdict(failures: tuple[Failure, ...]) -> str:
    """What every service said that was asked, and what to do if all said the same."""
    lines = [said(failure) for failure in failures]
    kinds = {failure_kind(failure) for failure in failures}
    if kinds == {KeyRejected} and len(lines) > 1:
        lines.append(tr("Check that the key was copied whole and still exists at its host."))
    elif len(kinds) == 1:
        lines.append(describe(failures[0]).hint)
    return "\n".join(lines)


def said(failure: Failure) -> str:
    """A failure in a line that names its host."""
    summary = describe(failure).summary
    return summary if not failure.host or failure.host in summary else f"{failure.host}: {summary}"
