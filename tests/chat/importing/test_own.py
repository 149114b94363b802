# SPDX-License-Identifier: MIT
from __future__ import annotations

from typing import Any

import pytest

from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.deltas import Image, Source
from chatglm_desktop.core.errors import ExportTooNew, Failure
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.imports import Imported, Skipped
from chatglm_desktop.core.messages import (
    AttachmentPart,
    ImagesPart,
    MessageState,
    ReasoningPart,
    SourcesPart,
    TextPart,
)
from chatglm_desktop.core.metrics import Metrics
from tests.chat.importing.conftest import ReadExport, ReadOne
from tests.chat.importing.exports import own_message, own_simple


def with_messages(*messages: Any, **more: Any) -> dict[str, Any]:
    export = own_simple()
    export["folders"] = []
    export["conversations"][0] |= {"messages": list(messages), **more}
    return export


def test_everything_comes_back_with_its_id(read: ReadExport) -> None:
    folder, found = read(own_simple())
    assert folder == Folder("f1", "Work", 1_770_000_000.0)
    assert isinstance(found, Imported)
    assert (found.summary.id, found.summary.folder_id, found.leaf_id) == ("c1", "f1", "m2")
    assert [(m.id, m.parent_id) for m in found.messages] == [("m1", None), ("m2", "m1")]
    assert found.setup == Setup()


def test_every_part_failure_and_metric_is_kept(read_one: ReadOne) -> None:
    digest = "a" * 64
    message = own_message("m1", None, "assistant", "Text", 1_770_000_000.0)
    message["parts"] += [
        {"type": "reasoning", "text": "Hm.", "seconds": 1.5},
        {
            "type": "sources",
            "items": [{"url": "https://a.example/", "title": "A", "snippet": "s", "mark": "1"}],
        },
        {"type": "images", "items": [{"url": "https://b.example/", "width": 2, "height": 3}]},
        {"type": "attachment", "name": "n", "media_type": "m", "size": 4, "digest": digest},
        {"type": "hologram", "text": "from the future"},
        {"type": ["list"]},
        {"type": "text", "text": 5},
    ]
    message["failure"] = {"kind": "TimedOut", "words": "w", "status": 504, "future": 1}
    message["metrics"] = {"prompt_tokens": 3, "seconds": 2}
    message["state"] = "failed"
    (found,) = read_one(with_messages(message, leaf_id="m1")).messages
    assert found.parts == (
        TextPart("Text"),
        ReasoningPart("Hm.", 1.5),
        SourcesPart((Source("https://a.example/", "A", "s", "1"),)),
        ImagesPart((Image("https://b.example/", 2, 3),)),
        AttachmentPart("n", "m", 4, digest),
    )
    assert found.failure == Failure("TimedOut", "w", 504)
    assert found.metrics == Metrics(prompt_tokens=3, seconds=2.0)
    assert found.state is MessageState.FAILED


def test_a_reply_that_ran_is_interrupted(read_one: ReadOne) -> None:
    message = own_message("m1", None, "assistant", "Te", 1_770_000_000.0) | {"state": "streaming"}
    assert read_one(with_messages(message)).messages[0].state is MessageState.INTERRUPTED


def test_a_newer_format_is_refused(read: ReadExport) -> None:
    for version in (2, "1", None):
        with pytest.raises(ExportTooNew):
            read(own_simple() | {"version": version})


def test_odd_ids_times_and_leaves_are_mended(read: ReadExport) -> None:
    export = own_simple()
    conversation = export["conversations"][0]
    conversation |= {
        "id": "../c1",
        "folder_id": "f 1",
        "leaf_id": "nowhere",
        "created_at": -5.0,
        "updated_at": 1e300,
        "archived_at": 1e300,
        "trashed_at": 5.0,
    }
    conversation["messages"][0]["id"] = conversation["messages"][1]["parent_id"] = "m 1"
    conversation["messages"] += [
        own_message("m2", None, "user", "the same id", 1.0),
        own_message("", None, "user", "no id", 1.0),
        own_message("m9", None, "wizard", "no role", 1.0),
        own_message("m8", None, "user", "no time", 1.0) | {"created_at": "x", "state": "odd"},
        7,
    ]
    export["folders"] = [
        {"id": "f 1", "name": "Odd", "created_at": -1.0, "parent_id": "f2"},
        {"id": "f2", "name": "Circle", "created_at": 1.0, "parent_id": "f 1"},
        {"id": "f3", "name": " ", "created_at": 1.0},
        {"id": "f4"},
        9,
    ]
    outer, inner, found = read(export)
    assert isinstance(found, Imported)
    assert isinstance(outer, Folder)
    assert isinstance(inner, Folder)
    assert (outer.name, outer.parent_id, inner.parent_id) == ("Odd", None, outer.id)
    summary = found.summary
    assert summary.folder_id == outer.id
    assert (summary.created_at, summary.updated_at) == (0.0, 4_102_444_800.0)
    assert (summary.archived_at, summary.trashed_at) == (4_102_444_800.0, None)
    first, second = found.messages
    assert (second.id, second.parent_id, found.leaf_id) == ("m2", first.id, "m2")
    again = read(export)[-1]
    assert again == found


def test_ids_that_stand_twice_in_a_file_are_those_of_the_first(read: ReadExport) -> None:
    export = own_simple()
    export["conversations"] += [
        export["conversations"][0],
        export["conversations"][0] | {"id": "c2", "title": "Thief"},
    ]
    found = read(export)
    assert found[2:] == [Skipped("Plan", "broken"), Skipped("Thief", "empty")]


@pytest.mark.parametrize("broken", [{"title": "T"}, {"id": "c", "messages": 5}, None, []])
def test_a_broken_conversation_is_left_out(broken: Any, read: ReadExport) -> None:
    export = own_simple() | {"conversations": [broken]}
    found = read(export)[-1]
    assert isinstance(found, Skipped)
    assert found.reason == "broken"


def test_a_broken_setup_is_the_default(read_one: ReadOne) -> None:
    message = own_message("m1", None, "user", "?", 1.0)
    assert read_one(with_messages(message, setup={"model": 5})).setup == Setup()
    assert read_one(with_messages(message, setup={"model": "glm"})).setup == Setup(model="glm")


def test_lists_that_are_none_hold_nothing(read: ReadExport) -> None:
    assert read({"format": "chatglm-desktop", "folders": 1, "conversations": {}, "files": []}) == []
    assert read({"format": "chatglm-desktop", "version": 1, "files": {"x": 5}}) == []
