# SPDX-License-Identifier: MIT
from __future__ import annotations

import json
import logging
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
from chatglm_desktop.core.errors import (
    AuthFailed,
    ChatError,
    ConnectionFailed,
    ContentFiltered,
    EmptyReply,
    IncompleteReply,
    ProtocolError,
    ProviderUnavailable,
    QuotaExceeded,
)
from chatglm_desktop.providers.guest_events import GuestReply
from chatglm_desktop.providers.sse import SseDecoder


def part(key: str, *items: dict[str, Any], status: str = "init", **more: Any) -> dict[str, Any]:
    return {"logic_id": key, "content": list(items), "status": status, **more}


def text(value: str) -> dict[str, Any]:
    return {"type": "text", "text": value}


def think(value: str) -> dict[str, Any]:
    return {"type": "think", "think": value}


def event(*parts: dict[str, Any], status: str = "init", **more: Any) -> str:
    return json.dumps({"parts": list(parts), "status": status, **more})


def deltas(reply: GuestReply, *events: str) -> list[Delta]:
    return [delta for data in events for delta in reply.fold(data)]


def test_the_conversation_is_named_once() -> None:
    reply = GuestReply()
    first = event(conversation_id="c1")
    assert deltas(reply, event(), first, first, event(conversation_id="c2")) == [
        ConversationRef("c1")
    ]


def test_a_finish_is_told_once_and_ends_the_reply() -> None:
    reply = GuestReply()
    finish = event(part("a", text("Hi"), status="finish"), status="finish")
    assert deltas(reply, finish, finish, event(part("b", text("late")))) == [
        "Hi",
        FinishReason("stop"),
    ]
    assert reply.finished


def test_a_finish_closes_an_open_fence_first() -> None:
    code = part("a", {"type": "code", "code": "x"})
    assert deltas(GuestReply(), event(code, status="finish")) == [
        "```python\nx",
        "\n```",
        FinishReason("stop"),
    ]


def test_a_finish_with_a_whole_text_corrects_what_was_shown() -> None:
    reply = GuestReply()
    assert deltas(
        reply,
        event(part("a", think("Hm"))),
        event(part("b", text("Tow"))),
        event(part("a", think("Ah"), status="finish")),
        event(part("b", text("Two"), status="finish"), status="finish"),
    ) == [
        Reasoning("Hm"),
        "Tow",
        Revision("Ah", "reasoning"),
        Revision("Two"),
        FinishReason("stop"),
    ]


def test_parts_are_known_by_logic_id_then_id_then_place() -> None:
    reply = GuestReply()
    one = {"id": "x", "content": [text("one")]}
    two = {"content": [text("two")]}
    assert deltas(reply, event(one, two), event({**one, "content": [text(", 1")]})) == [
        "one\n\ntwo",
        Revision("one, 1\n\ntwo"),
    ]


def test_items_of_one_part_are_apart() -> None:
    both = part("a", text("Run this:"), {"type": "code", "code": "x\n"}, text("Done."))
    assert deltas(GuestReply(), event(both)) == ["Run this:\n\n```python\nx\n```\n\nDone."]


def test_the_last_frame_of_a_failed_part_may_repeat_it() -> None:
    reply = GuestReply()
    told = deltas(
        reply,
        event(part("a", think("One "))),
        event(part("a", think("two"))),
        event(part("a", think("One two!"), status="error")),
        event(part("b", think("x"))),
        event(part("b", think("y"))),
        event(part("b", think("z"), status="error")),
    )
    assert "".join(delta.text for delta in told if isinstance(delta, Reasoning)) == (
        "One two!\n\nxyz"
    )


def test_pictures_are_told_in_order_when_their_address_is_known() -> None:
    def picture(url: str, **more: Any) -> dict[str, Any]:
        return part("a", {"type": "image", "image": [{"image_url": url, **more}]})

    reply = GuestReply()
    assert deltas(
        reply,
        event(picture("", order=0)),
        event(picture("javascript:alert(1)", order=2)),
        event(picture("file:///etc/passwd", order=3)),
        event(picture("https://u1", order=1, width=2, height="3")),
        event(picture("https://u1", order=1, width=2, height="3")),
        event(picture("https://u0", order=0)),
        event(
            part(
                "b",
                {
                    "type": "image",
                    "image": [{"image_url": "https://u2"}, {"image_url": "https://u0"}],
                },
            )
        ),
    ) == [
        Images((Image("https://u1", 2, 3),)),
        Images((Image("https://u0"), Image("https://u1", 2, 3))),
        Images((Image("https://u0"), Image("https://u1", 2, 3), Image("https://u2"))),
    ]
    assert isinstance(reply.broken_off(), IncompleteReply)


