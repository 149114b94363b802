# SPDX-License-Identifier: MIT
"""A saved conversation with everything that one can have, and what exports it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from chatglm_desktop.chat.exporting.exporter import Exporter
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.store import Store
from chatglm_desktop.store.attachments import AttachmentFiles
from tests.helpers.exports import PICTURE, rich_messages


@pytest.fixture
def attached(tmp_path: Path) -> AttachmentFiles:
    return AttachmentFiles(tmp_path / "data" / "attachments")


@pytest_asyncio.fixture
async def rich(store: Store, attached: AttachmentFiles) -> str:
    """The id of a conversation with versions, files, thinking, sources and a failure."""
    digest = attached.put(PICTURE)
    assert digest == hashlib.sha256(PICTURE).hexdigest()
    await store.create_conversation(
        ConversationSummary("rich", "天气: a/b?", 1_700_000_000.0, 1_700_000_004.0)
    )
    for message in rich_messages(digest):
        await store.add_message("rich", message)
    return "rich"


@pytest.fixture
def exporter(store: Store, attached: AttachmentFiles) -> Exporter:
    return Exporter(store.saved, attached.read, now=lambda: 1_700_000_100.0)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where to export to; at the end nothing unfinished may be there."""
    folder = tmp_path / "exports"
    folder.mkdir()
    yield folder
    assert not list(folder.rglob("*.part"))


@pytest.fixture
def read(folder: Path) -> Callable[[str], str]:
    """Reads an exported file."""
    return lambda name: (folder / name).read_text(encoding="utf-8")
