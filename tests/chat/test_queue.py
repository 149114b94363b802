# SPDX-License-Identifier: MIT
"""Questions that wait for the end of a reply: in what order, when, and after what end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import pytest
import pytest_asyncio

from chatglm_desktop.chat.conversations import Library
from chatglm_desktop.chat.events import MessageEnded, QueueChanged
from chatglm_desktop.chat.queue import Queue
from chatglm_desktop.chat.service import ServiceFor
from chatglm_desktop.chat.session import ChatSession
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.conversation import Conversation, ConversationSummary
from chatglm_desktop.core.deltas import FinishReason
from chatglm_desktop.core.draft import Draft, Queued
from chatglm_desktop.core.errors import IncompleteReply
from chatglm_desktop.core.history import History
from chatglm_desktop.core.messages import AttachmentPart, MessageState
from chatglm_desktop.store import Store
from tests.helpers.sessions import Dictated, Watched

NOTES = AttachmentPart("notes.txt", "text/plain", 5, "b" * 64)
END = (FinishReason("stop"), None)


@pytest_asyncio.fixture
async def watched(store: Store, service: ServiceFor, tasks: Tasks) -> AsyncIterator[Watched]:
    await store.create_conversation(ConversationSummary("c", "", 1.0, 1.0))
    session = ChatSession(Conversation(History("c")), service, store, tasks)
    yield Watched(session)
    session.stop()


def waiting(session: ChatSession) -> list[str]:
    return [item.question.text for item in session.queue.state.items]


def said(session: ChatSession) -> list[str]:
    return [message.text for message in session.history.messages]


def ends(watched: Watched) -> int:
    return len([event for event in watched.events if isinstance(event, MessageEnded)])


async def test_what_waits_is_sent_one_by_one(
    watched: Watched, provider: Dictated, tasks: Tasks, store: Store
) -> None:
    session = watched.session
    session.send("1")
    session.queue.add("2")
    session.queue.add("", (NOTES,))
    assert waiting(session) == ["2", ""]
    assert not session.queue.state.stuck
    provider.say("one", *END, "two", *END, "three", *END)
    await watched.until(lambda: ends(watched) == 3)
    await tasks.finish()
    assert said(session) == ["1", "one", "2", "two", "", "three"]
    assert session.history.messages[4].attachments == (NOTES,)
    assert len((await store.load_history("c", 9)).messages) == 6
    assert await store.queue("c") == ()


async def test_after_a_failure_what_waits_waits_for_the_user(
    watched: Watched, provider: Dictated, tasks: Tasks, store: Store
) -> None:
    session = watched.session
    session.send("1")
    session.queue.add("2")
    session.queue.add("3")
    provider.say(IncompleteReply())
    await watched.ended()
    await tasks.finish()
    assert session.queue.state.stuck
    assert watched.events[-1] == session.queue.state
    assert await store.queue("c") == (Draft("2"), Draft("3"))
    provider.say("two", *END, "three", *END)
    session.queue.send_now()
    assert session.running
    await watched.until(lambda: ends(watched) == 3)
    assert said(session) == ["1", "", "2", "two", "3", "three"]


async def test_after_a_stop_what_waits_goes_on_with_the_next_reply_that_ends_well(
    watched: Watched, provider: Dictated
) -> None:
    session = watched.session
    session.send("1")
    session.queue.add("later")
    provider.say("x")
    await watched.heard("x")
    session.stop()
    assert (await watched.ended()).state is MessageState.STOPPED
    assert session.queue.state.stuck
    provider.say("two", *END, "three", *END)
    session.send("2")
    assert not session.queue.state.stuck
    await watched.until(lambda: ends(watched) == 3)
    assert said(session) == ["1", "x", "2", "two", "later", "three"]


async def test_what_waits_is_still_there_after_a_restart(
    provider: Dictated, store: Store, service: ServiceFor, tasks: Tasks
) -> None:
    library = Library(store, service, tasks)
    session = library.new()
    session.send("1")
    session.queue.add("2", (NOTES,))
    session.stop()
    await tasks.finish()
    again = Library(store, service, tasks)
    await again.load()
    opened = await again.open(session.id)
    (item,) = opened.queue.state.items
    assert item.question == Draft("2", (NOTES,))
    assert opened.queue.state.stuck


async def test_what_waits_goes_on_though_nobody_shows_the_conversation(
    provider: Dictated, store: Store, service: ServiceFor, tasks: Tasks
) -> None:
    library = Library(store, service, tasks)
    session = library.new()
    session.send("1")
    session.queue.add("2")
    library.release(session.id)
    provider.say("one", *END, "two", *END)
    await tasks.finish()
    assert len((await store.load_history(session.id, 9)).messages) == 4


@pytest.mark.parametrize("again", ["add", "remove", "release", "send now"])
async def test_nothing_gets_lost_while_another_branch_becomes_active(
    watched: Watched, provider: Dictated, tasks: Tasks, again: str
) -> None:
    session = watched.session
    provider.say("one", *END)
    session.send("1")
    await tasks.finish()
    session.undelete_all()
    session.queue.add("2")
    session.queue.add("3")
    session.queue.add("4")
    match again:
        case "add":
            session.queue.add("5")
        case "remove":
            session.queue.remove(session.queue.state.items[-1].id)
        case "release":
            session.queue.release()
        case _:
            session.queue.send_now()
    assert not session.queue.state.stuck
    asked = ["2", *waiting(session)]
    provider.say(*("answer", *END) * len(asked))
    await watched.until(lambda: ends(watched) == 1 + len(asked))
    assert said(session)[2::2] == asked
    assert asked[:2] == ["2", "3"]


class Asker:
    """A session that does nothing but run."""

    def __init__(self) -> None:
        self.busy = False
        self.undecided = False
        self.sent: list[str] = []

    def send(self, text: str, attachments: Sequence[AttachmentPart] = ()) -> None:
        self.busy = True
        self.sent.append(text)


class Desk:
    """A queue whose replies the test begins and ends."""

    def __init__(self, *waiting: str) -> None:
        self.asker = Asker()
        self.saved: list[tuple[str, ...]] = []
        self.told: list[QueueChanged] = []
        self.queue = Queue(self.asker, [Draft(text) for text in waiting], self._save, self._tell)

    def _save(self, questions: tuple[Draft, ...]) -> None:
        self.saved.append(tuple(question.text for question in questions))

    def _tell(self, event: QueueChanged) -> None:
        self.told.append(event)

    def texts(self) -> list[str]:
        return [item.question.text for item in self.queue.state.items]

    def end(self, *, well: bool = True) -> None:
        self.asker.busy = False
        self.queue.reply_ended(well=well)


def test_a_question_added_when_the_reply_has_just_ended_is_sent_at_once() -> None:
    desk = Desk()
    desk.queue.add("now")
    assert desk.asker.sent == ["now"]
    assert desk.saved == [("now",), ()]


def test_a_question_added_to_those_that_wait_for_the_user_waits_too() -> None:
    desk = Desk("1")
    desk.queue.add("2")
    assert desk.asker.sent == []
    assert desk.queue.state.stuck


def test_what_waits_can_be_changed_moved_and_taken_out() -> None:
    desk = Desk("1", "2", "3")
    one, two, three = (item.id for item in desk.queue.state.items)
    desk.queue.move(three, 0)
    desk.queue.move(two, -5)
    assert desk.texts() == ["2", "3", "1"]
    desk.queue.change(three, "changed", (NOTES,))
    assert desk.queue.remove(one) == 2
    assert desk.saved[-1] == ("2", "changed")
    desk.queue.put_back(1, Queued(one, Draft("back")))
    assert desk.texts() == ["2", "back", "changed"]
    assert [event.items for event in desk.told][-1] == desk.queue.state.items


def test_what_does_not_wait_any_more_cannot_be_changed() -> None:
    desk = Desk("1")
    with pytest.raises(KeyError):
        desk.queue.change(7, "x")
    with pytest.raises(ValueError, match="nothing"):
        desk.queue.change(1, " ")
    with pytest.raises(ValueError, match="nothing"):
        desk.queue.add("\n")
    assert desk.texts() == ["1"]


def test_a_question_that_is_being_edited_is_not_sent_before_that_has_ended() -> None:
    desk = Desk("1", "2")
    desk.asker.busy = True
    (first, _) = desk.queue.state.items
    desk.queue.hold(first.id)
    desk.end()
    assert desk.asker.sent == []
    assert not desk.queue.state.stuck
    desk.queue.release()
    assert desk.asker.sent == ["1"]
    desk.queue.hold(7)
    desk.queue.release()
    assert desk.asker.sent == ["1"]


def test_taking_out_what_is_being_edited_lets_the_others_go_on() -> None:
    desk = Desk("1", "2", "3")
    one, two, _ = desk.queue.state.items
    desk.queue.hold(one.id)
    desk.end()
    desk.queue.remove(two.id)
    assert desk.asker.sent == []
    desk.queue.remove(one.id)
    assert desk.asker.sent == ["3"]


def test_nothing_waits_and_nothing_is_said() -> None:
    desk = Desk()
    desk.queue.reply_began()
    desk.end()
    desk.queue.send_now()
    assert desk.told == []
    assert desk.asker.sent == []


async def test_what_waits_for_its_branch_when_the_program_ends_is_saved_and_stopped(
    watched: Watched, provider: Dictated, tasks: Tasks, store: Store
) -> None:
    session = watched.session
    provider.say("one", *END)
    session.send("1")
    await tasks.finish()
    session.retry(session.history.messages[-1].id)
    provider.say("two", *END)
    await tasks.finish()
    session.show_version(session.history.messages[-1].id, 0)
    session.send("2")
    session.close()
    await tasks.finish()
    history = await store.load_history("c", 9)
    assert [message.text for message in history.messages] == ["1", "one", "2", ""]
    assert history.messages[-1].state is MessageState.STOPPED
