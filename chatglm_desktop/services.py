# SPDX-License-Identifier: MIT
"""Makes the services that answer; the heavy imports happen in a thread, on first need."""

from __future__ import annotations

import asyncio
import importlib
import re
from contextlib import aclosing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, assert_never, cast

from chatglm_desktop.chat.accounts import Accounts
from chatglm_desktop.chat.catalogue import Catalogue
from chatglm_desktop.chat.lanes import Lanes
from chatglm_desktop.chat.retries import NEVER, Backoff
from chatglm_desktop.chat.service import ReadyProvider, Service
from chatglm_desktop.core.abilities import abilities
from chatglm_desktop.core.deltas import Reasoning
from chatglm_desktop.core.errors import NotConfigured, ProviderUnavailable
from chatglm_desktop.core.generation import Generation, supported
from chatglm_desktop.core.links import host_of
from chatglm_desktop.core.pictures import MOST_BYTES, PictureError, attachment_digest
from chatglm_desktop.settings.installation import device_id
from chatglm_desktop.settings.late_secrets import LateSecrets
from chatglm_desktop.settings.secrets import open_secrets

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence
    from types import ModuleType

    import aiohttp

    from chatglm_desktop.core.accounts import Account, Setup
    from chatglm_desktop.core.deltas import Delta
    from chatglm_desktop.core.models import ModelInfo
    from chatglm_desktop.core.provider import Provider
    from chatglm_desktop.demo import DemoServer
    from chatglm_desktop.settings.paths import Paths
    from chatglm_desktop.settings.preferences import Preferences
    from chatglm_desktop.settings.secrets import Secret, Secrets


_DIGEST = re.compile(r"[0-9a-f]{64}")