def test_sources_are_told_when_they_change() -> None:
    found = part(
        "a",
        {"type": "tool_result"},
        meta_data={
            "tool_result_extra": {
                "search_results": [
                    {"match_key": "turn1search1", "url": "https://u", "title": "t", "snippet": "s"},
                    {"title": "without an address"},
                    {"title": "no web address", "url": "file:///etc/passwd"},
                ]
            }
        },
    )
    quoted = part(
        "b",
        {"type": "quote_result"},
        meta_data={"metadata_list": [{"url": "//q"}, {"url": "HTTP://q"}]},
    )
    done = {**quoted, "status": "finish"}
    one = Source("https://u", "t", "s", "turn1search1")
    reply = GuestReply()
    assert deltas(reply, event(found), event(found), event(quoted), event(done)) == [
        Sources((one,)),
        Sources((Source("HTTP://q", mark="2"), one)),
    ]


def test_unknown_content_is_logged_once_for_debugging(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "chatglm_desktop")
    odd = part("a", {"type": "hologram", "hologram": [1]}, {"type": "file"}, {"type": None})
    assert deltas(GuestReply(), event(odd), event(odd)) == []
    assert len(caplog.messages) == 1
    assert "'hologram'" in caplog.messages[0]


@pytest.mark.parametrize("parts", [None, 1, "x", [None], [{"content": None}], [{"content": [1]}]])
def test_odd_shapes_are_harmless(parts: object) -> None:
    assert deltas(GuestReply(), json.dumps({"parts": parts, "status": None})) == []


def test_intervention_gives_the_text_and_then_the_words() -> None:
    reply = GuestReply()
    told: list[Delta] = []
    with pytest.raises(ContentFiltered) as caught:
        told.extend(
            reply.fold(
                event(
                    part("a", text("Half")),
                    status="intervene",
                    last_error={"intervene_text": "不行。"},
                )
            )
        )
    assert told == ["Half"]
    assert caught.value.words == "不行。"


@pytest.mark.parametrize(
    ("status", "last_error", "kind", "words"),
    [
        ("intervene", {}, ContentFiltered, ""),
        ("intervene", {"message": "stopped"}, ContentFiltered, "stopped"),
        ("finish", {"intervene_text": "no"}, ContentFiltered, "no"),
        ("init", {"code": "1301", "message": "请稍后重试"}, ProviderUnavailable, "请稍后重试"),
        ("init", {"error_code": 7, "err_msg": "odd"}, ProviderUnavailable, "odd"),
        ("error", {"code": 40102}, AuthFailed, ""),
        ("finish", {"code": "E12"}, ProviderUnavailable, ""),
        ("finish", {"code": "\ud800"}, ProviderUnavailable, ""),
        ("finish", {"code": -1}, ProviderUnavailable, ""),
        ("finish", {"code": 0, "error_code": "E12"}, ProviderUnavailable, ""),
        ("finish", {"code": 0, "error_code": 40102}, AuthFailed, ""),
        ("error", "broken", ProviderUnavailable, "broken"),
        ("finish", {"message": "开通会员"}, QuotaExceeded, "开通会员"),
    ],
)
def test_a_filled_last_error_is_an_error_whatever_the_status(
    status: str, last_error: object, kind: type[ChatError], words: str
) -> None:
    with pytest.raises(kind) as caught:
        deltas(GuestReply(), event(status=status, last_error=last_error))
    assert caught.value.words == words
    assert "\ud800" not in caught.value.details


@pytest.mark.parametrize(
    ("last_error", "details"),
    [
        ({"code": "E12"}, "last_error code 'E12'"),
        ({"error_code": 7}, "last_error code 7"),
        ({"message": "odd"}, "last_error without a code"),
    ],
)
def test_the_details_of_an_error_name_its_code(last_error: object, details: str) -> None:
    with pytest.raises(ProviderUnavailable) as caught:
        deltas(GuestReply(), event(last_error=last_error))
    assert caught.value.details == details


