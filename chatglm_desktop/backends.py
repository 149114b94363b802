# SPDX-License-Identifier: MIT
"""Makes providers ready for accounts, and asks services about themselves; imports late, in threads.

The only place that knows which provider class stands behind which kind of account.
"""

from __future__ import annotations

import asyncio
import importlib
from contextlib import aclosing, suppress
from typing import TYPE_CHECKING, assert_never, cast

from chatglm_desktop.chat.service import ReadyProvider
from chatglm_desktop.core.abilities import abilities
from chatglm_desktop.core.accounts import PRESETS
from chatglm_desktop.core.deltas import Reasoning
from chatglm_desktop.core.errors import EngineFailed, KeyMissing, ProviderUnavailable
from chatglm_desktop.core.generation import Generation, supported
from chatglm_desktop.core.links import host_of
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.core.network import PROXY_SECRET

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
    from types import ModuleType

    from chatglm_desktop.core.accounts import Account, AccountProxy
    from chatglm_desktop.core.deltas import Delta
    from chatglm_desktop.core.errors import ChatError
    from chatglm_desktop.core.network import ProxyDecision, RouteTrial
    from chatglm_desktop.core.provider import Provider
    from chatglm_desktop.core.secrets import Secret
    from chatglm_desktop.demo import DemoServer
    from chatglm_desktop.providers.connections import Connections, Route
    from chatglm_desktop.providers.local.engine import Engine
    from chatglm_desktop.settings.preferences import Preferences

_WEEK_MINUTES = 7 * 24 * 60

_FEW = 16
"""Tokens of a reply that only shows that there would be one."""


