# SPDX-License-Identifier: MIT
"""The guest fixtures, and a server that plays any bytes in any pieces over a real socket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from chatglm_desktop.core import errors
from chatglm_desktop.core.deltas import (
    ConversationRef,
    Delta,
    FinishReason,
    Image,
    Images,
    Reasoning,
    Revision,
    Source,
    Sources,
)
from tests.helpers.authority import Authority, is_available

DATA = Path(__file__).parent.parent / "data" / "guest"
EVENT_STREAM = "text/event-stream"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A reply as a consumer ends up with it."""

    text: str = ""
    reasoning: str = ""
    images: tuple[Image, ...] = ()
    sources: tuple[Source, ...] = ()
    conversation_id: str = ""
    finish: tuple[str, ...] = ()
    error: type[errors.ChatError] | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class GuestCase:
    """One answer of the service: ``frames`` are its bytes, one event each."""

    name: str
    frames: tuple[bytes, ...]
    outcome: Outcome
    status: int = 200
    media_type: str = EVENT_STREAM

    @property
    def body(self) -> bytes:
        return b"".join(self.frames)


def fold_deltas(deltas: Iterable[Delta], error: errors.ChatError | None = None) -> Outcome:
    """What ``deltas`` amount to, followed by ``error``."""
    text = reasoning = conversation_id = ""
    images: tuple[Image, ...] = ()
    sources: tuple[Source, ...] = ()
    finish: list[str] = []
    for delta in deltas:
        match delta:
            case str():
                text += delta
            case Reasoning(added):
                reasoning += added
            case Revision(whole, "text"):
                text = whole
            case Revision(whole, _):
                reasoning = whole
            case Images(pictures):
                images = pictures
            case Sources(found):
                sources = found
            case ConversationRef(ref):
                conversation_id += ref
            case FinishReason(reason):
                finish.append(reason)
            case _:
                raise AssertionError(f"the guest service cannot cause {delta}")
    kind = None if error is None else errors.error_kind(type(error))
    words = "" if error is None else error.words
    return Outcome(text, reasoning, images, sources, conversation_id, tuple(finish), kind, words)


def _frames(body: bytes) -> tuple[bytes, ...]:
    return tuple(frame + b"\n\n" for frame in body.split(b"\n\n")[:-1])


def _stream(name: str, **expected: Any) -> GuestCase:
    expected.setdefault("conversation_id", "66f0a1b2c3d4e5f601234500")
    if "error" not in expected:
        expected["finish"] = ("stop",)
    # A checkout may have changed the line ends.
    body = (DATA / f"{name}.sse").read_bytes().replace(b"\r\n", b"\n")
    return GuestCase(name, _frames(body), Outcome(**expected))


def _answer(
    name: str, status: int, media_type: str, error: type[errors.ChatError], words: str = ""
) -> GuestCase:
    body = (DATA / name).read_bytes() if name.endswith(("json", "html")) else b""
    return GuestCase(name, (body,), Outcome(error=error, words=words), status, media_type)


def _odd_framing(case: GuestCase) -> GuestCase:
    """G13: a byte order mark, CRLF throughout, a comment, and no line end at the end."""
    frames = [frame.replace(b"\n", b"\r\n") for frame in case.frames[:-1]]
    frames = [b"\xef\xbb\xbf: ping\r\n" + frames[0], *frames[1:]]
    last = case.frames[-1].rstrip(b"\n")
    return GuestCase("g13_framing", (*frames, last), case.outcome)


def _long_line() -> GuestCase:
    """G15: one event of 600 KB, followed by a finish."""
    text = "字" * 200_000

    def frame(status: str, parts: list[dict[str, Any]]) -> bytes:
        event = {"conversation_id": "c", "parts": parts, "status": status, "last_error": {}}
        return b"data: " + json.dumps(event, ensure_ascii=False).encode() + b"\n\n"

    content = [{"type": "text", "text": text}]
    part = {"logic_id": "1", "content": content, "status": "finish"}
    outcome = Outcome(text=text, conversation_id="c", finish=("stop",))
    return GuestCase("g15_long_line", (frame("init", [part]), frame("finish", [])), outcome)


def _picture(number: int) -> Image:
    return Image(f"https://example.org/{number}.png", 1024, 768)


