# SPDX-License-Identifier: MIT
from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.core.deltas import Delta, FinishReason, Reasoning, Source, Sources, Usage
from chatglm_desktop.core.errors import (
    ChatError,
    ConnectionFailed,
    ContentFiltered,
    EmptyReply,
    IdleTimedOut,
    IncompleteReply,
    InvalidRequest,
    ProtocolError,
    ProviderUnavailable,
)
from chatglm_desktop.providers.openai_chunks import ChatReply
from chatglm_desktop.providers.openai_errors import Asked
from chatglm_desktop.providers.sse import ServerEvent, SseDecoder
from tests.helpers.openai_cases import ChatCase, Outcome, chat_cases, outcome_of

ASKED = Asked("https://api.example.org/v1", "sk-hidden")


def chunk(delta: dict[str, Any] | None = None, reason: str | None = None, **more: Any) -> str:
    return json.dumps({"choices": [{"delta": delta, "finish_reason": reason}], **more})


def deltas(reply: ChatReply, *data: str) -> list[Delta]:
    return [delta for text in data for delta in reply.fold(ServerEvent(text))]


def outcome(*data: str, cause: ChatError | None = None) -> Outcome:
    reply = ChatReply(ASKED)
    seen: list[Delta] = []
    try:
        for text in data:
            for delta in reply.fold(ServerEvent(text)):
                seen.append(delta)
        for delta in reply.end(cause):
            seen.append(delta)
    except ChatError as error:
        return outcome_of(seen, error)
    return outcome_of(seen)


def decoded(pieces: list[bytes]) -> Outcome:
    reply, decoder = ChatReply(ASKED), SseDecoder()
    seen: list[Delta] = []
    try:
        for piece in pieces:
            for event in decoder.feed(piece):
                for delta in reply.fold(event):
                    seen.append(delta)
        for event in decoder.close():
            for delta in reply.fold(event):
                seen.append(delta)
        for delta in reply.end():
            seen.append(delta)
    except ChatError as error:
        return outcome_of(seen, error)
    return outcome_of(seen)


@pytest.mark.parametrize("chat", chat_cases(), ids=lambda case: case.name)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_cut_of_the_bytes_gives_the_same(chat: ChatCase, data: st.DataObject) -> None:
    if chat.media_type != "text/event-stream":
        return
    cuts = sorted(data.draw(st.sets(st.integers(0, len(chat.body)), max_size=12)))
    bounds = [0, *cuts, len(chat.body)]
    assert decoded([chat.body[a:b] for a, b in pairwise(bounds)]) == chat.outcome


def test_nothing_is_read_after_the_end() -> None:
    reply = ChatReply(ASKED)
    assert deltas(reply, chunk({"content": "a"}), "[DONE]", chunk({"content": "b"})) == ["a"]
    assert reply.finished
    assert list(reply.end()) == [FinishReason("stop")]


def test_the_end_may_be_glued_to_a_chunk() -> None:
    whole = chunk({"content": "a"})
    assert outcome(whole + "data: [DONE]").text == "a"
    assert outcome(whole[:9] + "data: [DONE]").error is ProtocolError
    assert outcome(whole + "\n" + whole, "[DONE]").text == "aa"


@pytest.mark.parametrize("data", ["", " ", "[]", "1", "null", '"x"', "{", "[" * 100_000])
def test_what_is_no_object_is_skipped(data: str) -> None:
    seen = outcome(data, chunk({"content": "a"}, "stop"))
    assert (seen.text, seen.finish) == ("a", ("stop",))


@pytest.mark.parametrize(
    "data",
    [
        "{}",
        '{"choices": {}}',
        '{"choices": "x"}',
        '{"choices": [1]}',
        '{"choices": [{"delta": 1}]}',
        '{"choices": [{"delta": {"content": 1, "reasoning": {"a": 1}, "tool_calls": 7}}]}',
        '{"choices": [{"delta": {"content": [1, {"text": 2}], "annotations": {}}}]}',
        '{"usage": 1, "web_search": 1, "timings": [], "error": null}',
        '{"usage": {"prompt_tokens": "x", "prompt_tokens_details": null}}',
        '{"type": "ping", "message": "hm"}',
    ],
)
def test_values_of_other_types_are_taken_as_absent(data: str) -> None:
    seen = outcome(data, chunk({"content": "a"}, "stop"))
    assert (seen.text, seen.reasoning, seen.finish, seen.error) == ("a", "", ("stop",), None)


def test_a_whole_message_counts_as_a_delta() -> None:
    data = json.dumps({"choices": [{"message": {"content": "a"}, "finish_reason": "stop"}]})
    assert outcome(data).text == "a"


def test_half_a_surrogate_pair_becomes_a_replacement_character() -> None:
    assert outcome('{"choices":[{"delta":{"content":"\\ud83d"},"finish_reason":"stop"}]}') == (
        Outcome("\ufffd", finish=("stop",))
    )


