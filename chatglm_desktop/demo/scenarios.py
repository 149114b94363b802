# SPDX-License-Identifier: MIT
"""The situations that the demo can play, by name; knows no HTTP server.

A scenario is an async function that answers one request through its writer.
"""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from chatglm_desktop.demo.content import choose, fragments, long_text
from chatglm_desktop.demo.drawing import DRAWINGS
from chatglm_desktop.demo.refusals import REFUSALS, Refusal
from chatglm_desktop.demo.reply_writer import ReplyWriter
from chatglm_desktop.demo.script import Script, SearchHit

ReplyScript: TypeAlias = Callable[[ReplyWriter], Awaitable[None]]

MANY_DELTAS = 100_000
MEGABYTE = 1_000_000
HUGE_EVENT = 600_000
COUNT_TO = 200
PICTURES = "pictures/"
"""The folder of the demo's pictures on its server."""

_SCENARIO_LINE = re.compile(r"^/demo(?:[ \t]+(\S*))?[ \t]*$", re.MULTILINE)
_THINKING_PAUSE = 0.4
_SILENCE = 20.0
_PAGES = (
    ("Plain text", "texts.example.org"),
    (
        "A short history of Markdown, and of all that was left out of it for good reasons",
        "history.of.markup.example.org",
    ),
    ("纯文本与 Markdown：一份简短的对照", "zh.example.org"),
    ("Tables", "example.net"),
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One situation: what it is, in a line, and how it is played."""

    help: str
    play: ReplyScript


def asked_scenario(question: str) -> str | None:
    """The name in the last line ``/demo NAME`` of ``question``; "" if there is none after it."""
    names = [match.group(1) or "" for match in _SCENARIO_LINE.finditer(question)]
    return names[-1] if names else None


async def list_scenarios(writer: ReplyWriter) -> None:
    """Answer with a table of all scenarios."""
    rows = "\n".join(f"| `{name}` | {scenario.help} |" for name, scenario in SCENARIOS.items())
    text = (
        "The demo can play these situations. Write `/demo` and a name on a line of its own.\n\n"
        f"| Name | What happens |\n|:--|:--|\n{rows}\n"
    )
    await writer.stream("text", text, per_second=1000)
    await writer.finish()


async def _answer(writer: ReplyWriter) -> None:
    await _play(writer, choose(writer.question))


async def _snapshot(writer: ReplyWriter) -> None:
    writer.use_dialect("snapshot")
    await _answer(writer)


async def _play(writer: ReplyWriter, script: Script) -> None:
    await writer.start()
    await writer.pause(_THINKING_PAUSE)
    await writer.stream("think", script.think, per_second=70)
    if script.hits:
        await _search(writer, script.hits)
    # Every question gets a tempo of its own, as on a real service, but always the same.
    tempo = 60 + zlib.crc32(writer.question.encode()) % 61
    await writer.stream("text", script.text, per_second=tempo)
    await writer.finish()


async def _search(writer: ReplyWriter, hits: tuple[SearchHit, ...]) -> None:
    call = {"name": "search", "arguments": '{"query": "demo"}'}
    await writer.part(
        [{"type": "tool_calls", "tool_calls": call}], meta_data={"show_type": "mc_tool_call2"}
    )
    await writer.pause(_THINKING_PAUSE)
    results = [
        {
            "match_key": f"turn1search{number}",
            "title": hit.title,
            "url": hit.url,
            "snippet": hit.snippet,
            "host_name": hit.url.split("/")[2],
        }
        for number, hit in enumerate(hits, 1)
    ]
    extra = {"tool_call_name": "search", "search_results": results}
    await writer.part([{"type": "tool_result"}], meta_data={"tool_result_extra": extra})


def _refuse(refusal: Refusal) -> ReplyScript:
    async def play(writer: ReplyWriter) -> None:
        await writer.respond(refusal.status, refusal.content_type, refusal.body)

    return play


async def _half(writer: ReplyWriter) -> None:
    """Send the first half of an answer, without its end."""
    script = choose(writer.question)
    await writer.stream("text", script.text[: len(script.text) // 2], per_second=90)


async def _intervene(writer: ReplyWriter) -> None:
    await _half(writer)
    notice = {"intervene_text": "抱歉，这个话题我们换一个吧。（演示）"}
    await writer.event(status="intervene", last_error=notice)


async def _overload(writer: ReplyWriter) -> None:
    error = {"code": "1301", "message": "当前访问人数过多，请稍后重试"}
    await writer.event(last_error=error)


async def _error(writer: ReplyWriter) -> None:
    await _half(writer)
    error = {"error_code": 500, "err_msg": "internal error (demo)"}
    await writer.event(status="error", last_error=error)


async def _harmless_errors(writer: ReplyWriter) -> None:
    await writer.part([{"type": "tool_calls", "tool_calls": {}}], status="error")
    await writer.event(status="error")
    await writer.event(status="")
    await _answer(writer)


async def _cut(writer: ReplyWriter) -> None:
    await _half(writer)


async def _drop(writer: ReplyWriter) -> None:
    await _half(writer)
    writer.abort()


async def _slow(writer: ReplyWriter) -> None:
    await writer.start()
    await writer.pause(_SILENCE)
    await _answer(writer)


async def _silent(writer: ReplyWriter) -> None:
    await writer.start()
    await writer.over.wait()


async def _broken_json(writer: ReplyWriter) -> None:
    for number, fragment in enumerate(fragments(choose(writer.question).text)):
        await writer.text(fragment)
        if number == 5:
            await writer.raw(b'event:message\ndata:  {"id":"broken","parts":[{"content":\n\n')
        await writer.tick(1 / 90)
    await writer.finish()


async def _images(writer: ReplyWriter) -> None:
    await writer.stream("text", "Three landscapes (a demo: drawn by a rule).", per_second=90)
    await writer.close_segment()
    logic_id = "00000000-0000-4000-8000-000000000001"
    for orders, status in (((), "init"), ((2,), "init"), ((2, 0), "init"), ((2, 0, 1), "finish")):
        items = [
            {
                "image_url": writer.address(f"{PICTURES}{name}.png") if order in orders else "",
                "file_id": f"demo-{name}",
                "file_name": f"{name}.png",
                "file_size": 1000,
                "order": order,
                "width": DRAWINGS[name].width,
                "height": DRAWINGS[name].height,
            }
            for order, name in ((2, "noon"), (0, "morning"), (1, "evening"))
        ]
        await writer.part(
            [{"type": "image", "image": items}],
            status="finish" if status == "finish" else "init",
            logic_id=logic_id,
        )
        await writer.pause(_THINKING_PAUSE)
    await writer.part([{"type": "one_to_more_finish", "image": [{}]}])
    await writer.finish()


async def _code_output(writer: ReplyWriter) -> None:
    await writer.stream("text", "I compute it (a demo: nothing is run).\n\n", per_second=90)
    await writer.stream("code", "print(sum(range(101)))", per_second=60)
    await writer.pause(_THINKING_PAUSE)
    await writer.fragment("execution_output", "5050\n")
    await writer.stream("text", "The sum of 1 to 100 is **5050**.", per_second=90)
    await writer.finish()


async def _sources(writer: ReplyWriter) -> None:
    hits = tuple(
        SearchHit(f"Page {number}", f"https://example.org/{number}", f"Snippet {number}.")
        for number in (1, 2, 3)
    )
    await _search(writer, hits)
    text = "Markdown is defined well【turn1search1】, and so is SQL【turn1search3】. (A demo.)"
    await writer.stream("text", text, per_second=90)
    links = [{"title": "An older page", "url": "https://example.org/old"}]
    await writer.part([{"type": "quote_result"}], meta_data={"metadata_list": links})
    await writer.finish()


async def _many_sources(writer: ReplyWriter) -> None:
    hits = tuple(
        SearchHit(title, f"https://{host}/{number}", f"Snippet {number}.")
        for number, (title, host) in enumerate(_PAGES * 3, 1)
    )
    await _search(writer, hits)
    text = (
        "A plain text file is read by every program【turn1search1】; Markdown adds a little "
        "structure to it【turn1search2】【turn1search12】, and a table needs only pipes"
        "【turn1search4】.[^1] What is not in the list is said plainly【turn9search9】.\n\n"
        "也有中文资料【turn1search3】。 (A demo.)\n\n"
        "[^1]: Tables came later than headings and lists.\n"
    )
    await writer.stream("text", text, per_second=60)
    await writer.finish()


async def _unknown_type(writer: ReplyWriter) -> None:
    await writer.part([{"type": "hologram", "hologram": {"frames": 3}}])
    await writer.part(None)
    await writer.event(None)
    await _answer(writer)


async def _huge_event(writer: ReplyWriter) -> None:
    await writer.text(long_text(HUGE_EVENT))
    await writer.finish()


async def _many_deltas(writer: ReplyWriter) -> None:
    for number in range(1, MANY_DELTAS + 1):
        await writer.text(f"{number}\n" if number % 20 == 0 else f"{number} ")
    await writer.finish()


async def _megabyte(writer: ReplyWriter) -> None:
    text = long_text(MEGABYTE)
    for start in range(0, MEGABYTE, 100):
        await writer.text(text[start : start + 100])
        await writer.tick(1 / 1000)
    await writer.finish()


async def _count(writer: ReplyWriter) -> None:
    for number in range(1, COUNT_TO + 1):
        await writer.text(f"{number} ")
        await writer.tick(1 / 100)
    await writer.finish()


async def _hold(writer: ReplyWriter) -> None:
    """Without waiting, three numbers; then a test goes on through the request's writer."""
    for number in itertools.count(1):
        if writer.over.is_set() or (number > 3 and not writer.pace):
            break
        await writer.text(f"{number} ")
        await writer.tick(1 / 20)
    await writer.over.wait()


async def _reasoning(writer: ReplyWriter) -> None:
    for round_ in range(1, 6):
        thought = f"Step {round_}: {choose(writer.question).think}\n\n"
        await writer.stream("think", thought, per_second=30)
        await writer.pause(_THINKING_PAUSE)
    await writer.stream("text", "That is all I thought (a demo).", per_second=90)
    await writer.finish()


async def _think_only(writer: ReplyWriter) -> None:
    await writer.stream("think", choose(writer.question).think, per_second=90)
    await writer.finish()


SCENARIOS: Mapping[str, Scenario] = {
    "answer": Scenario("a scripted answer, chosen by the question's words", _answer),
    "snapshot": Scenario("the same in the older dialect: each event holds all text", _snapshot),
    **{name: Scenario(item.help, _refuse(item)) for name, item in REFUSALS.items()},
    "overload": Scenario("too many visitors, said inside the stream", _overload),
    "intervene": Scenario("moderation stops the answer half-way", _intervene),
    "error": Scenario("the service fails half-way and says so", _error),
    "harmless-errors": Scenario("error marks inside a good answer", _harmless_errors),
    "cut": Scenario("the stream ends half-way without a word", _cut),
    "drop": Scenario("the connection breaks half-way", _drop),
    "slow": Scenario("20 seconds of silence, then an answer", _slow),
    "silent": Scenario("nothing more after the first event", _silent),
    "broken-json": Scenario("one event of a good answer cannot be read", _broken_json),
    "unknown-type": Scenario("content of an unknown type, and null for lists", _unknown_type),
    "images": Scenario("three pictures that arrive out of order", _images),
    "code-output": Scenario("code and what it printed", _code_output),
    "sources": Scenario("search results with marks in the text", _sources),
    "many-sources": Scenario(
        "twelve search results, marks in the text and a footnote", _many_sources
    ),
    "reasoning": Scenario("long thinking, then a short answer", _reasoning),
    "think-only": Scenario("thinking without an answer", _think_only),
    "huge-event": Scenario("one event of 600 KB", _huge_event),
    "many-deltas": Scenario("100,000 deltas as fast as possible", _many_deltas),
    "megabyte": Scenario("an answer of one megabyte", _megabyte),
    "count": Scenario("the numbers from 1 to 200, one fragment each", _count),
    "hold": Scenario("numbers until the client goes away (three at pace 0)", _hold),
}
