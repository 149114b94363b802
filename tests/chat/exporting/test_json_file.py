# SPDX-License-Identifier: MIT
"""Exported JSON holds everything, as its documentation says."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chatglm_desktop import resources
from chatglm_desktop.chat.exporting.exporter import Exporter
from chatglm_desktop.chat.exporting.files import Files
from chatglm_desktop.chat.exporting.json_file import JsonFile
from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.exports import SavedConversation
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.generation import Generation
from chatglm_desktop.core.messages import (
    AttachmentPart,
    ImagesPart,
    Message,
    MessageState,
    ReasoningPart,
    Role,
    SourcesPart,
    TextPart,
)
from chatglm_desktop.core.metrics import Metrics
from chatglm_desktop.core.part_values import failure_from_values, known_parts
from chatglm_desktop.core.values import from_plain
from chatglm_desktop.store import Store
from tests.helpers.exports import PICTURE, order, rich_messages


def message_from(values: dict[str, Any]) -> Message:
    failure, metrics = values["failure"], values["metrics"]
    return Message(
        values["id"],
        Role(values["role"]),
        tuple(known_parts(values["parts"])),
        values["created_at"],
        values["parent_id"],
        MessageState(values["state"]),
        values["model"],
        values["finish_reason"],
        None if failure is None else failure_from_values(failure),
        None if metrics is None else from_plain(Metrics, metrics),
    )


def documented(heading: str) -> set[str]:
    """The keys that the documentation names under a heading, in the first cells of its table."""
    text = (resources.path("export-format.md")).read_text(encoding="utf-8")
    section = text.partition(f"# {heading}\n")[2].partition("\n#")[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return {key for cell in cells for key in re.findall(r"`(\w+)`", cell)}


async def test_the_whole_tree_is_there(
    exporter: Exporter, store: Store, rich: str, folder: Path, read: Callable[[str], str]
) -> None:
    setup = Setup("acc", "glm-4.6", Generation(system_prompt="Be brief."))
    await store.save_setup(rich, setup)
    await exporter.export(order(folder / "a.json", "json"))
    told = json.loads(read("a.json"))
    assert (told["format"], told["version"]) == ("chatglm-desktop", 1)
    assert told["exported_at"] == "2023-11-14T22:15:00+00:00"
    [conversation] = told["conversations"]
    [(digest, file)] = told["files"].items()
    assert b64decode(file["base64"]) == PICTURE
    assert list(map(message_from, conversation["messages"])) == rich_messages(digest)
    assert from_plain(Setup, conversation["setup"]) == setup
    assert conversation["leaf_id"] == "a2"


async def test_it_is_as_documented(
    exporter: Exporter, rich: str, folder: Path, read: Callable[[str], str]
) -> None:
    await exporter.export(order(folder / "a.json", "json"))
    told = json.loads(read("a.json"))
    [conversation] = told["conversations"]
    assert set(told) == documented("The export format")
    assert set(conversation) == documented("A conversation")
    for message in conversation["messages"]:
        assert set(message) == documented("A message")
    kinds = {part["type"] for m in conversation["messages"] for part in m["parts"]}
    assert kinds | {"type"} == documented("A part")
    prose = resources.path("export-format.md").read_text(encoding="utf-8")
    for kind in (Folder, Failure, Metrics, Setup, AttachmentPart, ReasoningPart):
        for key in set(kind.__dataclass_fields__) - {"expanded", "trashed_at"}:
            assert f"`{key}`" in prose
    for part in (TextPart, SourcesPart, ImagesPart):
        assert all(f"`{key}`" in prose for key in part.__dataclass_fields__)
    assert all(f"`{state.value}`" in prose for state in MessageState)


def test_folders_of_conversations_are_there_and_those_around_them(tmp_path: Path) -> None:
    folders = {
        "f": Folder("f", "Outer", 1.0),
        "g": Folder("g", "Inner", 2.0, "f", "red", "Be brief."),
        "h": Folder("h", "Other", 3.0),
    }
    file = JsonFile(tmp_path / "a.json", Files(_nothing), folders, (), "now")
    summary = ConversationSummary("c", "T", 1.0, 2.0, folder_id="g")
    file.begin(SavedConversation(summary, Setup(), None, 0, 0))
    file.end()
    file.close()
    told = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert sorted(folder["name"] for folder in told["folders"]) == ["Inner", "Outer"]
    assert told["conversations"][0]["messages"] == []


@pytest.mark.parametrize("number", [float("inf"), float("nan")])
def test_numbers_that_json_lacks_become_0(tmp_path: Path, number: float) -> None:
    file = JsonFile(tmp_path / "a.json", Files(_nothing), {}, (), "now")
    file.begin(SavedConversation(ConversationSummary("c", "T", 1.0, 2.0), Setup(), None, 1, 1))
    file.add([Message("m", Role.ASSISTANT, (ReasoningPart("\ud800", number),), number)])
    file.end()
    file.close()
    told = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    [message] = told["conversations"][0]["messages"]
    assert message["created_at"] == message["parts"][0]["seconds"] == 0.0


def test_a_file_that_is_given_up_is_closed(tmp_path: Path) -> None:
    file = JsonFile(tmp_path / "a.json", Files(_nothing), {}, (), "now")
    file.discard()
    with pytest.raises(ValueError, match="closed"):
        file.close()


def _nothing(digest: str) -> bytes:
    raise FileNotFoundError(digest)
