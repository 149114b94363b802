# SPDX-License-Identifier: MIT
"""Exports as other programs write them; all texts are made up."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from typing import Any

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
"""A picture of one red pixel."""


def chatgpt_node(
    id: str, parent: str | None, children: list[str], message: dict[str, Any] | None
) -> dict[str, Any]:
    return {"id": id, "message": message, "parent": parent, "children": children}


def chatgpt_message(
    id: str,
    role: str,
    content: dict[str, Any] | str,
    time: float | None = 1_700_000_000.5,
    **more: Any,
) -> dict[str, Any]:
    if isinstance(content, str):
        content = {"content_type": "text", "parts": [content]}
    metadata = more.pop("metadata", {})
    name = more.pop("name", None)
    return {
        "id": id,
        "author": {"role": role, "name": name, "metadata": {}},
        "create_time": time,
        "update_time": None,
        "content": content,
        "status": "finished_successfully",
        "end_turn": None,
        "weight": 1.0,
        "metadata": metadata,
        "recipient": "all",
        "channel": None,
    } | more


def chatgpt_conversation(
    mapping: dict[str, Any], current_node: str | None, **more: Any
) -> dict[str, Any]:
    return {
        "title": "Rain in the hills",
        "create_time": 1_700_000_000.0,
        "update_time": 1_700_000_900.0,
        "mapping": mapping,
        "moderation_results": [],
        "current_node": current_node,
        "plugin_ids": None,
        "conversation_id": "6554a0c0-1111-8000-9000-000000000001",
        "conversation_template_id": None,
        "gizmo_id": None,
        "is_archived": False,
        "safe_urls": [],
        "default_model_slug": "gpt-4o",
        "id": "6554a0c0-1111-8000-9000-000000000001",
    } | more


def chatgpt_chain(*messages: dict[str, Any]) -> list[dict[str, Any]]:
    """An export of one conversation whose messages follow each other, after a root."""
    ids = ["root", *(message["id"] for message in messages)]
    nodes = {"root": chatgpt_node("root", None, ids[1:2], None)}
    for place, message in enumerate(messages, start=1):
        nodes[message["id"]] = chatgpt_node(
            message["id"], ids[place - 1], ids[place + 1 : place + 2], message
        )
    return [chatgpt_conversation(nodes, ids[-1])]


def chatgpt_simple() -> dict[str, Any]:
    """A question, two versions of its answer, the second one shown."""
    return chatgpt_conversation(
        {
            "root": chatgpt_node("root", None, ["sys"], None),
            "sys": chatgpt_node(
                "sys",
                "root",
                ["q1"],
                chatgpt_message(
                    "sys",
                    "system",
                    "",
                    None,
                    metadata={"is_visually_hidden_from_conversation": True},
                ),
            ),
            "q1": chatgpt_node(
                "q1", "sys", ["a1", "a2"], chatgpt_message("q1", "user", "Will it rain? 会下雨吗?")
            ),
            "a1": chatgpt_node(
                "a1",
                "q1",
                [],
                chatgpt_message(
                    "a1",
                    "assistant",
                    "Perhaps.",
                    1_700_000_010.0,
                    metadata={"model_slug": "gpt-4o", "finish_details": {"type": "stop"}},
                ),
            ),
            "a2": chatgpt_node(
                "a2",
                "q1",
                ["q2"],
                chatgpt_message(
                    "a2",
                    "assistant",
                    "Yes, at **noon**.",
                    1_700_000_020.0,
                    metadata={"model_slug": "o1"},
                ),
            ),
            "q2": chatgpt_node(
                "q2", "a2", [], chatgpt_message("q2", "user", "Thanks.", 1_700_000_900.0)
            ),
        },
        "q2",
    )


def claude_message(uuid: str, sender: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        "uuid": uuid,
        "text": text,
        "content": [
            {
                "start_timestamp": "2025-03-01T10:00:00.000000Z",
                "stop_timestamp": "2025-03-01T10:00:02.000000Z",
                "type": "text",
                "text": text,
                "citations": [],
            }
        ],
        "sender": sender,
        "created_at": "2025-03-01T10:00:00.123456Z",
        "updated_at": "2025-03-01T10:00:00.123456Z",
        "attachments": [],
        "files": [],
    } | more


def claude_conversation(messages: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "uuid": "0a1b2c3d-0000-4000-8000-000000000001",
        "name": "Bread",
        "summary": "",
        "created_at": "2025-03-01T10:00:00.000000Z",
        "updated_at": "2025-03-01T10:05:00.000000Z",
        "account": {"uuid": "0a1b2c3d-0000-4000-8000-00000000000f"},
        "chat_messages": messages,
    } | more


def claude_simple() -> dict[str, Any]:
    return claude_conversation(
        [
            claude_message("m1", "human", "How long does dough rest?"),
            claude_message("m2", "assistant", "An hour.", created_at="2025-03-01T10:00:05.000000Z"),
        ]
    )


def cherry_backup(
    topics: list[dict[str, Any]],
    blocks: list[dict[str, Any]],
    assistants: list[dict[str, Any]],
    version: int = 5,
) -> dict[str, Any]:
    settings = json.dumps(
        {
            "assistants": json.dumps({"defaultAssistant": {}, "assistants": assistants}),
            "_persist": json.dumps({"version": 120, "rehydrated": True}),
        }
    )
    return {
        "time": 1_750_000_000_000,
        "version": version,
        "localStorage": {"persist:cherry-studio": settings, "theme": "dark"},
        "indexedDB": {
            "files": [],
            "topics": topics,
            "settings": [{"id": "image://avatar", "value": "x"}],
            "message_blocks": blocks,
        },
    }


def cherry_simple() -> dict[str, Any]:
    topic = {
        "id": "topic-1",
        "messages": [
            {
                "id": "u1",
                "role": "user",
                "assistantId": "tutor",
                "topicId": "topic-1",
                "createdAt": "2025-06-15T08:00:00.000Z",
                "status": "success",
                "blocks": ["b1"],
            },
            {
                "id": "r1",
                "role": "assistant",
                "assistantId": "tutor",
                "topicId": "topic-1",
                "createdAt": "2025-06-15T08:00:01.000Z",
                "status": "success",
                "askId": "u1",
                "modelId": "glm-4.5",
                "model": {"id": "glm-4.5", "provider": "zhipu", "name": "GLM-4.5"},
                "blocks": ["b2", "b3"],
            },
        ],
    }
    blocks = [
        cherry_block("b1", "u1", "main_text", content="什么是素数?"),
        cherry_block("b2", "r1", "thinking", content="Think.", thinking_millsec=1500),
        cherry_block("b3", "r1", "main_text", content="只能被 1 和自身整除的数。"),
    ]
    assistant = {
        "id": "tutor",
        "name": "数学老师",
        "prompt": "Explain simply.",
        "topics": [
            {
                "id": "topic-1",
                "assistantId": "tutor",
                "name": "素数",
                "createdAt": "2025-06-15T07:59:00.000Z",
                "updatedAt": "2025-06-15T08:01:00.000Z",
                "messages": [],
                "pinned": True,
            }
        ],
    }
    return cherry_backup([topic], blocks, [assistant])


def cherry_block(id: str, message_id: str, kind: str, **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "messageId": message_id,
        "type": kind,
        "createdAt": "2025-06-15T08:00:00.000Z",
        "status": "success",
    } | more


def chatbox_message(id: str, role: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "role": role,
        "contentParts": [{"type": "text", "text": text}],
        "timestamp": 1_740_000_000_000,
        "wordCount": 3,
    } | more


def chatbox_export(*sessions: dict[str, Any]) -> dict[str, Any]:
    return {
        "settings": {"language": "en", "providers": {}},
        "configVersion": 13,
        "chat-sessions-list": [
            {"id": session["id"], "name": session["name"], "type": "chat"} for session in sessions
        ],
        **{f"session:{session['id']}": session for session in sessions},
        "__exported_items": ["setting", "conversations"],
        "__exported_at": "2026-04-02T02:00:00.000Z",
    }


def chatbox_simple() -> dict[str, Any]:
    return chatbox_export(
        {
            "id": "s1",
            "name": "Poem",
            "type": "chat",
            "starred": True,
            "messages": [
                chatbox_message("p", "system", "You are a poet."),
                chatbox_message("q", "user", "A haiku, please."),
                chatbox_message("a", "assistant", "Old pond…", model="GLM (glm-4)"),
            ],
        }
    )


def nextchat_message(id: str, role: str, content: Any, **more: Any) -> dict[str, Any]:
    return {"id": id, "date": "7/6/2025, 2:19:02 PM", "role": role, "content": content} | more


def nextchat_backup(*sessions: dict[str, Any]) -> dict[str, Any]:
    return {
        "chat-next-web-store": {
            "sessions": list(sessions),
            "currentSessionIndex": 0,
            "lastInput": "",
            "lastUpdateTime": 1_752_000_000_000,
        },
        "access-control": {"accessCode": ""},
        "app-config": {"theme": "auto"},
        "mask-store": {"masks": {}},
        "prompt-store": {"prompts": {}},
    }


def nextchat_session(messages: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "id": "V1StGXR8",
        "topic": "Trains",
        "memoryPrompt": "",
        "messages": messages,
        "stat": {"tokenCount": 0, "wordCount": 0, "charCount": 0},
        "lastUpdate": 1_752_000_000_000,
        "lastSummarizeIndex": 0,
        "mask": {"id": "x", "name": "Trains", "context": [], "modelConfig": {"model": "glm-4"}},
    } | more


def nextchat_simple() -> dict[str, Any]:
    return nextchat_backup(
        nextchat_session(
            [
                nextchat_message("n1", "user", "Is there a night train?"),
                nextchat_message("n2", "assistant", "Yes.", model="glm-4", streaming=False),
            ]
        )
    )


def own_message(id: str, parent_id: str | None, role: str, text: str, at: float) -> dict[str, Any]:
    return {
        "id": id,
        "parent_id": parent_id,
        "role": role,
        "state": "complete",
        "created_at": at,
        "model": "",
        "finish_reason": "",
        "parts": [{"type": "text", "text": text}],
        "failure": None,
        "metrics": None,
    }


def own_simple() -> dict[str, Any]:
    return {
        "format": "chatglm-desktop",
        "version": 1,
        "exported_at": 1_780_000_000.0,
        "folders": [{"id": "f1", "name": "Work", "created_at": 1_770_000_000.0}],
        "conversations": [
            {
                "id": "c1",
                "title": "Plan",
                "created_at": 1_770_000_000.0,
                "updated_at": 1_770_000_100.0,
                "folder_id": "f1",
                "leaf_id": "m2",
                "setup": {},
                "messages": [
                    own_message("m1", None, "user", "A plan?", 1_770_000_000.0),
                    own_message("m2", "m1", "assistant", "Yes.", 1_770_000_100.0),
                ],
            }
        ],
        "files": {},
    }


def as_json(export: Any) -> bytes:
    """An export as it stands in a file; what is bytes is it already."""
    return export if isinstance(export, bytes) else json.dumps(export).encode()


def zipped(members: dict[str, bytes | str | dict[str, Any] | list[Any]]) -> bytes:
    """A zip archive; what is no bytes becomes JSON."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            plain = data if isinstance(data, bytes | str) else json.dumps(data)
            archive.writestr(name, plain)
    return file.getvalue()
