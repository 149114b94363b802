# SPDX-License-Identifier: MIT
from __future__ import annotations

import json
from typing import Any

import pytest

from chatglm_desktop.chat.importing.drafting import MOST_SOURCES
from chatglm_desktop.core.deltas import Source
from chatglm_desktop.core.imports import Imported
from chatglm_desktop.core.messages import (
    AttachmentPart,
    MessageState,
    ReasoningPart,
    SourcesPart,
    TextPart,
)
from tests.chat.importing.conftest import ReadExport, ReadOne, Shelf
from tests.chat.importing.exports import (
    PNG,
    chatgpt_chain,
    chatgpt_message,
    zipped,
)


def test_sources_are_listed_and_their_marks_are_ours(read_one: ReadOne) -> None:
    text = (
        "Rain \ue200cite\ue202turn0search0\ue202turn0search1\ue201 and wind."
        " \ue200entity\ue202x\ue201 \ue200filecite\ue202turn0file0\ue201"
    )
    found = read_one(
        chatgpt_chain(
            chatgpt_message("q", "user", "News?"),
            chatgpt_message(
                "s",
                "tool",
                {
                    "content_type": "tether_quote",
                    "url": "https://c.example/",
                    "title": "C",
                    "text": "c says",
                },
            ),
            chatgpt_message(
                "a",
                "assistant",
                text,
                metadata={
                    "content_references": [
                        {
                            "matched_text": "\ue200cite\ue202turn0search0\ue202turn0search1\ue201",
                            "type": "grouped_webpages",
                            "items": [
                                {"title": "A", "url": "https://a.example/", "snippet": "a"},
                                {"title": "B", "url": "https://b.example/"},
                            ],
                        },
                        {"matched_text": "\ue200entity\ue202x\ue201", "alt": "Mount X"},
                        {
                            "matched_text": " ",
                            "type": "sources_footnote",
                            "sources": [{"title": "A again", "url": "https://a.example/"}],
                        },
                        "no object",
                    ]
                },
            ),
        )
    )
    reply = found.messages[1]
    assert reply.text == "Rain 【2†source】【3†source】 and wind. Mount X "
    assert reply.parts[-1] == SourcesPart(
        (
            Source("https://c.example/", "C", "c says", "1"),
            Source("https://a.example/", "A", "a", "2"),
            Source("https://b.example/", "B", "", "3"),
        )
    )


def test_older_marks_stay_and_find_their_sources(read_one: ReadOne) -> None:
    text = "It rains【11†source】."
    found = read_one(
        chatgpt_chain(
            chatgpt_message("q", "user", "News?"),
            chatgpt_message(
                "a",
                "assistant",
                text,
                metadata={
                    "citations": [
                        {
                            "start_ix": 8,
                            "end_ix": 19,
                            "citation_format_type": "tether_og",
                            "metadata": {
                                "type": "webpage",
                                "title": "A",
                                "url": "https://a.example/",
                                "text": "rain",
                            },
                        },
                        {"start_ix": -1, "metadata": {"url": "javascript:alert(1)"}},
                    ]
                },
            ),
        )
    )
    assert found.messages[1].parts == (
        TextPart(text),
        SourcesPart((Source("https://a.example/", "A", "rain", "11"),)),
    )


def test_pictures_and_files_come_out_of_the_archive(read: ReadExport, shelf: Shelf) -> None:
    picture = {
        "content_type": "image_asset_pointer",
        "asset_pointer": "sediment://file_00000000abc#file_1#p_0.png",
        "size_bytes": len(PNG),
        "width": 1,
        "height": 1,
        "metadata": {"dalle": None},
    }
    missing = picture | {"asset_pointer": "file-service://file-Gone"}
    export = chatgpt_chain(
        chatgpt_message(
            "q",
            "user",
            {"content_type": "multimodal_text", "parts": [picture, missing, "Look."]},
            metadata={
                "attachments": [
                    {"id": "file_00000000abc", "name": "cat.png", "mime_type": "image/png"},
                    {"id": "file-Doc1", "name": "notes.txt", "size": 5},
                    {"id": "file-Lost", "name": "lost.pdf"},
                    {"id": "file-Bad1", "name": ""},
                ]
            },
        ),
        chatgpt_message(
            "i",
            "tool",
            {
                "content_type": "multimodal_text",
                "parts": [
                    picture | {"asset_pointer": "file-service://file-Made"},
                    {"content_type": "audio_asset_pointer", "asset_pointer": "sediment://x"},
                    {"content_type": "new_thing"},
                ],
            },
            name="dalle.text2im",
        ),
        chatgpt_message("a", "assistant", "Here."),
    )
    (found,) = read(
        zipped(
            {
                "chat.html": "<html>",
                "user.json": {"id": "user-1", "email": "a@example.org"},
                "message_feedback.json": [],
                "shared_conversations.json": [{"id": "x", "conversation_id": "y", "title": "z"}],
                "conversations.json": export,
                "file_00000000abc-sanitized.png": PNG,
                "file-Doc1-notes.txt": b"hello",
                "file-Bad1-x.bin": b"bad",
                "dalle-generations/file-Made-0b1c.webp": PNG + b"2",
            }
        )
    )
    assert isinstance(found, Imported)
    question, reply = found.messages
    assert question.text == (
        "[picture: not in the export]\n\nLook.\n\n"
        "[lost.pdf: not in the export]\n\n[file: not in the export]"
    )
    assert [part.name for part in question.attachments] == ["cat.png", "notes.txt"]
    assert [part.name for part in reply.attachments] == ["file-Made-0b1c.webp"]
    assert shelf.files[question.attachments[0].digest] == PNG
    assert all(isinstance(part, AttachmentPart) for part in question.attachments)