class Services:
    """Owns the one HTTP session and the demo server; :meth:`close` ends both.

    ``endpoint`` is another address of the guest service. In the folder ``attachments`` each file
    is named by its SHA-256, in hexadecimal digits.
    """

    def __init__(
        self,
        preferences: Preferences,
        secrets: Secrets,
        *,
        device_id: str,
        attachments: Path,
        endpoint: str = "",
    ) -> None:
        self.accounts = Accounts(preferences, secrets)
        self.catalogue = Catalogue(self.accounts, {}, self)
        self._preferences = preferences
        self._device_id = device_id
        self._attachments = attachments
        self._endpoint = endpoint
        self._lanes = Lanes()
        self._http: aiohttp.ClientSession | None = None
        self._demo_server: DemoServer | None = None
        self._starting = asyncio.Lock()

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
            lane=self._lanes.lane(account.id, self._most_in_flight(account)),
            backoff=NEVER if account.kind == "guest" else Backoff(),
            instead_of=chosen if chosen != model.id else "",
        )

    def _most_in_flight(self, account: Account) -> int:
        # The guest service takes one at a time; a server of one's own decides for itself.
        return 4 if account.kind == "guest" and self._endpoint else account.most_in_flight

    async def picture(self, address: str) -> bytes:
        """The file at an address of the web or of an attachment. Raises PictureError."""
        if digest := attachment_digest(address):
            return await asyncio.to_thread(_read_attachment, self._attachments, digest)
        pictures = await _import("chatglm_desktop.providers.pictures")
        data: bytes = await pictures.fetch_picture(await self._session(), address)
        return data

    async def list_models(self, account: Account, key: Secret | None) -> Sequence[ModelInfo]:
        """The models that the service itself lists. Raises ChatErrors."""
        return ()

    async def try_out(self, account: Account, key: Secret | None, model: str) -> str:
        """Ask for a reply of a few tokens; returns its first piece. Raises ChatErrors."""
        info = self.catalogue.info(account, model)
        ready = await self._ready(account, info, key)
        deltas = ready.provider.create_async_generator(
            ready.model,
            [{"role": "user", "content": "Hi"}],
            proxy=ready.proxy,
            generation=supported(Generation(max_tokens=16), abilities(account, info)),
            **ready.extras,
        )
        async with aclosing(cast("AsyncGenerator[Delta, None]", deltas)) as closing:
            async for delta in closing:
                match delta:
                    case str() | Reasoning():
                        return delta if isinstance(delta, str) else delta.text
                    case _:
                        pass
        return ""

    async def running(self) -> Sequence[str]:
        """The presets of servers that run on this computer, at their usual addresses."""
        return ()

    async def warm_up(self) -> None:
        """Import what the first reply will need."""
        await _import("chatglm_desktop.providers")
        await _import("chatglm_desktop.markdown.libraries")

    async def close(self) -> None:
        if self._http is not None:
            await self._http.close()
        if self._demo_server is not None:
            await self._demo_server.stop()

    async def _prepare(self, account: Account, model: ModelInfo) -> ReadyProvider:
        return await self._ready(account, model, await self.accounts.key(account.id))

    async def _ready(self, account: Account, model: ModelInfo, key: Secret | None) -> ReadyProvider:
        providers = await _import("chatglm_desktop.providers")
        match account.kind:
            case "guest":
                return await self._guest(account.address or self._endpoint)
            case "demo":
                return await self._guest(await self._demo_url())
            case "glm":
                return await self._chat(providers.GLM, account, model, key)
            case "openai":
                return await self._chat(providers.OpenAICompatible, account, model, key)
            case "local":
                raise NotConfigured
            case _:
                assert_never(account.kind)

    async def _chat(
        self, provider: Provider, account: Account, model: ModelInfo, key: Secret | None
    ) -> ReadyProvider:
        if key is None and account.known_preset.key == "needed":
            raise NotConfigured(host=host_of(account.address))
        extras: dict[str, object] = {
            "api_endpoint": account.address,
            "api_key": "" if key is None else key.value,
            "preset": account.preset,
            "session": await self._session(),
        }
        return ReadyProvider(provider, model.id, extras=extras)

    async def _guest(self, endpoint: str) -> ReadyProvider:
        providers = await _import("chatglm_desktop.providers")
        session = await self._session()
        extras: dict[str, object] = {"session": session, "device_id": self._device_id}
        if endpoint:
            extras["api_endpoint"] = endpoint
        return ReadyProvider(providers.ChatGLM, extras=extras)

    async def _demo_url(self) -> str:
        """Where the demo inside this program answers; starts its server."""
        async with self._starting:
            if self._demo_server is None:
                module = await _import("chatglm_desktop.demo")
                server: DemoServer = module.DemoServer()
                try:
                    await server.start()
                except OSError as error:
                    raise ProviderUnavailable(details=f"the demo did not start: {error}") from error
                self._demo_server = server
            return self._demo_server.url

    async def _session(self) -> aiohttp.ClientSession:
        http = await _import("aiohttp")
        # No await between the question and the answer: two replies may begin at once.
        if self._http is None:
            # A service is told the device id and nothing else: no cookies.
            self._http = http.ClientSession(cookie_jar=http.DummyCookieJar())
        return self._http


def open_services(paths: Paths, preferences: Preferences, endpoint: str = "") -> Services:
    """The services of the program whose files lie in ``paths``."""
    return Services(
        preferences,
        LateSecrets(open_secrets),
        device_id=device_id(paths.device_id),
        attachments=paths.attachments,
        endpoint=endpoint or preferences.options.endpoint,
    )


def _label(account: Account, model: ModelInfo) -> str:
    """What stands above a reply."""
    match account.kind:
        case "guest" | "demo":
            return account.name
        case "local":
            return Path(model.id).stem
        case "glm" | "openai":
            return model.name or account.name
        case _:
            assert_never(account.kind)


def _read_attachment(folder: Path, digest: str) -> bytes:
    if not _DIGEST.fullmatch(digest):
        raise PictureError("missing")
    file = folder / digest
    try:
        if file.stat().st_size > MOST_BYTES:
            raise PictureError("too large")
        return file.read_bytes()
    except OSError as error:
        raise PictureError("missing") from error


async def _import(name: str) -> ModuleType:
    """Import a module without holding up the window."""
    return await asyncio.to_thread(importlib.import_module, name)
