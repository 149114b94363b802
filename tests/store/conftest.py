# SPDX-License-Identifier: MIT
"""A real store in a folder of its own, and values to put into it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.store import Store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "conversations.db"


@pytest.fixture
async def store(file: Path) -> AsyncIterator[Store]:
    store = await Store.open(file)
    yield store
    await store.close()


@pytest.fixture
async def saved(store: Store) -> str:
    """The id of a saved conversation without messages."""
    await store.create_conversation(ConversationSummary("c", "Title", 1.0, 2.0))
    return "c"
