# SPDX-License-Identifier: MIT
from __future__ import annotations

from typing import Any

import pytest

from chatglm_desktop.core.deltas import Source
from chatglm_desktop.core.imports import Imported, Skipped
from chatglm_desktop.core.messages import ReasoningPart, Role, SourcesPart, TextPart
from tests.chat.importing.conftest import ReadExport, ReadOne, Shelf
from tests.chat.importing.exports import (
    PNG,
    claude_conversation,
    claude_message,
    claude_simple,
    zipped,
)


def reply(*blocks: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    """An export with one question and a reply of such blocks."""
    told = claude_message("a", "assistant", "flat text", content=list(blocks), **more)
    return [claude_conversation([claude_message("q", "human", "?"), told])]


def test_a_list_of_messages_is_a_chain(read_one: ReadOne) -> None:
    found = read_one([claude_simple()])
    question, answer = found.messages
    assert (question.role, answer.role) == (Role.USER, Role.ASSISTANT)
    assert (question.text, answer.text) == ("How long does dough rest?", "An hour.")
    assert (question.parent_id, answer.parent_id) == (None, question.id)
    assert found.leaf_id == answer.id
    assert found.summary.title == "Bread"
    assert question.created_at == pytest.approx(1_740_823_200.123456)


def test_a_single_conversation_is_read_too(read_one: ReadOne) -> None:
    assert read_one(claude_simple() | {"is_starred": True}).summary.pinned


def test_where_messages_name_their_parents_all_versions_are_kept(read_one: ReadOne) -> None:
    root = "00000000-0000-4000-8000-000000000000"
    messages = [
        claude_message("q", "human", "?", parent_message_uuid=root),
        claude_message("a", "assistant", "one", parent_message_uuid="q"),
        claude_message("b", "assistant", "two", parent_message_uuid="q"),
    ]
    export = claude_conversation(messages, current_leaf_message_uuid="a", model="claude-x")
    found = read_one([export])
    question, one, two = found.messages
    assert one.parent_id == two.parent_id == question.id
    assert found.leaf_id == one.id
    assert (one.model, question.model) == ("claude-x", "")


def test_thinking_text_tools_and_sources_become_one_message(read_one: ReadOne) -> None:
    found = read_one(
        reply(
            {
                "type": "thinking",
                "thinking": "Hm.",
                "start_timestamp": "2025-03-01T10:00:00Z",
                "stop_timestamp": "2025-03-01T10:00:02.5Z",
            },
            {"type": "thinking", "thinking": "So.", "start_timestamp": None},
            {"type": "tool_use", "name": "web_search", "input": {"query": "dough"}},
            {
                "type": "tool_result",
                "name": "web_search",
                "content": [
                    {"type": "knowledge", "title": "Dough", "url": "https://d.example/"},
                    {"type": "text", "text": "internal"},
                ],
            },
            {
                "type": "text",
                "text": "Rest it.",
                "citations": [
                    {
                        "uuid": "c",
                        "start_index": 0,
                        "end_index": 4,
                        "details": {"type": "web_search_citation", "url": "https://e.example/"},
                    }
                ],
            },
            {"type": "token_budget"},
        )
    )
    assert found.messages[1].parts == (
        ReasoningPart("Hm.\n\nSo.", 2.5),
        TextPart("Rest it."),
        SourcesPart(
            (
                Source("https://d.example/", "Dough", "", "1"),
                Source("https://e.example/", "", "", "2"),
            )
        ),
    )


def artifact(**given: Any) -> dict[str, Any]:
    return {"type": "tool_use", "name": "artifacts", "input": given}


def test_documents_and_code_that_tools_wrote_are_part_of_the_reply(read_one: ReadOne) -> None:
    code = "application/vnd.ant.code"
    found = read_one(
        reply(
            artifact(title="Guide", type="text/markdown", content="# Guide"),
            artifact(title="A", type=code, language="python", content="x = 1"),
            artifact(type="text/html", content="<p>"),
            artifact(type="text/plain", content="plain"),
            artifact(command="update", old_str="a", new_str="b"),
            {"type": "tool_use", "name": "repl", "input": {"code": "1+1"}},
            {"type": "tool_use", "name": "repl", "input": {"code": " "}},
            {"type": "tool_use", "name": "bash_tool", "input": {"command": "ls"}},
        )
    )
    assert found.messages[1].text == (
        "**Guide**\n\n# Guide\n\n**A**\n\n```python\nx = 1\n```\n\n```html\n<p>\n```\n\nplain\n\n"
        "```javascript\n1+1\n```\n\n```bash\nls\n```"
    )


def test_older_exports_have_the_text_alone(read_one: ReadOne) -> None:
    message = claude_message("q", "human", "Only text.")
    del message["content"]
    assert read_one([claude_conversation([message])]).messages[0].text == "Only text."


def test_files_come_with_the_text_that_was_found_in_them(read: ReadExport, shelf: Shelf) -> None:
    message = claude_message(
        "q",
        "human",
        "Look.",
        attachments=[
            {"file_name": "", "file_size": 5, "file_type": "txt", "extracted_content": "pasted"},
            {"file_name": "scan.pdf", "extracted_content": ""},
            {"file_name": "bad.txt", "extracted_content": "bad text"},
        ],
        files=[{"file_name": "cat.png", "file_uuid": "u-1"}, {"file_name": "gone.png"}],
        files_v2=[{"file_name": "cat.png", "file_uuid": "u-1"}],
    )
    export = [claude_conversation([message])]
    (found,) = read(zipped({"conversations.json": export, "users.json": [], "files/u-1.png": PNG}))
    assert isinstance(found, Imported)
    (question,) = found.messages
    assert [part.name for part in question.attachments] == ["pasted.txt", "cat.png"]
    assert question.text == (
        "Look.\n\n[scan.pdf: not in the export]\n\nbad text\n\n[gone.png: not in the export]"
    )
    assert shelf.files[question.attachments[1].digest] == PNG


def test_a_question_of_files_alone_gives_their_names_as_title(read_one: ReadOne) -> None:
    attachment = {"file_name": "notes.txt", "extracted_content": "x"}
    message = claude_message("q", "human", "", attachments=[attachment])
    assert read_one([claude_conversation([message], name="")]).summary.title == "notes.txt"


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"uuid": "x", "name": "N"}, "broken"),
        ({"chat_messages": []}, "broken"),
        (claude_conversation([]), "empty"),
        (claude_conversation([claude_message("q", "human", " ")]), "empty"),
        (None, "broken"),
    ],
)
def test_a_broken_conversation_is_left_out(broken: Any, reason: str, read: ReadExport) -> None:
    found = read([claude_simple(), broken])
    assert isinstance(found[1], Skipped)
    assert found[1].reason == reason
