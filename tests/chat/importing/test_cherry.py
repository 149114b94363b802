# SPDX-License-Identifier: MIT
from __future__ import annotations

import base64
from typing import Any

import pytest

from chatglm_desktop.core.deltas import Image, Source
from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.imports import Imported, Skipped
from chatglm_desktop.core.messages import (
    ImagesPart,
    MessageState,
    ReasoningPart,
    Role,
    SourcesPart,
    TextPart,
)
from tests.chat.importing.conftest import NOW, ReadExport, Shelf
from tests.chat.importing.exports import (
    PNG,
    cherry_backup,
    cherry_block,
    cherry_simple,
    zipped,
)


def message(id: str, role: str, **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "role": role,
        "createdAt": "2025-06-15T08:00:00.000Z",
        "status": "success",
        "blocks": [],
    } | more


def one(read: ReadExport, export: Any) -> Imported:
    (found,) = [found for found in read(export) if isinstance(found, Imported)]
    return found


def of_blocks(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A backup with a question and a reply of such blocks."""
    question = message("q", "user", blocks=["bq"])
    reply = message("a", "assistant", blocks=[block["id"] for block in blocks] + [7], **more)
    blocks = (cherry_block("bq", "q", "main_text", content="?"), *blocks)
    return cherry_backup([{"id": "t", "messages": [question, reply]}], list(blocks), [])


def test_topics_get_their_titles_blocks_and_a_folder_for_their_assistant(read: ReadExport) -> None:
    folder, found = read(cherry_simple())
    assert isinstance(folder, Folder)
    assert folder == Folder(folder.id, "数学老师", NOW, system_prompt="Explain simply.")
    assert isinstance(found, Imported)
    assert found.summary.title == "素数"
    assert found.summary.pinned
    assert found.summary.folder_id == folder.id
    question, reply = found.messages
    assert (question.role, question.text) == (Role.USER, "什么是素数?")
    assert reply.parts == (ReasoningPart("Think.", 1.5), TextPart("只能被 1 和自身整除的数。"))
    assert (reply.model, reply.parent_id) == ("GLM-4.5", question.id)


def test_the_order_of_tables_does_not_matter(read: ReadExport) -> None:
    backup = cherry_simple()
    tables = backup["indexedDB"]
    turned = {
        "indexedDB": {"message_blocks": tables["message_blocks"], "topics": tables["topics"]},
        "localStorage": backup["localStorage"],
    }
    assert read(turned) == read(backup)


def test_answers_of_several_models_are_versions_and_the_chosen_one_is_active(
    read: ReadExport,
) -> None:
    messages = [
        message("q", "user", content="?"),
        message("a", "assistant", askId="q", content="one"),
        message("b", "assistant", askId="q", content="two", foldSelected=True),
        message("c", "assistant", askId="q", content="three"),
        message("q2", "user", content="so?"),
        message("x", "assistant", type="clear"),
        message("d", "assistant", askId="q2", content="four"),
    ]
    found = one(read, cherry_backup([{"id": "t", "messages": messages}], [], [], 3))
    by_text = {m.text: m for m in found.messages}
    question = by_text["?"].id
    assert [by_text[text].parent_id for text in ("one", "two", "three")] == [question] * 3
    assert by_text["so?"].parent_id == by_text["two"].id
    assert by_text["four"].parent_id == by_text["so?"].id
    assert found.leaf_id == by_text["four"].id


def test_what_a_message_held_before_there_were_blocks_is_read(read: ReadExport) -> None:
    reply = message(
        "a",
        "assistant",
        content="Answer",
        reasoning_content="Hm.",
        metrics={"time_thinking_millsec": 2000},
        files=[{"id": "f", "origin_name": "a.txt", "name": "f.txt"}],
        metadata={
            "generateImage": {"type": "url", "images": ["https://p.example/1.png", 3]},
            "webSearch": {"query": "x", "results": [{"title": "T", "url": "https://t.example/"}]},
            "webSearchInfo": [{"link": "https://z.example/", "title": "Z", "content": "z"}],
            "annotations": [
                {"type": "url_citation", "url_citation": {"url": "https://o.example/"}}
            ],
            "citations": ["https://c.example/"],
        },
    )
    question = message("q", "user", content="?")
    backup = cherry_backup([{"id": "t", "messages": [question, reply]}], [], [], 3)
    found = one(read, backup)
    assert found.messages[1].parts == (
        ReasoningPart("Hm.", 2.0),
        TextPart("Answer\n\n[a.txt: not in the export]\n\n[picture: not in the export]"),
        ImagesPart((Image("https://p.example/1.png"),)),
        SourcesPart(
            (
                Source("https://o.example/", "", "", "1"),
                Source("https://c.example/", "", "", "2"),
                Source("https://z.example/", "Z", "z", "3"),
                Source("https://t.example/", "T", "", "4"),
            )
        ),
    )


def test_the_first_version_wrote_a_list_of_keys(read: ReadExport) -> None:
    topic = {"id": "t", "messages": [message("q", "user", content="?")]}
    backup = {
        "time": 1,
        "version": 1,
        "localStorage": {"persist:cherry-studio": "{"},
        "indexedDB": [
            {"key": "topic:t", "value": topic},
            {"key": "image://avatar", "value": "x"},
        ],
    }
    assert one(read, backup).messages[0].text == "?"


def test_every_kind_of_block_is_read_or_left_out(read: ReadExport) -> None:
    found = one(
        read,
        of_blocks(
            cherry_block("1", "a", "code", content="x = 1", language="python"),
            cherry_block("2", "a", "compact", content="Summary"),
            cherry_block("3", "a", "image", url="https://p.example/1.png"),
            cherry_block("4", "a", "image", metadata={}),
            cherry_block(
                "5",
                "a",
                "citation",
                response={
                    "source": "gemini",
                    "results": {
                        "groundingChunks": [{"web": {"uri": "https://g.example/", "title": "G"}}]
                    },
                },
                knowledge=[{"content": "k", "sourceUrl": "https://k.example/"}],
            ),
            cherry_block("6", "a", "translation", content="no"),
            cherry_block("7", "a", "tool", toolName="x", content="no"),
            status="paused",
        ),
    )
    reply = found.messages[1]
    assert reply.state is MessageState.STOPPED
    assert reply.parts == (
        TextPart("```python\nx = 1\n```\n\nSummary"),
        ImagesPart((Image("https://p.example/1.png"),)),
        SourcesPart(
            (
                Source("https://g.example/", "G", "", "1"),
                Source("https://k.example/", "", "k", "2"),
            )
        ),
    )


def test_a_failed_reply_stays_one(read: ReadExport) -> None:
    failed = of_blocks(cherry_block("1", "a", "error", error={"message": "no quota"}))
    reply = one(read, failed).messages[1]
    assert reply.state is MessageState.FAILED
    assert reply.failure == Failure("ChatError", "no quota")
    older = message("a", "assistant", status="error", error={"message": "old"})
    asked = message("q", "user", status="error", content="?")
    backup = cherry_backup([{"id": "t", "messages": [asked, older]}], [], [], 3)
    question, reply = one(read, backup).messages
    assert (question.failure, reply.failure) == (None, Failure("ChatError", "old"))


def test_files_and_pictures_come_out_of_the_archive(read: ReadExport, shelf: Shelf) -> None:
    packed = base64.b64encode(PNG).decode()
    file = {"id": "f-1", "name": "f-1.txt", "origin_name": "notes.txt", "ext": ".txt", "size": 5}
    backup = of_blocks(
        cherry_block("1", "a", "file", file=file),
        cherry_block("2", "a", "image", file=file | {"id": "f-2", "name": "f-2.png"}),
        cherry_block("3", "a", "image", url=f"data:image/png;base64,{packed}"),
        cherry_block(
            "4", "a", "image", metadata={"generateImageResponse": {"images": ["no base64"]}}
        ),
    )
    found = one(
        read,
        zipped({"data.json": backup, "Data/Files/f-1.txt": b"hello", "Data/Files/f-2.png": PNG}),
    )
    reply = found.messages[1]
    assert [shelf.files[part.digest] for part in reply.attachments] == [b"hello", PNG, PNG]
    assert reply.text == "[picture: not in the export]"


def test_without_a_folder_the_assistants_prompt_is_the_conversations(read: ReadExport) -> None:
    topic = {"id": "t", "messages": [message("q", "user", content="?")]}
    assistants: list[dict[str, Any]] = [
        {
            "id": "default",
            "name": "默认助手",
            "prompt": "Be kind.",
            "topics": [{"id": "t", "name": "默认话题"}],
        },
        {"id": "unused", "name": "Unused", "topics": []},
    ]
    (found,) = read(cherry_backup([topic], [], assistants))
    assert isinstance(found, Imported)
    assert found.setup.generation.system_prompt == "Be kind."
    assert (found.summary.title, found.summary.folder_id) == ("?", None)


@pytest.mark.parametrize("topic", [{"id": "t"}, {"messages": []}, None])
def test_a_broken_topic_is_left_out(topic: Any, read: ReadExport) -> None:
    assert read(cherry_backup([topic], [], [])) == [Skipped("", "broken")]


def test_an_empty_topic_is_left_out(read: ReadExport) -> None:
    assert read(cherry_backup([{"id": "t", "messages": []}], [], [])) == [Skipped("", "empty")]


def test_odd_tables_and_messages_cost_nothing_else(read: ReadExport) -> None:
    backup = cherry_simple()
    backup["indexedDB"]["odd"] = {"not": "a list"}
    backup["indexedDB"]["topics"][0]["messages"] += [
        message("", "user", content="no id"),
        message("u1", "user", content="twice"),
        message("s", "system", content="role"),
        5,
    ]
    found = [found for found in read(backup) if isinstance(found, Imported)]
    assert len(found[0].messages) == 2
