# SPDX-License-Identifier: MIT
"""What services say of themselves, asked as the window does."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web

from chatglm_desktop.backends import Backends
from chatglm_desktop.core.accounts import GUEST, Account
from chatglm_desktop.core.errors import KeyMissing
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.core.network import (
    PROXY_SECRET,
    NetworkOptions,
    ProxyDecision,
)
from chatglm_desktop.core.secrets import Secret
from chatglm_desktop.providers.patience import Patience
from chatglm_desktop.settings.options import Options
from chatglm_desktop.settings.preferences import Preferences
from tests.helpers.proxy_servers import Asked, HttpProxy


@pytest.fixture
def preferences() -> Preferences:
    return Preferences(Options(), lambda options: None)


@pytest_asyncio.fixture
async def backends(preferences: Preferences) -> AsyncIterator[Backends]:
    async def secret(name: str) -> Secret | None:
        return Secret("password") if name == PROXY_SECRET else None

    backends = Backends(preferences, secret, "0" * 32, "")
    yield backends
    await backends.close()


@pytest_asyncio.fixture
async def address() -> AsyncIterator[str]:
    """A server with one model for whoever has the key."""

    async def models(request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != "Bearer id.secret":
            return web.json_response({"error": "no"}, status=401)
        return web.json_response({"object": "list", "data": [{"id": "glm-edge"}]})

    app = web.Application()
    app.router.add_get("/v1/models", models)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}/v1"
    await runner.cleanup()


@pytest.mark.asyncio
async def test_a_service_lists_its_models(backends: Backends, address: str) -> None:
    account = Account("a", "custom", base_url=address)
    assert await backends.list_models(account, Secret("id.secret")) == (ModelInfo("glm-edge"),)


@pytest.mark.asyncio
async def test_the_guest_service_has_no_list(backends: Backends) -> None:
    assert await backends.list_models(GUEST, None) == ()


@pytest.mark.asyncio
async def test_servers_that_run_here_are_looked_for(
    backends: Backends, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chatglm_desktop.providers import model_lists

    monkeypatch.setattr(
        model_lists.running_servers, "__defaults__", ({"ollama": address}, Patience())
    )
    assert await backends.running() == ("ollama",)


@pytest.mark.asyncio
async def test_an_account_may_want_the_users_proxy_whatever_the_others_do(
    backends: Backends, preferences: Preferences
) -> None:
    async with HttpProxy(login="me:password", refusal=502) as proxy:
        address = f"http://127.0.0.1:{proxy.port}"
        preferences.change(network=NetworkOptions("off", address, "me"))
        decision = ProxyDecision("custom", address, of_account=True)
        assert await backends.proxy_for("https://api.z.ai", "custom") == decision
        trial = await backends.try_address("https://api.z.ai", "custom")
    assert trial.decision == decision
    assert trial.failure is not None
    assert trial.failure.kind == "ProxyRefused"
    assert proxy.asked == [Asked("CONNECT", "api.z.ai", 443, "me:password")]


@pytest.mark.asyncio
async def test_a_service_that_needs_a_key_is_not_asked_without_one(backends: Backends) -> None:
    with pytest.raises(KeyMissing) as caught:
        await backends.ready(Account("a", "zai"), "glm-4.7-flash", None)
    assert caught.value.host == "api.z.ai"
