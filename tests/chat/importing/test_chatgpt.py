# SPDX-License-Identifier: MIT
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from chatglm_desktop.core.imports import Imported, Skipped
from chatglm_desktop.core.messages import (
    ReasoningPart,
    Role,
    TextPart,
)
from tests.chat.importing.conftest import ReadExport, ReadOne, branch
from tests.chat.importing.exports import (
    chatgpt_chain,
    chatgpt_conversation,
    chatgpt_message,
    chatgpt_node,
    chatgpt_simple,
    zipped,
)


def test_all_versions_are_kept_and_the_current_one_is_active(read_one: ReadOne) -> None:
    found = read_one([chatgpt_simple()])
    assert [message.text for message in found.messages] == [
        "Will it rain? 会下雨吗?",
        "Perhaps.",
        "Yes, at **noon**.",
        "Thanks.",
    ]
    question, first, second, _ = found.messages
    assert first.parent_id == second.parent_id == question.id
    assert [message.text for message in branch(found)][1] == "Yes, at **noon**."
    assert (first.model, second.model, question.model) == ("gpt-4o", "o1", "")
    assert first.finish_reason == "stop"
    assert question.created_at == 1_700_000_000.5
    summary = found.summary
    assert summary.title == "Rain in the hills"
    assert summary.titled_by_user
    assert (summary.created_at, summary.updated_at) == (1_700_000_000.0, 1_700_000_900.0)
    assert (summary.pinned, summary.archived_at) == (False, None)


def test_ids_are_the_same_each_time_and_others_in_other_conversations(read_one: ReadOne) -> None:
    once, twice = read_one([chatgpt_simple()]), read_one([chatgpt_simple()])
    assert once == twice
    other = read_one([chatgpt_simple() | {"conversation_id": "another"}])
    assert {m.id for m in other.messages}.isdisjoint(m.id for m in once.messages)


@pytest.mark.parametrize("wrap", [lambda c: c, lambda c: {"conversations": [c]}, lambda c: [c]])
def test_a_list_is_read_and_an_object_with_one_and_a_single_conversation(
    wrap: Callable[[Any], Any], read_one: ReadOne
) -> None:
    assert len(read_one(wrap(chatgpt_simple())).messages) == 4


def test_what_makes_up_one_reply_becomes_one_message(read_one: ReadOne) -> None:
    found = read_one(
        chatgpt_chain(
            chatgpt_message("q", "user", "Sum?"),
            chatgpt_message(
                "t",
                "assistant",
                {
                    "content_type": "thoughts",
                    "thoughts": [{"summary": "Adding", "content": "I add."}, {"content": "Done."}],
                },
            ),
            chatgpt_message(
                "r",
                "assistant",
                {"content_type": "reasoning_recap", "content": "Thought for 1m 5s"},
            ),
            chatgpt_message(
                "c",
                "assistant",
                {"content_type": "code", "language": "unknown", "text": "print(1+1)"},
                recipient="python",
            ),
            chatgpt_message(
                "o",
                "tool",
                {"content_type": "execution_output", "text": "2\n"},
                name="python",
            ),
            chatgpt_message("a", "assistant", "It is 2.", metadata={"model_slug": "o3"}),
        )
    )
    question, reply = found.messages
    assert reply.parts == (
        ReasoningPart("Adding\n\nI add.\n\nDone.", 65.0),
        TextPart("```python\nprint(1+1)\n```\n\n```text\n2\n```\n\nIt is 2."),
    )
    assert reply.role is Role.ASSISTANT
    assert (reply.model, reply.parent_id) == ("o3", question.id)
    assert found.leaf_id == reply.id


def test_where_versions_part_inside_a_reply_each_is_a_message(read_one: ReadOne) -> None:
    nodes = {
        "q": chatgpt_node("q", None, ["t"], chatgpt_message("q", "user", "Hm?")),
        "t": chatgpt_node("t", "q", ["a", "b"], chatgpt_message("t", "assistant", "Well,")),
        "a": chatgpt_node("a", "t", ["a2"], chatgpt_message("a", "assistant", "yes")),
        "a2": chatgpt_node("a2", "a", [], chatgpt_message("a2", "assistant", "indeed")),
        "b": chatgpt_node("b", "t", [], chatgpt_message("b", "assistant", "no")),
    }
    found = read_one([chatgpt_conversation(nodes, "b")])
    assert [m.text for m in found.messages] == ["Hm?", "Well,", "yes\n\nindeed", "no"]
    assert [m.text for m in branch(found)] == ["Hm?", "Well,", "no"]


