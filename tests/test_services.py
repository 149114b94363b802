# SPDX-License-Identifier: MIT
"""Files for pictures: from the folder of attachments, or over the network."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web

from chatglm_desktop.core.accounts import Account, Setup
from chatglm_desktop.core.pictures import MOST_BYTES, PictureError, attached
from chatglm_desktop.core.secrets import Secret
from chatglm_desktop.services import Services
from chatglm_desktop.settings.options import Options
from chatglm_desktop.settings.preferences import Preferences
from chatglm_desktop.settings.secrets import MemorySecrets
from chatglm_desktop.store.attachments import AttachmentFiles


@pytest_asyncio.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    preferences = Preferences(Options(), lambda options: None)
    files = AttachmentFiles(tmp_path)
    services = Services(preferences, MemorySecrets(), device_id="0" * 32, attachments=files)
    yield services
    await services.close()


async def problem(services: Services, address: str) -> str:
    with pytest.raises(PictureError) as caught:
        await services.picture(address)
    return caught.value.problem


@pytest.mark.asyncio
async def test_a_request_that_waited_does_not_take_a_key_to_the_host_it_is_not_for(
    services: Services,
) -> None:
    account = Account("a", "custom", base_url="http://127.0.0.1:1/v1", model="m")
    await services.accounts.add(account, Secret("first.secret"))
    service = services.service(Setup("a"))
    assert (await service.prepare()).extras["api_key"] == "first.secret"
    await services.accounts.set_key("a", Secret("second.secret"))
    services.accounts.change(replace(account, base_url="http://127.0.0.1:2/v1"))
    assert (await service.prepare()).extras["api_key"] == ""
    await services.accounts.remove("a")
    assert (await service.prepare()).extras["api_key"] == ""


@pytest.mark.asyncio
async def test_an_attachment_is_found_by_its_digest(services: Services, tmp_path: Path) -> None:
    digest = sha256(b"bytes").hexdigest()
    (tmp_path / digest).write_bytes(b"bytes")
    assert await services.picture(attached(digest)) == b"bytes"


@pytest.mark.asyncio
async def test_no_other_file_can_be_named(services: Services, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    for digest in ("secret", "../secret", "0" * 64, "A" * 64):
        assert await problem(services, attached(digest)) == "missing"


@pytest.mark.asyncio
async def test_a_large_attachment_is_not_read(services: Services, tmp_path: Path) -> None:
    with (tmp_path / ("1" * 64)).open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    assert await problem(services, attached("1" * 64)) == "too large"


@pytest.mark.asyncio
async def test_a_picture_comes_from_the_web(services: Services) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=b"picture", content_type="image/png")

    app = web.Application()
    app.router.add_get("/a.png", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    assert await services.picture(f"http://127.0.0.1:{port}/a.png") == b"picture"
    await runner.cleanup()
