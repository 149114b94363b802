# SPDX-License-Identifier: MIT
"""The situations that a server of chat completions can be in, by name; knows no HTTP server."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from chatglm_desktop.demo.chat_writer import ChatWriter
from chatglm_desktop.demo.content import choose, fragments
from chatglm_desktop.demo.dialect_errors import HELP, Problem, problems
from chatglm_desktop.demo.script import SearchHit

ChatScript: TypeAlias = Callable[[ChatWriter], Awaitable[None]]

_PAUSE = 0.4
_SILENCE = 20.0
_HITS = (
    SearchHit("Markdown", "https://commonmark.org/", "A strongly defined Markdown."),
    SearchHit("Tables", "https://example.org/tables", "Tables came later."),
)


@dataclass(frozen=True, slots=True)
class ChatScenario:
    """One situation: what it is, in a line, and how it is played; ``only``: by these servers."""

    help: str
    play: ChatScript
    only: tuple[str, ...] = ()


async def _answer(writer: ChatWriter) -> None:
    script = choose(writer.question)
    if writer.dialect.comment:
        await writer.comment()
    await writer.pause(_PAUSE)
    if script.hits and writer.body.get("tools"):
        await _search(writer, script.hits)
    await writer.stream_thoughts(script.think, per_second=70)
    tempo = 60 + zlib.crc32(writer.question.encode()) % 61
    await writer.stream(script.text, per_second=tempo)
    await writer.finish()


async def _search(writer: ChatWriter, hits: tuple[SearchHit, ...]) -> None:
    found = [
        {
            "title": hit.title,
            "content": hit.snippet,
            "link": hit.url,
            "media": "",
            "icon": "",
            "refer": f"ref_{number}",
            "publish_date": "2026-01-02",
        }
        for number, hit in enumerate(hits, 1)
    ]
    await writer.extra(web_search=found)


async def _sources(writer: ChatWriter) -> None:
    if writer.dialect.name == "glm":
        await _search(writer, _HITS)
        await writer.stream(
            "Markdown is defined well[ref_1]; tables are not[ref_2].", per_second=60
        )
    else:
        await writer.stream("Markdown is defined well.", per_second=60)
        notes = [
            {"type": "url_citation", "url_citation": {"url": hit.url, "title": hit.title}}
            for hit in _HITS
        ]
        await writer.delta(content="", annotations=notes)
    await writer.finish()


def _refuse(problem: Problem) -> ChatScript:
    async def play(writer: ChatWriter) -> None:
        await writer.refuse(problem)

    return play


def _refuse_once(problem: Problem) -> ChatScript:
    async def play(writer: ChatWriter) -> None:
        if writer.attempt == 1:
            await writer.refuse(problem)
        else:
            await _answer(writer)

    return play


async def _half(writer: ChatWriter) -> None:
    """Send the first half of an answer, without its end."""
    text = choose(writer.question).text
    await writer.stream(text[: len(text) // 2], per_second=90)


def _half_and(reason: str) -> ChatScript:
    async def play(writer: ChatWriter) -> None:
        await _half(writer)
        await writer.finish(reason)

    return play


async def _empty_failure(writer: ChatWriter) -> None:
    await writer.finish("network_error")


async def _error(writer: ChatWriter) -> None:
    await _half(writer)
    await writer.fail()


async def _drop(writer: ChatWriter) -> None:
    await _half(writer)
    writer.abort()


async def _stall(writer: ChatWriter) -> None:
    await _half(writer)
    await writer.over.wait()


async def _silent(writer: ChatWriter) -> None:
    await writer.comment()
    await writer.over.wait()


async def _slow(writer: ChatWriter) -> None:
    for _ in range(4):
        await writer.comment()
        await writer.pause(_SILENCE / 4)
    await _answer(writer)


async def _no_done(writer: ChatWriter) -> None:
    await _half(writer)
    await writer.finish(done=False)


async def _broken_chunk(writer: ChatWriter) -> None:
    for number, fragment in enumerate(fragments(choose(writer.question).text)):
        if number == 5:
            # What follows is glued to it.
            await writer.raw(b'data: {"id":"broken","choices":[{"delta":{"content":')
        await writer.text(fragment)
        await writer.tick(1 / 90)
    await writer.finish()


async def _lone_tag(writer: ChatWriter) -> None:
    script = choose(writer.question)
    await writer.stream(f"{script.think}\n</think>\n\n{script.text}", per_second=90)
    await writer.finish()


async def _tool_calls(writer: ChatWriter) -> None:
    await writer.stream("I would call a tool now (a demo).", per_second=60)
    call = {"id": "call_1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    await writer.delta(tool_calls=[{"index": -1, **call}])
    await writer.finish("tool_calls")


async def _think_only(writer: ChatWriter) -> None:
    await writer.stream_thoughts(choose(writer.question).think, per_second=90)
    await writer.finish()


async def _hold(writer: ChatWriter) -> None:
    """Without waiting, three numbers; then a test goes on through the request's writer."""
    for number in itertools.count(1):
        if writer.over.is_set() or (number > 3 and not writer.pace):
            break
        await writer.text(f"{number} ")
        await writer.tick(1 / 20)
    await writer.over.wait()