@pytest.mark.parametrize(
    "last_error",
    [None, {}, "", {"code": 0, "message": ""}, [], {"code": "0"}, {"code": "", "error_code": None}],
)
@pytest.mark.parametrize("status", ["init", "", "error", "processing", "whatever"])
def test_an_empty_last_error_is_none(status: str, last_error: object) -> None:
    reply = GuestReply()
    running = event(part("a", text("x")), status=status, last_error=last_error)
    assert deltas(reply, running, event(status="finish")) == ["x", FinishReason("stop")]


def test_an_envelope_as_an_event_is_an_error() -> None:
    quota = json.dumps({"status": 500, "message": "请登录后继续使用", "result": None})
    with pytest.raises(QuotaExceeded):
        deltas(GuestReply(), quota)
    with pytest.raises(ChatError) as caught:
        deltas(GuestReply(), json.dumps({"code": 12345, "message": "odd"}))
    assert caught.value.words == "odd"


@pytest.mark.parametrize(
    ("events", "kind"),
    [
        ([], EmptyReply),
        ([event(conversation_id="c")], EmptyReply),
        (["", " "], EmptyReply),
        (["{"], ProtocolError),
        ([event(status="error")], ProviderUnavailable),
        ([event(status="error"), event()], EmptyReply),
        ([event(part("a", text("x"))), "{"], IncompleteReply),
        ([event(part("a", think("x")))], IncompleteReply),
    ],
)
def test_an_end_without_finish(events: list[str], kind: type[ChatError]) -> None:
    reply = GuestReply()
    deltas(reply, *events)
    assert type(reply.broken_off()) is kind
    lost = ConnectionFailed(details="reset")
    assert type(reply.broken_off(lost)) is (
        IncompleteReply if kind is IncompleteReply else ConnectionFailed
    )
    assert reply.broken_off(lost).details == "reset"


@pytest.mark.parametrize(("before", "kind"), [([], EmptyReply), (["nothing"], ProtocolError)])
def test_a_finish_without_any_content(before: list[str], kind: type[ChatError]) -> None:
    with pytest.raises(kind):
        deltas(GuestReply(), *before, event(status="finish"))


words = st.lists(st.text(st.sampled_from("ab`\n") | st.characters(codec="utf-8"), max_size=6))


@settings(max_examples=150, deadline=None)
@given(words, words, st.booleans(), st.lists(st.booleans(), max_size=20))
def test_a_finished_reply_is_exact_in_both_dialects(
    thoughts: list[str], answers: list[str], snapshots: bool, order: list[bool]
) -> None:
    """A thought and an answer, mixed in any order, end as the server has them."""
    queues = {"think": list(thoughts), "text": list(answers)}
    whole = {"think": "".join(thoughts), "text": "".join(answers)}
    so_far = {"think": "", "text": ""}
    reply, told = GuestReply(), list[Delta]()
    turns = [("think" if first else "text") for first in order]
    for kind in [*turns, *["think"] * len(thoughts), *["text"] * len(answers)]:
        if queues[kind]:
            piece = queues[kind].pop(0)
            so_far[kind] += piece
            item = {"type": kind, kind: so_far[kind] if snapshots else piece}
            told += deltas(reply, event(part(kind, item)))
    finals = [part(kind, {"type": kind, kind: whole[kind]}, status="finish") for kind in whole]
    told += deltas(reply, event(*finals), event(*finals))
    shown = {"text": "", "reasoning": ""}
    for delta in told:
        match delta:
            case str():
                shown["text"] += delta
            case Reasoning(added):
                shown["reasoning"] += added
            case Revision(replaced, kind):
                shown[kind] = replaced
    assert shown == {"text": whole["text"], "reasoning": whole["think"]}


@pytest.mark.parametrize(("kind", "most"), [("text", 100_000), ("think", 20_000), ("code", 20_000)])
def test_a_hundred_thousand_deltas_cost_in_proportion(kind: str, most: int) -> None:
    def seconds(count: int) -> float:
        frame = (
            b"event:message\ndata:  %s\n\n"
            % event(part("p", {"type": kind, kind: "#####"})).encode()
        )
        frames = b"".join(frame.replace(b"#####", b"%5d" % n) for n in range(count))
        reply, decoder = GuestReply(), SseDecoder()
        began, told = time.process_time(), 0
        for at in range(0, len(frames), 64_000):
            for found in decoder.feed(frames[at : at + 64_000]):
                told += len(list(reply.fold(found.data)))
        assert told == count
        return time.process_time() - began

    assert seconds(most) < 40 * min(seconds(most // 10) for _ in range(2)) + 0.1
