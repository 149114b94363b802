# SPDX-License-Identifier: MIT
"""Where a new conversation will lie, and what is said in it."""

from __future__ import annotations

from time import time

from chatglm_desktop.chat.conversations import Library
from chatglm_desktop.chat.organiser import Organiser
from chatglm_desktop.chat.service import Service, ServiceFor
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.deltas import FinishReason
from chatglm_desktop.core.draft import Draft
from chatglm_desktop.store import Store
from tests.helpers.sessions import Dictated


async def test_a_new_conversation_can_begin_in_a_folder_and_says_what_it_wants_said(
    provider: Dictated, tasks: Tasks, store: Store, service: ServiceFor
) -> None:
    told: list[str | None] = []

    def listening(setup: Setup) -> Service:
        told.append(setup.generation.system_prompt)
        return service(setup)

    library = Library(store, listening, tasks)
    organiser = Organiser(library, store, time)
    folder = organiser.new_folder("Work")
    organiser.set_folder_prompt(folder, "Be brief.")
    await library.undo.settled()
    session, other = library.new(folder), library.new("gone")
    provider.say("Answer", FinishReason("stop"), None)
    session.send("Question")
    library.save_draft(other.id, Draft("x"))
    await tasks.finish()
    assert set(told) == {"Be brief."}
    (summary,) = await library.summaries([session.id])
    assert summary.folder_id == folder
    assert [summary.folder_id for summary in await library.summaries([other.id])] == [None]
    organiser.move([session.id], None)
    await tasks.finish()
    told.clear()
    provider.say("Answer", FinishReason("stop"), None)
    session.send("Again")
    await tasks.finish()
    assert set(told) == {None}


async def test_a_new_conversation_is_saved_in_the_folder_it_was_placed_in(
    library: Library, organiser: Organiser, provider: Dictated, tasks: Tasks, store: Store
) -> None:
    folder = organiser.new_folder("Work")
    await library.undo.settled()
    session = library.new()
    library.place_new(session.id, folder)
    library.place_new("unknown", folder)
    library.save_draft(session.id, Draft("half"))
    await tasks.finish()
    assert [s.folder_id for s in await store.conversations()] == [folder]
    library.place_new(session.id, None)
    await tasks.finish()
    assert [s.folder_id for s in await store.conversations()] == [folder]