_ONCE = {
    "rate-once": ChatScenario("too many requests, and well at the next try", _refuse_once("rate")),
    "loading-once": ChatScenario(
        "the model is being loaded, and there at the next try", _refuse_once("loading")
    ),
}

CHAT_SCENARIOS: Mapping[str, ChatScenario] = {
    "answer": ChatScenario("a scripted answer, chosen by the question's words", _answer),
    **{problem: ChatScenario(help, _refuse(problem)) for problem, help in HELP.items()},
    **_ONCE,
    "length": ChatScenario("the answer is cut by its length", _half_and("length")),
    "moderated": ChatScenario(
        "moderation stops the answer half-way", _half_and("sensitive"), ("glm",)
    ),
    "window": ChatScenario(
        "the model's memory ends half-way",
        _half_and("model_context_window_exceeded"),
        ("glm",),
    ),
    "network": ChatScenario(
        "the service fails half-way and says only that", _half_and("network_error"), ("glm",)
    ),
    "network-empty": ChatScenario(
        "the service fails before the first word", _empty_failure, ("glm",)
    ),
    "error": ChatScenario("the service fails half-way and says why", _error),
    "cut": ChatScenario("the stream ends half-way without a word", _half),
    "drop": ChatScenario("the connection breaks half-way", _drop),
    "stall": ChatScenario("nothing more after half of the answer", _stall),
    "silent": ChatScenario("nothing but a comment", _silent),
    "slow": ChatScenario("20 seconds of comments, then an answer", _slow),
    "no-done": ChatScenario("the mark of the end is missing", _no_done),
    "broken-chunk": ChatScenario("one chunk of a good answer is cut off", _broken_chunk),
    "lone-tag": ChatScenario("thinking in the text, without its opening tag", _lone_tag),
    "tool-calls": ChatScenario("the model wants to call a tool", _tool_calls),
    "think-only": ChatScenario("thinking without an answer", _think_only),
    "sources": ChatScenario("web pages with marks in the text", _sources, ("glm", "openrouter")),
    "hold": ChatScenario("numbers until the client goes away (three at pace 0)", _hold),
}


def scenarios_of(dialect: str) -> Mapping[str, ChatScenario]:
    """The situations that this kind of server knows."""
    able = problems(dialect)
    return {
        name: scenario
        for name, scenario in CHAT_SCENARIOS.items()
        if (not scenario.only or dialect in scenario.only)
        and (name not in HELP or name in able)
        and (name not in _ONCE or name.removesuffix("-once") in able)
    }


async def list_chat_scenarios(writer: ChatWriter) -> None:
    """Answer with a table of all scenarios of this kind of server."""
    scenarios = scenarios_of(writer.dialect.name)
    rows = "\n".join(f"| `{name}` | {scenario.help} |" for name, scenario in scenarios.items())
    text = (
        "This server can play these situations. Write `/demo` and a name on a line of its own.\n\n"
        f"| Name | What happens |\n|:--|:--|\n{rows}\n"
    )
    await writer.stream(text, per_second=1000)
    await writer.finish()