def test_usage_is_told_once_and_again_when_it_changes() -> None:
    usage = {"prompt_tokens": 3, "completion_tokens": 1}
    more = usage | {"completion_tokens": 2, "prompt_cache_hit_tokens": 2}
    reply = ChatReply(ASKED)
    seen = deltas(reply, chunk(usage=usage), chunk(usage=usage), chunk(usage=more))
    assert seen == [Usage(3, 1), Usage(3, 2, 2)]


def test_the_timings_of_llama_cpp_count_where_there_is_no_usage() -> None:
    timings = {"prompt_n": 4, "cache_n": 6, "predicted_n": 2}
    assert deltas(ChatReply(ASKED), chunk(timings=timings)) == [Usage(10, 2, 6)]
    assert deltas(ChatReply(ASKED), chunk(timings={"prompt_n": 4})) == []
    plain = {"prompt_n": 4, "predicted_n": 2}
    assert deltas(ChatReply(ASKED), chunk(timings=plain)) == [Usage(4, 2)]


def test_sources_come_once_each_from_both_kinds_of_services() -> None:
    hit = {"link": "https://example.org/1", "title": "One", "content": "1", "refer": "ref_1"}
    note = {
        "type": "url_citation",
        "url_citation": {"url": "https://example.org/2", "title": "Two"},
    }
    reply = ChatReply(ASKED)
    first = Source("https://example.org/1", "One", "1", "ref_1")
    second = Source("https://example.org/2", "Two")
    assert deltas(reply, chunk(web_search=[hit, hit, {"link": "file:///x"}])) == [Sources((first,))]
    assert deltas(reply, chunk(web_search=[hit])) == []
    assert deltas(reply, chunk({"annotations": [note]})) == [Sources((first, second))]


def test_what_is_held_back_is_told_before_an_error() -> None:
    error = json.dumps({"error": {"message": "no", "code": 400}})
    seen = outcome(chunk({"content": "a <th"}), error)
    assert (seen.text, seen.error, seen.words, seen.code) == ("a <th", InvalidRequest, "no", "400")


def test_an_event_named_error_may_hold_plain_text() -> None:
    reply = ChatReply(ASKED)
    assert list(reply.fold(ServerEvent(" ", "error"))) == []
    with pytest.raises(ProviderUnavailable, match="out of memory") as caught:
        list(reply.fold(ServerEvent("out of memory", "error")))
    assert caught.value.host == "api.example.org"


@pytest.mark.parametrize(
    "payload",
    [
        {"error": "no"},
        {"error": {"message": "no"}},
        {"object": "error", "message": "no"},
        {"message": "no", "code": 500},
        {"detail": "no"},
        {"detail": [{"msg": "no"}]},
    ],
)
def test_an_error_is_known_by_its_shape(payload: dict[str, Any]) -> None:
    seen = outcome(json.dumps(payload))
    assert (seen.error, seen.words) == (ProviderUnavailable, "no")


@pytest.mark.parametrize("reason", ["content_filter", "sensitive"])
def test_moderation_comes_after_the_text_that_was_shown(reason: str) -> None:
    seen = outcome(chunk({"content": "I"}, reason))
    assert (seen.text, seen.error) == ("I", ContentFiltered)


def test_a_reason_without_text_is_an_empty_reply_unless_it_is_the_length() -> None:
    assert outcome(chunk({}, "stop")).error is EmptyReply
    assert outcome(chunk({}, "tool_calls")).error is EmptyReply
    assert outcome("[DONE]").error is EmptyReply
    assert outcome().error is EmptyReply
    assert outcome(chunk({"content": "\n"}, "stop")).error is EmptyReply
    assert outcome(chunk({}, "length")).finish == ("length",)


def test_what_breaks_after_the_end_of_the_text_is_no_fault() -> None:
    last = chunk({"content": "a"}, "stop")
    assert outcome(last, cause=ConnectionFailed()) == Outcome("a", finish=("stop",))
    assert outcome(last, cause=IdleTimedOut()) == Outcome("a", finish=("stop",))


def test_what_breaks_before_it_is_told() -> None:
    part = chunk({"content": "a"})
    assert outcome(part, cause=ConnectionFailed()).error is IncompleteReply
    assert outcome(part, cause=IdleTimedOut()).error is IdleTimedOut
    assert outcome(cause=ConnectionFailed()).error is ConnectionFailed


def test_the_cause_of_an_incomplete_reply_stays_known() -> None:
    reply, cause = ChatReply(ASKED), ConnectionFailed(details="reset")
    deltas(reply, chunk({"content": "a"}))
    with pytest.raises(IncompleteReply) as caught:
        list(reply.end(cause))
    assert caught.value.__cause__ is cause
    assert caught.value.details == "reset"


def test_thinking_is_not_text() -> None:
    reply = ChatReply(ASKED)
    assert not reply.has_reason
    first = deltas(reply, chunk({"reasoning": "Hm", "content": ""}))
    assert first == [Reasoning("Hm")]
    assert deltas(reply, chunk({"content": "a</think>b"}, "stop")) == ["a</think>", "b"]
    assert reply.has_reason
