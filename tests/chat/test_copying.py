# SPDX-License-Identifier: MIT
"""Copies of conversations stand beside their origin."""

from __future__ import annotations

import pytest

from chatglm_desktop.chat.conversations import Library
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.store import Store
from tests.helpers.sessions import Dictated, asked


async def test_a_copy_stands_beside_its_origin(
    library: Library, provider: Dictated, tasks: Tasks, store: Store
) -> None:
    id = await asked(library, provider, tasks, "Question")
    copy = await library.copying.duplicate(id)
    assert library.title(copy) == "Question (2)"
    session = await library.open(copy)
    assert [message.text for message in session.history.messages] == ["Question", "Answer"]
    branch = await library.copying.branch_off(copy, session.history.messages[0].id)
    assert library.title(branch) == "Question (3)"
    assert (await store.load_history(branch, 9)).length == 1
    for missing in (library.copying.duplicate("nobody"), library.copying.branch_off(id, "nothing")):
        with pytest.raises(KeyError):
            await missing
