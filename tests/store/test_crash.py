# SPDX-License-Identifier: MIT
"""A killed process loses nothing that it had written."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

import chatglm_desktop
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.draft import Draft
from chatglm_desktop.core.journal import JournalEntry
from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart
from chatglm_desktop.core.tabs import TabState
from chatglm_desktop.store import Store


async def write_until_killed(file: Path) -> None:
    """Save a turn, then journal its reply for ever; say each number once it is written."""
    store = await Store.open(file)
    await store.create_conversation(ConversationSummary("c", "Title", 1.0, 1.0))
    await store.save_tabs([TabState("c", active=True)])
    await store.save_draft("c", Draft("next question"))
    await store.add_message("c", Message("q", Role.USER, (TextPart("Question"),), 2.0))
    reply = Message("r", Role.ASSISTANT, (), 3.0, "q", MessageState.STREAMING)
    await store.add_message("c", reply)
    number = 0
    while True:
        await store.append_journal("r", [JournalEntry("text", f"{number} ")])
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        number += 1


@pytest.mark.parametrize("least", [0, 37])
async def test_a_killed_process_loses_no_written_text(file: Path, least: int) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        __file__,
        str(file),
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path(chatglm_desktop.__file__).parents[1])},
    )
    assert process.stdout is not None
    said = -1
    while said < least:
        said = int(await process.stdout.readline())
    process.kill()
    rest, _ = await process.communicate()
    said = int((rest.split() or [str(said).encode()])[-1])

    store = await Store.open(file)
    assert await store.recover_interrupted() == 1
    assert await store.load_tabs() == [TabState("c", active=True)]
    assert await store.drafts() == {"c": Draft("next question")}
    question, reply = await store.load_slice("c", 0, 9)
    assert question.text == "Question"
    assert reply.state is MessageState.INTERRUPTED
    numbers = [int(word) for word in reply.text.split()]
    assert numbers == list(range(len(numbers)))
    # One more may have been written than was said.
    assert len(numbers) - 1 in (said, said + 1)
    await store.close()


if __name__ == "__main__":
    asyncio.run(write_until_killed(Path(sys.argv[1])))
