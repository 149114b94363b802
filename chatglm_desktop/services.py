# SPDX-License-Identifier: MIT
"""What answers in each conversation: its account, model and options put together."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from chatglm_desktop.backends import Backends, import_late
from chatglm_desktop.chat.accounts import Accounts
from chatglm_desktop.chat.attachments import AttachmentReader
from chatglm_desktop.chat.catalogue import Catalogue
from chatglm_desktop.chat.file_texts import FileTexts
from chatglm_desktop.chat.lanes import Lanes
from chatglm_desktop.chat.model_table import model_table
from chatglm_desktop.chat.retries import NEVER, Backoff
from chatglm_desktop.chat.service import ReadyProvider, Service
from chatglm_desktop.core.abilities import abilities
from chatglm_desktop.core.errors import ChatError
from chatglm_desktop.core.links import host_of
from chatglm_desktop.core.pictures import MOST_BYTES, PictureError, attachment_digest
from chatglm_desktop.settings.installation import device_id
from chatglm_desktop.store.attachments import AttachmentFiles

if TYPE_CHECKING:
    from chatglm_desktop.core.accounts import Account, Setup
    from chatglm_desktop.core.models import ModelInfo
    from chatglm_desktop.settings.paths import Paths
    from chatglm_desktop.settings.preferences import Preferences
    from chatglm_desktop.settings.secrets import Secrets

_OWN_ENDPOINT = 4
"""Requests at a time to a guest service of one's own; the real one takes a single one."""


class Services:
    """:meth:`service` is what a session asks; :meth:`close` ends all that was started for it.

    ``endpoint`` is another address of the guest service; ``attachments`` keeps the files that go
    along with messages, and ``file_texts`` the text in them.
    """

    def __init__(
        self,
        preferences: Preferences,
        secrets: Secrets,
        *,
        device_id: str,
        attachments: AttachmentFiles,
        endpoint: str = "",
    ) -> None:
        self.accounts = Accounts(preferences, secrets)
        self.backends = Backends(preferences, self.accounts.key, device_id, endpoint)
        self.catalogue = Catalogue(self.accounts, model_table(), self.backends)
        self._preferences = preferences
        self.attachments = attachments
        self.file_texts = FileTexts(attachments)
        self._reader = AttachmentReader(self.file_texts)
        self._endpoint = endpoint
        self._lanes = Lanes()

    def service(self, setup: Setup) -> Service:
        """What answers in a conversation that is set up so."""
        account = self.accounts.of(setup)
        model, chosen = self.catalogue.model(setup), self.catalogue.chosen(setup)
        return Service(
            _label(account, model),
            partial(self._prepare, account, model),
            model,
            abilities(account, model),
            setup.generation.over(self._preferences.options.generation),
            self._reader.read,
            lane=self._lanes.lane(account.id, self._most_in_flight(account)),
            backoff=NEVER if account.kind == "guest" else Backoff(),
            instead_of=chosen if chosen != model.id else "",
        )

    async def picture(self, address: str) -> bytes:
        """The file at an address of the web or of an attachment. Raises PictureError."""
        if digest := attachment_digest(address):
            return await asyncio.to_thread(_read_attachment, self.attachments, digest)
        pictures = await import_late("chatglm_desktop.providers.pictures")
        try:
            route = await self.backends.route(address)
        except ChatError as error:
            raise PictureError("unreachable") from error
        data: bytes = await pictures.fetch_picture(route.session, address)
        return data

    async def warm_up(self) -> None:
        """Import what the first reply will need, and look at the model files."""
        await import_late("chatglm_desktop.providers")
        await import_late("chatglm_desktop.markdown.libraries")
        for account in self.accounts.all:
            if account.kind == "local":
                await self.catalogue.models(account)

    async def close(self) -> None:
        await self.backends.close()

    async def _prepare(self, account: Account, model: ModelInfo) -> ReadyProvider:
        name = model.id or await self.catalogue.first_model(account)
        key = await self.accounts.key(account.id)
        now = self.accounts.find(account.id)
        if now is None or host_of(now.address) != host_of(account.address):
            # Removed or moved while the request waited: what is kept now is for another host.
            key = None
        return await self.backends.ready(account, name, key)

    def _most_in_flight(self, account: Account) -> int:
        own = account.kind == "guest" and self._endpoint
        return _OWN_ENDPOINT if own else account.most_in_flight


def open_services(
    paths: Paths, preferences: Preferences, secrets: Secrets, endpoint: str = ""
) -> Services:
    """The services of the program whose files lie in ``paths``."""
    return Services(
        preferences,
        secrets,
        device_id=device_id(paths.device_id),
        attachments=AttachmentFiles(paths.attachments),
        endpoint=endpoint or preferences.options.endpoint,
    )


def _label(account: Account, model: ModelInfo) -> str:
    """What stands above a reply."""
    match account.kind:
        case "guest" | "demo":
            return account.name
        case "local":
            return model.label or Path(model.id).stem
        case "glm" | "openai":
            return model.name or account.name
        case _:
            assert_never(account.kind)


def _read_attachment(files: AttachmentFiles, digest: str) -> bytes:
    try:
        if files.size(digest) > MOST_BYTES:
            raise PictureError("too large")
        return files.read(digest)
    except (ValueError, OSError) as error:
        raise PictureError("missing") from error