def guest_cases() -> list[GuestCase]:
    """G1 to G21."""
    deltas = _stream("g02_deltas", text="Hello, world", reasoning="The user greets.")
    quota = "您已多次体验过对话, 请登录后继续使用"
    site = "https://example.org"
    return [
        _stream("g01_snapshots", text="One, two, **three**."),
        deltas,
        _stream("g03_think_and_text", text="It is five.", reasoning="Let me see."),
        _stream("g04_repeated_fragment", text="haha"),
        _stream(
            "g05_intervene",
            text="I would say",
            error=errors.ContentFiltered,
            words="换个话题聊聊吧。",
        ),
        _stream(
            "g06_overload",
            error=errors.ProviderUnavailable,
            words="当前访问人数过多，请稍后重试",
        ),
        _answer("g07_quota.json", 200, "application/json", errors.QuotaExceeded, quota),
        _answer(
            "g08_unauthorized.json",
            200,
            "application/json",
            errors.AuthFailed,
            "unauthorized user(40102)",
        ),
        _answer("g09_busy.json", 429, "application/json", errors.Busy, "请等待其他对话生成完毕"),
        _answer("g10_empty", 200, EVENT_STREAM, errors.EmptyReply),
        _answer("g11_firewall.html", 403, "text/html", errors.AccessDenied),
        _stream("g12_no_finish", text="The end is mis", error=errors.IncompleteReply),
        _odd_framing(deltas),
        _stream("g14_chinese", text="你好，世界🌏！👩‍💻é"),
        _long_line(),
        _stream("g16_odd_shapes", text="Fine."),
        _stream("g17_broken_json", text="Still here."),
        _stream(
            "g18_search",
            text="It rains【turn1search1】, it snows【1†source】.",
            sources=(
                Source(f"{site}/snow", "Snow", "", "1"),
                Source(f"{site}/rain", "Rain", "It rains.", "turn1search1"),
                Source(f"{site}/sun", "Sun", "It shines.", "turn1search2"),
            ),
        ),
        _stream(
            "g19_code",
            text="Let me compute.\n\n```python\na = 6\nprint(a * 7)\n```\n\n"
            "```\n42\n```\n\nIt is 42.",
        ),
        _stream(
            "g20_images",
            text="Three pictures.",
            images=(_picture(0), _picture(1), _picture(2)),
        ),
        _stream("g21_harmless_errors", text="All is well.", reasoning="Hm"),
    ]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """``case`` is every fixture, ``stream_case`` each that is a short event stream."""
    cases = guest_cases()
    if "case" in metafunc.fixturenames:
        metafunc.parametrize("case", cases, ids=lambda case: case.name)
    if "stream_case" in metafunc.fixturenames:
        streams = [
            case
            for case in cases
            if case.media_type == EVENT_STREAM and 0 < len(case.body) < 100_000
        ]
        metafunc.parametrize("stream_case", streams, ids=lambda case: case.name)


@pytest.fixture
def folded() -> Callable[..., Outcome]:
    return fold_deltas


@dataclass(frozen=True, slots=True)
class Script:
    """How the server answers: events among the pieces are waited for before it goes on."""

    pieces: Sequence[bytes | asyncio.Event]
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": EVENT_STREAM})
    drop: bool = False
    drop_before_headers: bool = False
    endless: bool = False


class GuestServer:
    """Plays scripts on loopback; every piece is a write of its own."""

    def __init__(self, base: str, scripts: list[Script]) -> None:
        self.base = base
        self._scripts = scripts
        self.requests: list[tuple[dict[str, str], Any]] = []
        self.asked = asyncio.Event()
        self.played = asyncio.Event()
        self.client_left = asyncio.Event()

    def play(self, *pieces: bytes | asyncio.Event, **how: Any) -> str:
        """The address at which a new script answers, any number of times."""
        self._scripts.append(Script(pieces, **how))
        return f"{self.base}/{len(self._scripts) - 1}"

    def play_case(self, case: GuestCase, pieces: Iterable[bytes] | None = None) -> str:
        headers = {"Content-Type": case.media_type}
        chosen = case.frames if pieces is None else pieces
        return self.play(*filter(None, chosen), status=case.status, headers=headers)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        script = self._scripts[int(request.match_info["number"])]
        self.requests.append((dict(request.headers), await request.json()))
        self.asked.set()
        response = web.StreamResponse(status=script.status, headers=script.headers)
        transport = request.transport
        assert transport is not None
        if script.drop_before_headers:
            transport.abort()
            return response
        try:
            await response.prepare(request)
            await self._write(response, script)
        except ConnectionResetError:
            self.client_left.set()
        if script.drop:
            transport.abort()
        self.played.set()
        return response

    async def _write(self, response: web.StreamResponse, script: Script) -> None:
        for piece in script.pieces:
            if isinstance(piece, asyncio.Event):
                await piece.wait()
                continue
            await response.write(piece)
            await turns()
        while script.endless:
            await response.write(b": still here\n")
            await turns()


async def turns(count: int = 4) -> None:
    """Let the loop turn, so that what was written is read before more is written."""
    for _ in range(count):
        await asyncio.sleep(0)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    if not is_available():
        pytest.skip("there is no openssl command")
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
async def server() -> AsyncIterator[GuestServer]:
    scripts: list[Script] = []
    server = GuestServer("", scripts)
    app = web.Application()
    app.router.add_post("/{number}", server.answer)
    app.router.add_post("/{number}/chat/completions", server.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    server.base = f"http://{host}:{port}"
    yield server
    await runner.cleanup()
