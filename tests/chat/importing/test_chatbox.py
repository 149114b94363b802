# SPDX-License-Identifier: MIT
from __future__ import annotations

import base64
from typing import Any

import pytest

from chatglm_desktop.core.deltas import Image, Source
from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.imports import Imported, Skipped
from chatglm_desktop.core.messages import ImagesPart, ReasoningPart, SourcesPart, TextPart
from tests.chat.importing.conftest import ReadExport, ReadOne, Shelf
from tests.chat.importing.exports import PNG, chatbox_export, chatbox_message, chatbox_simple


def session(*messages: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": "s1", "name": "Poem", "type": "chat", "messages": list(messages)} | more


def reply(**more: Any) -> dict[str, Any]:
    """An export with one question and such a reply."""
    told = chatbox_message("a", "assistant", "") | more
    return chatbox_export(session(chatbox_message("q", "user", "?"), told))


def test_a_session_is_a_conversation_with_its_prompt(read_one: ReadOne) -> None:
    found = read_one(chatbox_simple())
    assert [m.text for m in found.messages] == ["A haiku, please.", "Old pond…"]
    assert found.setup.generation.system_prompt == "You are a poet."
    assert (found.summary.title, found.summary.pinned) == ("Poem", True)
    assert found.messages[1].model == "GLM (glm-4)"
    assert found.messages[0].created_at == 1_740_000_000.0


def test_older_exports_keep_all_sessions_in_one_list(read_one: ReadOne) -> None:
    message = {"id": "q", "role": "user", "content": "Old?", "timestamp": 1_680_000_000_000}
    export = {"chat-sessions": [session(message, name="Untitled")], "settings": {}}
    found = read_one(export)
    assert found.messages[0].text == "Old?"
    assert (found.summary.title, found.summary.titled_by_user) == ("Old?", False)


def test_other_ways_on_from_a_message_are_kept_and_the_shown_one_is_active(
    read_one: ReadOne,
) -> None:
    forks = {
        "q": {
            "position": 1,
            "lists": [
                {"id": "l0", "messages": [chatbox_message("a0", "assistant", "first")]},
                {"id": "l1", "messages": []},
                {
                    "id": "l2",
                    "messages": [
                        chatbox_message("a2", "assistant", "third"),
                        chatbox_message("q2", "user", "and?"),
                    ],
                },
            ],
            "createdAt": 1,
        },
        "q2": {"position": 0, "lists": [{"messages": [chatbox_message("a3", "assistant", "4")]}]},
    }
    shown = session(
        chatbox_message("q", "user", "?"),
        chatbox_message("a1", "assistant", "second"),
        messageForksHash=forks,
    )
    found = read_one(chatbox_export(shown))
    by_text = {m.text: m for m in found.messages}
    question = by_text["?"].id
    assert [by_text[t].parent_id for t in ("second", "first", "third")] == [question] * 3
    assert by_text["4"].parent_id == by_text["and?"].id
    assert found.leaf_id == by_text["second"].id


def test_earlier_threads_are_conversations_of_their_own(read: ReadExport) -> None:
    thread = {
        "id": "t1",
        "name": "Older",
        "messages": [chatbox_message("x", "user", "before")],
        "createdAt": 1_700_000_000_000,
    }
    current = session(
        chatbox_message("q", "user", "now"), threads=[thread], threadName="Newer", name="Talk"
    )
    found = read(chatbox_export(current))
    assert [f.summary.title for f in found if isinstance(f, Imported)] == [
        "Talk · Newer",
        "Talk · Older",
    ]
    only = read(chatbox_export(session(threads=[thread], messages=[])))
    assert [f.summary.title for f in only if isinstance(f, Imported)] == ["Poem · Older"]


def test_every_kind_of_part_is_read_or_left_out(read_one: ReadOne, shelf: Shelf) -> None:
    packed = base64.b64encode(PNG).decode()
    found = read_one(
        reply(
            reasoningContent="First.",
            contentParts=[
                {"type": "reasoning", "text": "Then.", "duration": 1500},
                {
                    "type": "tool-call",
                    "toolName": "web_search",
                    "state": "result",
                    "result": {
                        "searchResults": [
                            {"title": "T", "link": "https://t.example/", "snippet": "s"}
                        ]
                    },
                },
                {"type": "text", "text": "Answer"},
                {"type": "image", "storageKey": "picture:1"},
                {"type": "image", "url": f"data:image/png;base64,{packed}"},
                {"type": "image", "url": "https://p.example/1.png"},
                {"type": "info", "text": "internal"},
            ],
            links=[{"url": "https://l.example/", "title": "L"}],
            files=[{"id": "f", "name": "a.pdf"}],
            finishReason="stop",
        )
    )
    message = found.messages[1]
    assert [part for part in message.parts if part not in message.attachments] == [
        ReasoningPart("First.\n\nThen.", 1.5),
        TextPart("Answer\n\n[picture: not in the export]\n\n[a.pdf: not in the export]"),
        ImagesPart((Image("https://p.example/1.png"),)),
        SourcesPart(
            (
                Source("https://t.example/", "T", "s", "1"),
                Source("https://l.example/", "L", "", "2"),
            )
        ),
    ]
    assert shelf.files[message.attachments[0].digest] == PNG
    assert message.finish_reason == "stop"


def test_older_messages_have_plain_text_pictures_and_links(read_one: ReadOne) -> None:
    found = read_one(
        reply(
            contentParts=[{"type": "text", "text": "..."}],
            content="Real text",
            pictures=[{"url": "https://p.example/1.png"}],
            webBrowsing={"query": ["x"], "links": [{"title": "W", "url": "https://w.example/"}]},
        )
    )
    message = found.messages[1]
    assert message.text == "Real text"
    assert message.parts[1:] == (
        ImagesPart((Image("https://p.example/1.png"),)),
        SourcesPart((Source("https://w.example/", "W", "", "1"),)),
    )


def test_a_failed_reply_stays_one(read_one: ReadOne) -> None:
    found = read_one(reply(contentParts=[], content="...", error="no quota", errorCode=10_001))
    assert found.messages[1].failure == Failure("ChatError", "no quota")


def test_summaries_tools_and_messages_without_ids_are_left_out(read_one: ReadOne) -> None:
    found = read_one(
        chatbox_export(
            session(
                chatbox_message("q", "user", "?"),
                chatbox_message("q", "user", "the same id"),
                chatbox_message("s", "assistant", "summary", isSummary=True),
                chatbox_message("t", "tool", "tool"),
                chatbox_message("", "user", "no id"),
            )
        )
    )
    assert [m.text for m in found.messages] == ["?"]


@pytest.mark.parametrize("broken", [{"id": "s", "name": "N"}, {"messages": []}, 5])
def test_a_broken_session_is_left_out(broken: Any, read: ReadExport) -> None:
    found = read({"chat-sessions-list": [], "session:x": broken})
    assert isinstance(found[0], Skipped)
    assert found[0].reason == "broken"


def test_an_empty_session_is_left_out(read: ReadExport) -> None:
    assert read(chatbox_export(session())) == [Skipped("Poem", "empty")]
