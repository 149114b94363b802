# SPDX-License-Identifier: MIT
"""Each preset end to end: the provider talks to a server that speaks the preset's dialect."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from chatglm_desktop.core import errors
from chatglm_desktop.core.accounts import PRESETS
from chatglm_desktop.core.deltas import Delta
from chatglm_desktop.core.errors import ChatError
from chatglm_desktop.core.generation import Generation
from chatglm_desktop.core.provider import RequestFile, RequestMessage
from chatglm_desktop.demo.content import choose
from chatglm_desktop.demo.dialects import DIALECTS
from chatglm_desktop.demo.openai_server import DialectServer
from chatglm_desktop.providers import GLM, OpenAICompatible
from chatglm_desktop.providers.model_lists import list_models, running_servers
from chatglm_desktop.providers.patience import Patience
from tests.helpers.openai_cases import Outcome, outcome_of

QUESTION = "Hello"
PRESET_OF = {"glm": "bigmodel"} | {name: name for name in DIALECTS if name != "glm"}
MODELS = {name: dialect.models[0]["id"] for name, dialect in DIALECTS.items()}

every_dialect = pytest.mark.parametrize("name", DIALECTS)


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@asynccontextmanager
async def running(
    name: str, scenario: str = "answer", *, key: str | None = None
) -> AsyncIterator[DialectServer]:
    server = DialectServer(name, scenario, 0, key=key)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


async def ask(
    name: str,
    server: DialectServer,
    session: aiohttp.ClientSession,
    question: str = QUESTION,
    *,
    files: tuple[RequestFile, ...] = (),
    model: str = "",
    **extras: Any,
) -> Outcome:
    provider = GLM if name == "glm" else OpenAICompatible
    message: RequestMessage = {"role": "user", "content": question, "files": files}
    deltas: list[Delta] = []
    error: ChatError | None = None
    extras = {"api_key": server.key, "preset": PRESET_OF[name]} | extras
    try:
        async for delta in provider.create_async_generator(
            model or MODELS[name], [message], api_endpoint=server.url, session=session, **extras
        ):
            deltas.append(delta)
    except ChatError as raised:
        error = raised
        assert error.host == server.url.split("/")[2]
    return outcome_of(deltas, error)


def test_every_preset_of_a_server_has_a_dialect_to_be_tested_with() -> None:
    presets = {p.id for p in PRESETS.values() if p.kind in ("glm", "openai")} - {"custom"}
    glm = {"zai", "bigmodel-coding", "zai-coding"}
    assert {*PRESET_OF.values()} == presets - glm


@every_dialect
async def test_an_answer_with_thoughts_and_a_count(
    name: str, session: aiohttp.ClientSession
) -> None:
    script = choose(QUESTION)
    async with running(name) as server:
        outcome = await ask(name, server, session)
    assert outcome.text == script.text
    assert outcome.reasoning.strip() == script.think
    assert outcome.finish == ("stop",)
    assert outcome.usage is not None
    assert outcome.usage.completion_tokens > 10


@every_dialect
async def test_no_thoughts_if_none_are_wanted(name: str, session: aiohttp.ClientSession) -> None:
    if DIALECTS[name].thinking == "always":
        return
    async with running(name) as server:
        outcome = await ask(name, server, session, generation=Generation(thinking="off"))
    assert outcome.reasoning == ""
    assert outcome.text == choose(QUESTION).text


@every_dialect
async def test_every_option_is_taken(name: str, session: aiohttp.ClientSession) -> None:
    generation = Generation(
        temperature=1.9,
        top_p=0.5,
        max_tokens=5,
        thinking="on",
        effort="high",
        web_search=True,
        stop=("a", "b"),
    )
    async with running(name) as server:
        outcome = await ask(name, server, session, generation=generation)
        body = (await server.requests.get()).body
    assert (outcome.finish, outcome.error) == (("length",), None)
    assert body["temperature"] == (1.0 if name == "glm" else 1.9)
    assert body["max_tokens"] == 5


@every_dialect
async def test_another_key_is_rejected_by_name(name: str, session: aiohttp.ClientSession) -> None:
    async with running(name, key="the.right-one") as server:
        outcome = await ask(name, server, session, api_key="a.wrong-one")
        with pytest.raises(errors.KeyRejected):
            await list_models_of(name, server, session, "a.wrong-one")
    assert outcome.error is errors.KeyRejected


async def list_models_of(
    name: str, server: DialectServer, session: aiohttp.ClientSession, key: str
) -> list[str]:
    if DIALECTS[name].listed_openly:
        raise errors.KeyRejected
    models = await list_models(session, server.url, key)
    return [model.id for model in models]


@every_dialect
async def test_its_models_are_listed(name: str, session: aiohttp.ClientSession) -> None:
    async with running(name) as server:
        models = await list_models(session, server.url, server.key)
    ids = [model["id"] for model in DIALECTS[name].models]
    assert [model.id for model in models] == [i for i in ids if "embed" not in i]
    context = {"llama-cpp": 8192, "vllm": 32768, "sglang": 202752, "openrouter": 131072}
    assert models[0].context == context.get(name, 0)
    assert models[0].prompt_price == (0.3 if name == "openrouter" else None)


KINDS = {
    "key": errors.KeyRejected,
    "model": errors.ModelNotFound,
    "context": errors.ContextTooLong,
    "parameter": errors.InvalidRequest,
    "path": errors.WrongAddress,
    "balance": errors.NoBalance,
    "rate": errors.RateLimited,
    "overloaded": errors.ProviderUnavailable,
    "plan": errors.LimitReached,
    "sensitive": errors.ContentFiltered,
    "loading": errors.ProviderUnavailable,
}


@every_dialect
@pytest.mark.parametrize("problem", KINDS)
async def test_each_refusal_is_the_same_kind_from_every_server(
    name: str, problem: str, session: aiohttp.ClientSession
) -> None:
    async with running(name) as server:
        outcome = await ask(name, server, session, f"/demo {problem}")
        no_key = problem == "key" and not server.key
    if not outcome.text:
        assert outcome.error is (errors.KeyMissing if no_key else KINDS[problem])
        assert outcome.words
    else:
        # This kind of server has no such problem and lists those that it has.
        assert f"| `{problem}` |" not in outcome.text


@every_dialect
async def test_an_unknown_model_is_told(name: str, session: aiohttp.ClientSession) -> None:
    async with running(name) as server:
        outcome = await ask(name, server, session, model="gpt-0")
    expected = None if DIALECTS[name].any_model else errors.ModelNotFound
    assert outcome.error is expected


@every_dialect
@pytest.mark.parametrize(
    ("scenario", "kind"),
    [
        ("error", errors.ProviderUnavailable),
        ("cut", errors.IncompleteReply),
        ("drop", errors.IncompleteReply),
    ],
)
async def test_what_breaks_half_way_keeps_what_came(
    name: str, scenario: str, kind: type[ChatError], session: aiohttp.ClientSession
) -> None:
    async with running(name, scenario) as server:
        outcome = await ask(name, server, session)
    assert outcome.error is kind
    assert choose(QUESTION).text.startswith(outcome.text)
    assert len(outcome.text) > 100


@every_dialect
@pytest.mark.parametrize(
    ("scenario", "finish"),
    [("length", "length"), ("no-done", "stop"), ("tool-calls", "tool_calls")],
)
async def test_other_ends_are_ends(
    name: str, scenario: str, finish: str, session: aiohttp.ClientSession
) -> None:
    async with running(name, scenario) as server:
        outcome = await ask(name, server, session)
    assert (outcome.finish, outcome.error) == ((finish,), None)
    assert outcome.text


@every_dialect
async def test_a_chunk_that_is_cut_off_costs_nothing(
    name: str, session: aiohttp.ClientSession
) -> None:
    async with running(name, "broken-chunk") as server:
        outcome = await ask(name, server, session)
    assert outcome.text == choose(QUESTION).text


@every_dialect
async def test_thinking_without_its_opening_tag(name: str, session: aiohttp.ClientSession) -> None:
    script = choose(QUESTION)
    async with running(name, "lone-tag") as server:
        outcome = await ask(name, server, session)
    assert (outcome.reasoning.strip(), outcome.text) == (script.think, script.text)


@pytest.mark.parametrize("name", ["glm", "ollama"])
async def test_a_stall_names_itself(name: str, session: aiohttp.ClientSession) -> None:
    patience = Patience(first_event=1, silence=0.05)
    async with running(name, "stall") as server:
        outcome = await ask(name, server, session, patience=patience)
    assert outcome.error is errors.IdleTimedOut
    assert outcome.text


@every_dialect
async def test_silence_names_itself_although_comments_come(
    name: str, session: aiohttp.ClientSession
) -> None:
    async with running(name, "silent") as server:
        outcome = await ask(name, server, session, timeout=0.05)
    assert outcome == Outcome(error=errors.FirstTokenTimedOut)


@pytest.mark.parametrize(
    ("scenario", "kind"),
    [
        ("moderated", errors.ContentFiltered),
        ("window", errors.ContextTooLong),
        ("network", errors.IncompleteReply),
        ("network-empty", errors.ProviderUnavailable),
    ],
)
async def test_glm_ends_with_a_reason_of_its_own(
    scenario: str, kind: type[ChatError], session: aiohttp.ClientSession
) -> None:
    async with running("glm", scenario) as server:
        outcome = await ask("glm", server, session)
    assert outcome.error is kind
    assert bool(outcome.text) is (scenario != "network-empty")


@pytest.mark.parametrize("name", ["glm", "openrouter"])
async def test_pages_that_were_found(name: str, session: aiohttp.ClientSession) -> None:
    async with running(name, "sources") as server:
        outcome = await ask(name, server, session)
    assert outcome.sources[0].url == "https://commonmark.org/"
    assert outcome.sources[0].mark == ("ref_1" if name == "glm" else "")
    assert len(outcome.sources) == 2


async def test_at_the_next_try_it_is_well(session: aiohttp.ClientSession) -> None:
    async with running("glm", "rate-once") as server:
        first = await ask("glm", server, session)
        second = await ask("glm", server, session)
    assert first.error is errors.RateLimited
    assert first.error.retryable
    assert second.finish == ("stop",)


@every_dialect
async def test_a_picture_is_taken_as_data(name: str, session: aiohttp.ClientSession) -> None:
    picture = RequestFile("cat.png", "image/png", b"\x89PNG")
    model = {"glm": "glm-4.6v-flash"}.get(name, "")
    async with running(name) as server:
        outcome = await ask(name, server, session, files=(picture,), model=model)
        body = (await server.requests.get()).body
    assert outcome.finish == ("stop",)
    text, image = body["messages"][0]["content"]
    assert text == {"type": "text", "text": QUESTION}
    assert image["image_url"]["url"].startswith("data:image/png;base64,")


async def test_glm_refuses_a_picture_for_a_model_of_text(session: aiohttp.ClientSession) -> None:
    picture = RequestFile("cat.png", "image/png", b"\x89PNG")
    async with running("glm") as server:
        outcome = await ask("glm", server, session, files=(picture,))
    assert (outcome.error, outcome.code) == (errors.InvalidRequest, "1210")


async def test_glm_reads_a_document(session: aiohttp.ClientSession) -> None:
    document = RequestFile("notes.md", "text/markdown", "笔记：一切都好。".encode())
    async with running("glm") as server:
        outcome = await ask("glm", server, session, files=(document,))
        body = (await server.requests.get()).body
    assert outcome.finish == ("stop",)
    assert body["messages"][0]["content"] == f"[notes.md]\n笔记：一切都好。\n\n{QUESTION}"


async def test_servers_that_run_here_are_found(session: aiohttp.ClientSession) -> None:
    async with running("ollama") as ollama, running("lm-studio", key="own") as studio:
        addresses = {"ollama": ollama.url, "lm-studio": studio.url}
        assert await running_servers(session, addresses) == ("ollama", "lm-studio")
    assert await running_servers(session, addresses) == ()


async def test_an_address_without_v1_is_told(session: aiohttp.ClientSession) -> None:
    async with running("ollama") as server:
        with pytest.raises(errors.WrongAddress):
            await list_models(session, server.url.removesuffix("/v1"))
