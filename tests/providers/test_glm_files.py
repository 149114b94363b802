# SPDX-License-Identifier: MIT
"""The service reads documents: over a real socket, against a service of two addresses."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from chatglm_desktop.core.deltas import FinishReason
from chatglm_desktop.core.errors import (
    AddressUnusable,
    ChatError,
    FileRefused,
    NoBalance,
    ProtocolError,
    RateLimited,
    ServerNotRunning,
    TimedOut,
)
from chatglm_desktop.core.provider import RequestFile, RequestMessage
from chatglm_desktop.providers import GLM
from chatglm_desktop.providers.http import Patience

HELLO = b'data: {"choices":[{"delta":{"content":"Hello"},"finish_reason":"stop"}]}\n\n'
PDF = RequestFile("report.pdf", "application/pdf", b"%PDF-1.7")
PICTURE = RequestFile("cat.png", "image/png", b"\x89PNG")


class FileService:
    """Stands for the part of the API that reads files; tests change its answers."""

    def __init__(self) -> None:
        self.base = ""
        self.uploads: list[tuple[str, str, bytes]] = []
        self.bodies: list[Any] = []
        self.keys: set[str | None] = set()
        self.upload: web.Response | None = None
        self.content: dict[str, Any] = {"content": "All is well.", "filename": "report.pdf"}

    async def post(self, request: web.Request) -> web.Response:
        self.keys.add(request.headers.get("Authorization"))
        form = await request.post()
        file = form["file"]
        assert isinstance(file, web.FileField)
        self.uploads.append((str(form["purpose"]), file.filename, file.file.read()))
        if self.upload is not None:
            return self.upload
        return web.json_response({"id": "file-1", "object": "file", "purpose": "file-extract"})

    async def get(self, request: web.Request) -> web.Response:
        self.keys.add(request.headers.get("Authorization"))
        assert request.match_info["id"] == "file-1"
        return web.json_response(self.content)

    async def chat(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.json())
        return web.Response(body=HELLO, content_type="text/event-stream")


@pytest.fixture
async def service() -> AsyncIterator[FileService]:
    service = FileService()
    app = web.Application()
    app.router.add_post("/files", service.post)
    app.router.add_get("/files/{id}/content", service.get)
    app.router.add_post("/chat/completions", service.chat)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    service.base = f"http://{host}:{port}"
    yield service
    await runner.cleanup()


def message(*files: RequestFile, content: str = "Sum it up.") -> RequestMessage:
    return {"role": "user", "content": content, "files": files}


async def ask(base: str, *messages: RequestMessage, **extras: Any) -> None:
    stream = GLM.create_async_generator(
        "", list(messages), api_endpoint=base, api_key="id.secret", **extras
    )
    assert [delta async for delta in stream] == ["Hello", FinishReason("stop")]


async def test_the_text_of_a_document_is_pasted_before_the_question(service: FileService) -> None:
    await ask(service.base, message(PDF, PICTURE))
    assert service.uploads == [("file-extract", "report.pdf", b"%PDF-1.7")]
    assert service.keys == {"Bearer id.secret"}
    ((sent,),) = [body["messages"] for body in service.bodies]
    text, image = sent["content"]
    assert text == {"type": "text", "text": "[report.pdf]\nAll is well.\n\nSum it up."}
    assert image["image_url"]["url"].startswith("data:image/png;base64,")


async def test_a_document_without_a_question(service: FileService) -> None:
    await ask(service.base, message(PDF, content=""))
    assert service.bodies[0]["messages"][0]["content"] == "[report.pdf]\nAll is well."


async def test_a_document_is_read_once_for_all_requests(service: FileService) -> None:
    texts: dict[str, str] = {}
    again: RequestMessage = {"role": "user", "content": "And again?"}
    await ask(service.base, message(PDF, PDF), again, file_texts=texts)
    await ask(service.base, message(PDF), again, file_texts=texts)
    assert len(service.uploads) == 1
    assert [*texts.values()] == ["All is well."]
    assert "[report.pdf]\nAll is well." in service.bodies[1]["messages"][0]["content"]


async def test_pictures_alone_are_not_sent_to_be_read(service: FileService) -> None:
    await ask(service.base, message(PICTURE))
    assert not service.uploads


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (RequestFile("tool.exe", "application/x-dosexec", b"MZ"), "tool.exe: .exe"),
        (RequestFile("noname", "application/zip", b"PK"), "noname: application/zip"),
        (RequestFile("big.pdf", "application/pdf", bytes(50_000_001)), "big.pdf: > 50 MB"),
    ],
)
async def test_what_the_service_does_not_read_is_refused_before_anything_is_sent(
    service: FileService, file: RequestFile, words: str
) -> None:
    with pytest.raises(FileRefused) as caught:
        await ask(service.base, message(PDF, file))
    assert caught.value.words == words
    assert not service.uploads


async def test_a_document_without_text_is_refused(service: FileService) -> None:
    service.content = {"content": " "}
    with pytest.raises(FileRefused, match="no text"):
        await ask(service.base, message(PDF))


async def refused(service: FileService, answer: web.Response) -> ChatError:
    service.upload = answer
    with pytest.raises(ChatError) as caught:
        await ask(service.base, message(PDF))
    assert caught.value.host == service.base.removeprefix("http://")
    return caught.value


async def test_the_services_errors_are_its_own(service: FileService) -> None:
    error = {"error": {"code": "1113", "message": "余额不足"}}
    told = await refused(service, web.json_response(error, status=429))
    assert (type(told), told.words) == (NoBalance, "余额不足")


async def test_an_upload_without_an_id_makes_no_sense(service: FileService) -> None:
    assert type(await refused(service, web.json_response({"id": None}))) is ProtocolError


async def test_an_answer_that_is_no_object_makes_no_sense(service: FileService) -> None:
    assert type(await refused(service, web.json_response([]))) is ProtocolError
    assert type(await refused(service, web.Response(text="hm"))) is ProtocolError


async def test_an_error_may_come_as_a_success(service: FileService) -> None:
    told = await refused(service, web.json_response({"error": {"code": "1302", "message": "慢"}}))
    assert (type(told), told.words, told.service_code) == (RateLimited, "慢", "1302")


async def test_what_goes_wrong_on_the_way_is_told(
    service: FileService, unused_tcp_port: int
) -> None:
    with pytest.raises(ServerNotRunning):
        await ask(f"http://127.0.0.1:{unused_tcp_port}", message(PDF))
    with pytest.raises(AddressUnusable):
        await ask(f"http://{'x' * 70}.example", message(PDF))
    with pytest.raises(TimedOut):
        await ask(service.base, message(PDF), patience=Patience(first_event=0))
