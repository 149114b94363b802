# SPDX-License-Identifier: MIT
"""Every scenario over a real socket gives what its name promises."""

from __future__ import annotations

import asyncio
import json
import struct
from itertools import pairwise
from typing import TYPE_CHECKING

import aiohttp
import pytest

from chatglm_desktop.demo import SCENARIOS, DemoServer
from chatglm_desktop.demo.content import choose

if TYPE_CHECKING:
    from tests.demo.conftest import Client, StartServer


def test_every_scenario_has_a_line_of_help() -> None:
    assert all(scenario.help and "\n" not in scenario.help for scenario in SCENARIOS.values())


@pytest.mark.parametrize("name", ["answer", "snapshot", "harmless-errors", "unknown-type"])
@pytest.mark.parametrize("question", ["Hello", "今天的新闻"])
async def test_answer_arrives_whole(
    server: DemoServer, client: Client, name: str, question: str
) -> None:
    events = await client.events(server.url_for(name), question)
    script = choose(question)
    assert client.final(events, "text") == script.text
    assert client.final(events, "think") == script.think
    assert [event["status"] for event in events[-2:]] == ["finish", "finish"]
    pages = [
        hit["url"]
        for event in events
        for part in event["parts"] or ()
        for hit in part["meta_data"].get("tool_result_extra", {}).get("search_results", ())
    ]
    assert pages == [hit.url for hit in script.hits]


async def test_fragments_of_the_dialects_add_up(server: DemoServer, client: Client) -> None:
    text = choose("Hello").text
    delta = await client.events(server.url)
    running = [item["text"] for _, status, item in client.items(delta, "text") if status == "init"]
    assert "".join(running) == text
    assert len(running) > 200
    snapshot = await client.events(server.url_for("snapshot"))
    running = [
        item["text"] for _, status, item in client.items(snapshot, "text") if status == "init"
    ]
    assert running[-1] == text
    assert all(later.startswith(earlier) for earlier, later in pairwise(running))


@pytest.mark.parametrize(
    ("name", "answer", "words"),
    [
        ("quota", (200, "application/json"), "请登录后继续使用"),
        ("unknown-assistant", (200, "application/json"), '{"status": 0, "result": null}'),
        ("empty", (200, "text/event-stream"), ""),
        ("validation", (422, "application/json"), "field required"),
        ("unauthorized", (401, "application/json"), "40102"),
        ("busy", (429, "application/json"), "请等待其他对话生成完毕"),
        ("throttled", (429, "application/json"), "请求过于频繁"),
        ("rejected", (400, "application/json"), "bad request"),
        ("firewall", (403, "text/html"), "<h1>Blocked"),
        ("queued", (200, "application/json"), "排队中"),
        ("peak", (200, "application/json"), "高峰期"),
        ("members", (200, "application/json"), "开通会员"),
        ("server-busy", (503, "application/json"), "Server busy"),
    ],
)
async def test_refusals(
    server: DemoServer, client: Client, name: str, answer: tuple[int, str], words: str
) -> None:
    status, content_type, body = await client.post(server.url_for(name))
    assert (status, content_type) == answer
    assert words in body.decode()
    assert bool(words) == bool(body)


async def test_overload_is_said_with_status_init(server: DemoServer, client: Client) -> None:
    events = await client.events(server.url_for("overload"))
    assert events[-1]["status"] == "init"
    assert events[-1]["last_error"]["code"] == "1301"


async def test_intervene_and_error_come_after_half_an_answer(
    server: DemoServer, client: Client
) -> None:
    for name, key in (("intervene", "intervene_text"), ("error", "err_msg")):
        events = await client.events(server.url_for(name))
        assert events[-1]["status"] == name
        assert events[-1]["last_error"][key]
        assert client.items(events, "text")


async def test_harmless_errors_have_no_payload(server: DemoServer, client: Client) -> None:
    events = await client.events(server.url_for("harmless-errors"))
    statuses = [event["status"] for event in events]
    assert "error" in statuses
    assert "" in statuses
    assert all(event["last_error"] == {} for event in events)
    assert "error" in {part["status"] for event in events for part in event["parts"]}


async def test_cut_ends_without_finish(server: DemoServer, client: Client) -> None:
    events = await client.events(server.url_for("cut"))
    assert {event["status"] for event in events} == {"init"}
    assert client.items(events, "text")


async def test_drop_breaks_the_connection(server: DemoServer, client: Client) -> None:
    seen = b""
    async with client.session.post(server.url_for("drop"), json=client.body()) as response:
        while b'"text"' not in seen:
            seen += await response.content.readany()
        with pytest.raises(aiohttp.ClientPayloadError):
            await response.content.read()


async def test_slow_is_silent_first(client: Client, start_server: StartServer) -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with (
        start_server("slow", pace=0.02) as server,
        client.session.post(server.url, json=client.body()) as response,
    ):
        seen = await response.content.readany()
        assert b'"parts":[]' in seen
        while b'"think"' not in seen:
            seen += await response.content.readany()
        assert loop.time() - began > 0.4


