# SPDX-License-Identifier: MIT
from __future__ import annotations

import base64
from datetime import datetime
from typing import Any

import pytest

from chatglm_desktop.chat.importing.local_time import LocalTimes
from chatglm_desktop.core.deltas import Image
from chatglm_desktop.core.imports import Skipped
from chatglm_desktop.core.messages import ImagesPart, MessageState
from tests.chat.importing.conftest import ReadExport, ReadOne, Shelf
from tests.chat.importing.exports import (
    PNG,
    nextchat_backup,
    nextchat_message,
    nextchat_session,
    nextchat_simple,
)

END = datetime(2025, 7, 20, 12).timestamp()


def test_a_session_is_a_conversation(read_one: ReadOne) -> None:
    found = read_one(nextchat_simple())
    question, answer = found.messages
    assert (question.text, answer.text, answer.model) == (
        "Is there a night train?",
        "Yes.",
        "glm-4",
    )
    assert answer.parent_id == question.id
    assert found.summary.title == "Trains"
    assert found.summary.updated_at == 1_752_000_000.0
    assert question.created_at == datetime(2025, 7, 6, 14, 19, 2).timestamp()


def test_what_the_mask_says_before_is_the_prompt(read_one: ReadOne) -> None:
    mask = {
        "context": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "x"}]
    }
    session = nextchat_session([nextchat_message("n", "user", "?")], mask=mask, topic="新的聊天")
    found = read_one(nextchat_backup(session))
    assert found.setup.generation.system_prompt == "Be brief."
    assert found.summary.title == "?"


def test_pictures_in_a_message_come_along(read_one: ReadOne, shelf: Shelf) -> None:
    packed = base64.b64encode(PNG).decode()
    content = [
        {"type": "text", "text": "Look."},
        {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{packed}"}},
        {"type": "image_url", "image_url": {"url": "https://p.example/1.png"}},
        {"type": "image_url", "image_url": {"url": "data:text/html,x"}},
    ]
    found = read_one(nextchat_backup(nextchat_session([nextchat_message("n", "user", content)])))
    (message,) = found.messages
    assert message.text == "Look.\n\n[picture: not in the export]"
    assert shelf.files[message.attachments[0].digest] == PNG
    assert ImagesPart((Image("https://p.example/1.png"),)) in message.parts


def test_failed_replies_and_answers_of_tools(read_one: ReadOne) -> None:
    found = read_one(
        nextchat_backup(
            nextchat_session(
                [
                    nextchat_message("a", "user", "?"),
                    nextchat_message("b", "assistant", "", isError=True),
                    nextchat_message("c", "user", "mcp", isMcpResponse=True),
                    nextchat_message("d", "system", "no"),
                ]
            )
        )
    )
    assert [m.state for m in found.messages] == [MessageState.COMPLETE, MessageState.FAILED]


def test_an_id_that_stands_twice_costs_no_message(read_one: ReadOne) -> None:
    messages = [nextchat_message("n", "user", "one"), nextchat_message("n", "user", "two")]
    found = read_one(nextchat_backup(nextchat_session(messages)))
    assert [m.text for m in found.messages] == ["one", "two"]


@pytest.mark.parametrize("broken", [{"topic": "T"}, {"id": "x", "messages": {}}, None])
def test_a_broken_session_is_left_out(broken: Any, read: ReadExport) -> None:
    (found,) = read(nextchat_backup(broken))
    assert isinstance(found, Skipped)
    assert found.reason == "broken"


def test_odd_backups_hold_nothing(read: ReadExport) -> None:
    assert read({"chat-next-web-store": []}) == []
    assert read({"chat-next-web-store": {"sessions": {}, "lastInput": ""}}) == []


def single(*messages: tuple[str, Any]) -> dict[str, Any]:
    return {"messages": [{"role": role, "content": content} for role, content in messages]}


def test_the_file_of_a_single_conversation_grows_with_it(read_one: ReadOne) -> None:
    told = [
        ("system", "You are an assistant that Trains"),
        ("user", "Is there one?"),
        ("assistant", "Yes."),
        ("user", [{"type": "text", "text": "When?"}]),
    ]
    first = read_one(single(*told))
    later = read_one(single(*told, ("assistant", "At nine.")))
    assert first.summary.title == "Trains"
    assert [m.text for m in first.messages] == ["Is there one?", "Yes.", "When?"]
    assert later.summary.id == first.summary.id
    assert [m.id for m in later.messages][:3] == [m.id for m in first.messages]


def test_it_may_have_no_title(read_one: ReadOne, read: ReadExport) -> None:
    assert read_one(single(("user", "Hello"), ("assistant", "Hi"))).summary.title == "Hello"
    assert read_one(single(("system", "你是一个助手 火车"), ("user", "?"))).summary.title == "火车"
    untitled = single(("system", "You are an assistant that New Conversation"), ("user", "Hi"))
    assert read_one(untitled).summary.title == "Hi"
    assert read({"messages": [{"role": "system", "content": "x"}]}) == [Skipped("", "empty")]


@pytest.mark.parametrize(
    "text",
    [
        "7/6/2025, 2:19:02 PM",
        "2025/7/6 14:19:02",
        "2025/7/6 下午2:19:02",
        "6.7.2025, 14:19:02",
        "06/07/2025 14:19:02",
        "2025-07-06 14:19:02",
        "2025年7月6日 14:19:02",
        "06/07/2025, 14.19.02",
        "7/6/2025, 2:19:02\u202fPM",
    ],
)
def test_times_are_read_as_browsers_write_them(text: str) -> None:
    assert LocalTimes(END).read(text) == datetime(2025, 7, 6, 14, 19, 2).timestamp()


@pytest.mark.parametrize("text", ["", "yesterday", "99/99/2025, 14:19:02", "2125/7/6 14:19:02"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert LocalTimes(END).read(text) is None


def test_a_time_after_the_end_is_read_the_other_way_round() -> None:
    assert LocalTimes(END).read("9/7/2025, 14:19:02") == datetime(2025, 7, 9, 14, 19, 2).timestamp()
    early = datetime(2025, 7, 9, 0, 30, 0).timestamp()
    assert LocalTimes(END).read("7/9/2025, 12:30:00 AM") == early
    iso = LocalTimes(END).read("2025-07-06T14:19:02Z")
    assert iso == 1_751_811_542.0