def test_speech_is_its_words(read_one: ReadOne) -> None:
    part = {"content_type": "audio_transcription", "text": "Hello there.", "direction": "in"}
    found = read_one(
        chatgpt_chain(
            chatgpt_message("q", "user", {"content_type": "multimodal_text", "parts": [part, 3]})
        )
    )
    assert found.messages[0].text == "Hello there."


def test_documents_written_beside_the_conversation_are_part_of_the_reply(
    read_one: ReadOne,
) -> None:
    def canvas(id: str, **document: str) -> dict[str, Any]:
        content = {"content_type": "code", "language": "json", "text": json.dumps(document)}
        return chatgpt_message(id, "assistant", content, recipient="canmore.create_textdoc")

    broken = canvas("x")
    broken["content"]["text"] = "{"
    found = read_one(
        chatgpt_chain(
            chatgpt_message("q", "user", "Write."),
            canvas("a", name="Tea", type="document", content="# Tea\n\nHot."),
            canvas("b", name="", type="code/python", content="x = '```'"),
            canvas("c", name="Empty", type="document", content=" "),
            broken,
        )
    )
    assert found.messages[1].text == "**Tea**\n\n# Tea\n\nHot.\n\n````python\nx = '```'\n````"


@pytest.mark.parametrize(
    ("told", "state", "reason"),
    [
        ({"metadata": {"finish_details": {"type": "interrupted"}}}, MessageState.STOPPED, ""),
        ({"metadata": {"finish_details": {"type": "max_tokens"}}}, MessageState.COMPLETE, "length"),
        ({"status": "in_progress"}, MessageState.INTERRUPTED, ""),
    ],
)
def test_how_a_reply_ended_is_kept(
    told: dict[str, Any], state: MessageState, reason: str, read_one: ReadOne
) -> None:
    found = read_one(
        chatgpt_chain(
            chatgpt_message("q", "user", "?"), chatgpt_message("a", "assistant", "!", **told)
        )
    )
    assert (found.messages[1].state, found.messages[1].finish_reason) == (state, reason)


@pytest.mark.parametrize(
    ("recap", "seconds"),
    [
        ({"content": "Thought for 12 seconds"}, 12.0),
        ({"content": "思考了 3 分 4 秒"}, 184.0),
        ({"content": "Thought for a moment"}, 0.0),
        ({}, 0.0),
    ],
)
def test_how_long_was_thought_is_read(
    recap: dict[str, Any], seconds: float, read_one: ReadOne
) -> None:
    thoughts = {"content_type": "thoughts", "thoughts": [{"summary": "", "content": "x"}]}
    found = read_one(
        chatgpt_chain(
            chatgpt_message("t", "assistant", thoughts),
            chatgpt_message("r", "assistant", {"content_type": "reasoning_recap"} | recap),
        )
    )
    assert found.messages[0].parts == (ReasoningPart("x", seconds),)


def test_the_time_of_thinking_that_is_noted_counts_first(read_one: ReadOne) -> None:
    thoughts = {"content_type": "thoughts", "thoughts": [{"content": "x"}]}
    recap = {"content_type": "reasoning_recap", "content": "Thought for 9s"}
    metadata = {"finished_duration_sec": 8}
    found = read_one(
        chatgpt_chain(
            chatgpt_message("t", "assistant", thoughts),
            chatgpt_message("r", "assistant", recap, metadata=metadata),
        )
    )
    assert found.messages[0].parts == (ReasoningPart("x", 8.0),)


def test_code_and_unknown_content_with_text_are_shown(read_one: ReadOne) -> None:
    found = read_one(
        chatgpt_chain(
            chatgpt_message("q", "user", {"content_type": "future", "text": "Hi"}),
            chatgpt_message(
                "a", "assistant", {"content_type": "code", "language": "sql", "text": "select 1"}
            ),
            chatgpt_message("b", "assistant", {"content_type": "code", "parts": ["x", 1, "y"]}),
            chatgpt_message("c", "assistant", {"content_type": "code", "text": " "}),
            chatgpt_message("d", "tool", {"content_type": "execution_output", "text": ""}),
        )
    )
    assert [message.text for message in found.messages] == [
        "Hi",
        "```sql\nselect 1\n```\n\n```\nx\ny\n```",
    ]


def test_of_endless_sources_only_some_are_taken(read_one: ReadOne) -> None:
    references = [
        {"matched_text": f"[{n}]", "url": f"https://a.example/{n}"} for n in range(MOST_SOURCES)
    ]
    references += [{"matched_text": "x", "url": "https://b.example/"}] * 10
    metadata = {
        "content_references": references,
        "citations": [{"metadata": {"url": "https://c.example/"}}],
    }
    found = read_one(
        chatgpt_chain(
            chatgpt_message("q", "user", "?"),
            chatgpt_message("a", "assistant", "x [1] [499]", metadata=metadata),
        )
    )
    text, sources = found.messages[1].parts
    assert isinstance(sources, SourcesPart)
    assert len(sources.items) == MOST_SOURCES
    assert text == TextPart("x 【2†source】 【500†source】")