async def test_broken_json_is_one_event_among_good_ones(server: DemoServer, client: Client) -> None:
    _, _, data = await client.post(server.url_for("broken-json"))
    blocks = data.decode().split("\n\n")
    broken = []
    for block in blocks[:-1]:
        try:
            json.loads(block.partition("data:")[2])
        except ValueError:
            broken.append(block)
    assert len(broken) == 1
    assert choose("Hello").text == client.final(
        client.parse(data.replace(f"{broken[0]}\n\n".encode(), b"")), "text"
    )


async def test_images_arrive_out_of_order(server: DemoServer, client: Client) -> None:
    events = await client.events(server.url_for("images"))
    counts = [
        sum(bool(image["image_url"]) for image in item["image"])
        for _, _, item in client.items(events, "image")
    ]
    assert counts == [0, 1, 2, 3]
    _, _, last = client.items(events, "image")[-1]
    assert [image["order"] for image in last["image"]] == [2, 0, 1]
    assert client.items(events, "one_to_more_finish")


async def test_images_can_be_loaded(server: DemoServer, client: Client) -> None:
    events = await client.events(server.url_for("images"))
    _, _, last = client.items(events, "image")[-1]
    for image in last["image"]:
        async with client.session.get(image["image_url"]) as response:
            assert (response.status, response.content_type) == (200, "image/png")
            data = await response.read()
        assert struct.unpack(">II", data[16:24]) == (image["width"], image["height"])


async def test_other_pictures_are_not_there(server: DemoServer, client: Client) -> None:
    events = await client.events(server.url_for("images"))
    _, _, last = client.items(events, "image")[-1]
    address = last["image"][0]["image_url"]
    for other in (address.replace("noon", "night"), address.replace(".png", "")):
        async with client.session.get(other) as response:
            assert response.status == 404


async def test_code_and_its_output(server: DemoServer, client: Client) -> None:
    events = await client.events(server.url_for("code-output"))
    assert client.final(events, "code") == "print(sum(range(101)))"
    assert client.final(events, "execution_output") == "5050\n"
    assert "5050" in client.final(events, "text")


async def test_sources_match_the_marks(server: DemoServer, client: Client) -> None:
    events = await client.events(server.url_for("sources"))
    text = client.final(events, "text")
    assert "【turn1search1】" in text
    assert '"match_key": "turn1search3"' in json.dumps(events)
    assert client.items(events, "tool_calls")
    assert client.items(events, "quote_result")


async def test_many_sources_have_marks_known_and_unknown(
    server: DemoServer, client: Client
) -> None:
    events = await client.events(server.url_for("many-sources"))
    text = client.final(events, "text")
    assert "【turn1search12】" in text
    assert "[^1]:" in text
    assert '"match_key": "turn1search12"' in json.dumps(events)
    assert '"match_key": "turn9search9"' not in json.dumps(events)


async def test_thinking_scenarios(server: DemoServer, client: Client) -> None:
    events = await client.events(server.url_for("reasoning"))
    assert client.final(events, "think").count("Step ") == 5
    assert client.final(events, "text")
    events = await client.events(server.url_for("think-only"))
    assert client.final(events, "think")
    assert not client.final(events, "text")


async def test_huge_event_is_one_line_of_600_kilobytes(server: DemoServer, client: Client) -> None:
    events = await client.events(server.url_for("huge-event"))
    running = [item for _, status, item in client.items(events, "text") if status == "init"]
    assert [len(item["text"]) for item in running] == [600_000]


async def test_megabyte_is_complete(server: DemoServer, client: Client) -> None:
    text = await client.text(server.url_for("megabyte"))
    assert len(text) == 1_000_000
    assert text.startswith("# Chapter 1\n")


async def test_many_deltas_leave_the_loop_free(server: DemoServer, client: Client) -> None:
    turns = 0

    async def count_turns() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    counter = asyncio.create_task(count_turns())
    events = 0
    url = server.url_for("many-deltas")
    async with client.session.post(url, json=client.body()) as response:
        while data := await response.content.readany():
            events += data.count(b"event:message\n")
    counter.cancel()
    assert 100_000 <= events <= 100_010
    assert turns > 5_000


async def test_count_sends_one_number_a_fragment(server: DemoServer, client: Client) -> None:
    events = await client.events(server.url_for("count"))
    running = [item["text"] for _, status, item in client.items(events, "text") if status == "init"]
    assert running == [f"{number} " for number in range(1, 201)]


async def test_silent_sends_nothing_after_the_first_event(
    server: DemoServer, client: Client
) -> None:
    async with client.session.post(server.url_for("silent"), json=client.body()) as response:
        request = await server.requests.get()
        first = client.parse(await response.content.readany())
        assert [event["parts"] for event in first] == [[]]
        assert not request.ended.is_set()
    await request.ended.wait()