def test_hidden_messages_and_talk_with_tools_are_not_shown(read_one: ReadOne) -> None:
    found = read_one(
        chatgpt_chain(
            chatgpt_message("s", "system", "You are kind."),
            chatgpt_message(
                "u",
                "user",
                {"content_type": "user_editable_context", "user_profile": "secret"},
                metadata={"is_visually_hidden_from_conversation": True},
            ),
            chatgpt_message("q", "user", "News?"),
            chatgpt_message(
                "w", "assistant", {"content_type": "code", "text": "search('x')"}, recipient="web"
            ),
            chatgpt_message("x", "tool", {"content_type": "tether_browsing_display", "result": ""}),
            chatgpt_message("y", "tool", "internal"),
            chatgpt_message("e", "tool", {"content_type": "system_error", "text": "no"}),
            chatgpt_message("z", "assistant", "to a tool", recipient="bio"),
            chatgpt_message("a", "assistant", "None."),
        )
    )
    assert [message.text for message in found.messages] == ["News?", "None."]


def test_pinned_and_archived_conversations_stay_so(read_one: ReadOne) -> None:
    pinned = read_one([chatgpt_simple() | {"is_starred": True}]).summary
    assert pinned.pinned
    archived = read_one([chatgpt_simple() | {"is_archived": True, "pinned_time": 1.7e9}]).summary
    assert archived.pinned
    assert archived.archived_at == archived.updated_at


def test_without_a_title_the_first_question_gives_one(read_one: ReadOne) -> None:
    summary = read_one([chatgpt_simple() | {"title": None}]).summary
    assert summary.title == "Will it rain? 会下雨吗?"
    assert not summary.titled_by_user


def test_the_newest_leaf_is_active_where_none_is_named(read_one: ReadOne) -> None:
    for node in (None, "nowhere", 7):
        found = read_one([chatgpt_simple() | {"current_node": node}])
        assert branch(found)[-1].text == "Thanks."


def test_split_exports_are_read_together(read: ReadExport) -> None:
    second = chatgpt_simple() | {"conversation_id": "second", "title": "Second"}
    found = read(
        zipped(
            {
                "conversations-001.json": [second],
                "conversations-000.json": [chatgpt_simple()],
                "export_manifest.json": {"files": []},
            }
        )
    )
    assert [one.summary.title for one in found if isinstance(one, Imported)] == [
        "Rain in the hills",
        "Second",
    ]


def test_circles_orphans_and_missing_links_cost_no_text(read_one: ReadOne) -> None:
    nodes = {
        "a": chatgpt_node("a", "c", ["b"], chatgpt_message("a", "user", "one")),
        "b": chatgpt_node("b", "a", ["c"], chatgpt_message("b", "assistant", "two")),
        "c": chatgpt_node("c", "b", ["a"], chatgpt_message("c", "user", "three")),
        "o": chatgpt_node("o", "gone", [], chatgpt_message("o", "user", "orphan")),
        "p": {"message": chatgpt_message("p", "assistant", "no links")},
        "l": chatgpt_node("l", None, ["m", "l", 5], chatgpt_message("l", "user", "list")),  # type: ignore[list-item]
        "m": {"message": chatgpt_message("m", "assistant", "by its parent's list")},
    }
    found = read_one([chatgpt_conversation(nodes, "c")])
    assert sorted(m.text for m in found.messages) == sorted(
        ["one", "two", "three", "orphan", "no links", "list", "by its parent's list"]
    )
    by_text = {m.text: m for m in found.messages}
    assert by_text["by its parent's list"].parent_id == by_text["list"].id


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"mapping": []}, "broken"),
        ({"mapping": {}, "title": "T"}, "empty"),
        ({"mapping": {"a": None}}, "empty"),
        ("text", "broken"),
    ],
)
def test_a_broken_conversation_is_left_out_and_told_of(
    broken: Any, reason: str, read: ReadExport
) -> None:
    found = read([chatgpt_simple(), broken])
    assert isinstance(found[0], Imported)
    assert isinstance(found[1], Skipped)
    assert found[1].reason == reason


def test_without_any_id_the_first_node_gives_one(read_one: ReadOne) -> None:
    bare = chatgpt_simple()
    del bare["id"], bare["conversation_id"]
    assert read_one([bare]) == read_one([bare])