class Backends:
    """Owns the connections, the engine for model files, and the demo's server.

    ``endpoint`` is another address of the guest service, ``device_id`` what it counts by;
    ``secret`` gives a secret by its name. :meth:`close` ends all of them.
    """

    def __init__(
        self,
        preferences: Preferences,
        secret: Callable[[str], Awaitable[Secret | None]],
        device_id: str,
        endpoint: str,
    ) -> None:
        self._preferences = preferences
        self._secret = secret
        self._device_id = device_id
        self._endpoint = endpoint
        self._connections: Connections | None = None
        self._engine: Engine | None = None
        self._demo_server: DemoServer | None = None
        self._starting = asyncio.Lock()
        self._file_texts: dict[str, str] = {}

    async def ready(self, account: Account, model: str, key: Secret | None) -> ReadyProvider:
        """The provider of ``account``, with all that it needs. Raises ChatErrors."""
        providers = await import_late("chatglm_desktop.providers")
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
                return await self._local(model)
            case _:
                assert_never(account.kind)

    async def connections(self) -> Connections:
        """The connections, as the options want them now."""
        module = await import_late("chatglm_desktop.providers.connections")
        network = self._preferences.options.network
        password = None
        if network.proxy_user:
            # Whatever the mode is: an account may want the user's own proxy all the same.
            password = await self._secret(PROXY_SECRET)
        # No await between the question and the answer: two replies may begin at once.
        if self._connections is None:
            self._connections = cast("Connections", module.Connections())
        self._connections.configure(network, password)
        return self._connections

    async def route(self, url: str, proxy: AccountProxy = "default") -> Route:
        """How to ask ``url``. Raises ChatErrors."""
        return await (await self.connections()).route(url, proxy)

    async def proxy_for(self, url: str, account_proxy: AccountProxy = "default") -> ProxyDecision:
        """Through which proxy ``url`` would be asked, and why. Raises ProxyUnusable."""
        return (await self.connections()).decide(url, account_proxy)

    async def try_address(self, url: str, account_proxy: AccountProxy = "default") -> RouteTrial:
        """What comes of a request to ``url``."""
        return await (await self.connections()).try_out(url, account_proxy)

    async def list_models(self, account: Account, key: Secret | None) -> Sequence[ModelInfo]:
        """The models that the service itself lists, or the model files. Raises ChatErrors."""
        if account.kind == "local":
            return await self._model_files(account)
        if account.kind not in ("glm", "openai"):
            return ()
        _check_key(account, key)
        lists = await import_late("chatglm_desktop.providers.model_lists")
        route = await self.route(account.address, account.proxy)
        models: Sequence[ModelInfo] = await lists.list_models(
            route.session, account.address, _text(key), patience=route.patience
        )
        return models

    async def try_out(self, account: Account, key: Secret | None, model: str) -> str:
        """Ask for a reply of a few tokens; returns its first piece. Raises ChatErrors."""
        ready = await self.ready(account, model, key)
        able = abilities(account, ModelInfo(model))
        deltas = ready.provider.create_async_generator(
            ready.model,
            [{"role": "user", "content": "Hi"}],
            proxy=ready.proxy,
            generation=supported(Generation(max_tokens=_FEW), able),
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
        lists = await import_late("chatglm_desktop.providers.model_lists")
        route = await self.route(PRESETS["ollama"].base_url)
        found: Sequence[str] = await lists.running_servers(route.session)
        return found

    def missing_engine(self) -> ChatError | None:
        """Why model files cannot be run here, None if they can."""
        engine = importlib.import_module("chatglm_desktop.providers.local.engine")
        missing: ChatError | None = engine.missing_engine()
        return missing

    async def close(self) -> None:
        if self._engine is not None:
            await self._engine.close()
        if self._connections is not None:
            await self._connections.close()
        if self._demo_server is not None:
            await self._demo_server.stop()

    async def _chat(
        self, provider: Provider, account: Account, model: str, key: Secret | None
    ) -> ReadyProvider:
        _check_key(account, key)
        route = await self.route(account.address, account.proxy)
        extras: dict[str, object] = {
            "api_endpoint": account.address,
            "api_key": _text(key),
            "preset": account.preset,
            "session": route.session,
            "patience": route.patience,
            "file_texts": self._file_texts,
        }
        return ReadyProvider(provider, model, extras=extras)

    async def _guest(self, endpoint: str, proxy: AccountProxy = "default") -> ReadyProvider:
        providers = await import_late("chatglm_desktop.providers")
        route = await self.route(endpoint or providers.ChatGLM.api_endpoint, proxy)
        extras: dict[str, object] = {
            "session": route.session,
            "patience": route.patience,
            "device_id": self._device_id,
        }
        if endpoint:
            extras["api_endpoint"] = endpoint
        return ReadyProvider(providers.ChatGLM, extras=extras)

    async def _local(self, model: str) -> ReadyProvider:
        local = await import_late("chatglm_desktop.providers.local.provider")
        engines = await import_late("chatglm_desktop.providers.local.engine")
        route = await self.route("http://127.0.0.1")
        if self._engine is None:
            self._engine = cast("Engine", engines.Engine(self._idle_seconds))
        extras = {"engine": self._engine, "session": route.session, "patience": route.patience}
        return ReadyProvider(local.LocalGGUF, model, extras=extras)

    def _idle_seconds(self) -> float:
        # A file written by hand can hold any number.
        return 60.0 * min(max(self._preferences.options.engine_idle_minutes, 0), _WEEK_MINUTES)

    async def _model_files(self, account: Account) -> Sequence[ModelInfo]:
        """What the chosen model files say of themselves; those that cannot be read are left out."""
        files = await import_late("chatglm_desktop.providers.local.model_file")
        found: list[ModelInfo] = []
        for path in dict.fromkeys((account.model, *self._preferences.options.model_files)):
            with suppress(EngineFailed):
                found += [await asyncio.to_thread(files.model_info, path)] if path else []
        return found

    async def _demo_url(self) -> str:
        """Where the demo inside this program answers; starts its server."""
        async with self._starting:
            if self._demo_server is None:
                module = await import_late("chatglm_desktop.demo")
                server: DemoServer = module.DemoServer()
                try:
                    await server.start()
                except OSError as error:
                    raise ProviderUnavailable(details=f"the demo did not start: {error}") from error
                self._demo_server = server
            return self._demo_server.url


def _check_key(account: Account, key: Secret | None) -> None:
    if key is None and account.known_preset.key == "needed":
        raise KeyMissing(host=host_of(account.address))


def _text(key: Secret | None) -> str:
    return "" if key is None else key.value


async def import_late(name: str) -> ModuleType:
    """Import a module without holding up the window."""
    return await asyncio.to_thread(importlib.import_module, name)
