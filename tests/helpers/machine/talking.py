# SPDX-License-Identifier: MIT
"""The verbs that ask for replies, on both sides; each waits until all is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.continuing import can_continue
from chatglm_desktop.core.draft import Draft
from tests.helpers.machine.plain import Talk

if TYPE_CHECKING:
    from chatglm_desktop.chat.session import ChatSession
    from tests.helpers.machine.driver import Driver


class TalkVerbs:
    """What waits in a queue is sent after each reply that ends by itself."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    async def do_begin(self) -> None:
        driver = self._driver
        folder_id = driver.random.choice([None, *driver.plain.used_drawers()])
        session = driver.real.conversations.new(folder_id)
        if driver.random.random() < 0.2:
            text = driver.text("draft")
            driver.real.conversations.save_draft(session.id, Draft(text))
            driver.plain.talks[session.id] = Talk(folder_id=folder_id, draft=text)
            await driver.real.settled()
        else:
            driver.plain.talks[session.id] = Talk(folder_id=folder_id)
            await self._send(session)

    async def do_ask(self) -> None:
        if id := self._driver.a_talk():
            await self._send(await self._driver.real.conversations.open(id))

    async def do_queue(self) -> None:
        """Let questions wait, or do something with one that does."""
        if id := self._driver.a_talk():
            session, talk = (
                await self._driver.real.conversations.open(id),
                self._driver.plain.talks[id],
            )
            if talk.waiting:
                await self._turn_to_queue(session, talk)
            else:
                await self._send(session, self._driver.random.choice([1, 2]))

    async def _turn_to_queue(self, session: ChatSession, talk: Talk) -> None:
        queue, random = session.queue, self._driver.random
        index = random.randrange(len(talk.waiting))
        item = queue.state.items[index]
        assert item.question.text == talk.waiting[index]
        match random.choice(["remove", "change", "move", "send", "send"]):
            case "remove":
                queue.remove(item.id)
                del talk.waiting[index]
            case "change":
                talk.waiting[index] = self._driver.text("question")
                queue.change(item.id, talk.waiting[index])
            case "move":
                queue.move(item.id, 0)
                talk.waiting.insert(0, talk.waiting.pop(index))
            case _:
                stopped = self._pause()
                queue.send_now()
                said = await self._driver.real.answered(session, stopped=stopped)
                self._title(talk, talk.waiting[0])
                self._told(talk, [*talk.branch, talk.waiting.pop(0)], said, stopped=stopped)

    async def _send(self, session: ChatSession, waiting: int = 0) -> None:
        talk, question = self._driver.plain.talks[session.id], self._driver.text("question")
        stopped = self._pause()
        session.send(question)
        for _ in range(waiting):
            talk.waiting.append(self._driver.text("question"))
            session.queue.add(talk.waiting[-1])
        said = await self._driver.real.answered(session, stopped=stopped)
        self._title(talk, question)
        self._told(talk, [*talk.branch, question], said, stopped=stopped)

    async def do_retry(self) -> None:
        if (spot := await self._driver.spot("reply")) is not None:
            session, talk, position = spot
            stopped = self._pause()
            session.retry(self._driver.id_at(session, position))
            said = await self._driver.real.answered(session, stopped=stopped)
            self._told(talk, talk.branch[:position], said, stopped=stopped)

    async def do_edit(self) -> None:
        if (spot := await self._driver.spot("question")) is not None:
            session, talk, position = spot
            question = self._driver.text("question")
            session.edit(self._driver.id_at(session, position), question)
            said = await self._driver.real.answered(session, stopped=False)
            self._told(talk, [*talk.branch[:position], question], said, stopped=False)

    async def do_continue(self) -> None:
        """Let what was stopped go on, where something was."""
        if (spot := await self._driver.spot("reply")) is not None:
            session, talk, _ = spot
            last = session.history.messages[-1]
            if can_continue(last):
                stopped = self._pause()
                session.continue_reply(last.id)
                said = await self._driver.real.answered(session, stopped=stopped)
                said[0] = last.text + said[0]
                talk.said.remove(last.text)
                self._told(talk, talk.branch[:-1], said, stopped=stopped)

    async def do_compare(self) -> None:
        if id := self._driver.a_talk():
            session, talk = (
                await self._driver.real.conversations.open(id),
                self._driver.plain.talks[id],
            )
            question, stopped = self._driver.text("question"), self._pause()
            session.compare(question, [Setup(account_id=name) for name in ("one", "two", "three")])
            said = await self._driver.real.answered(session, stopped=stopped)
            kept = self._driver.random.choice(session.compared())
            session.keep(kept.id)
            self._title(talk, question)
            talk.said |= set(said)
            after = await self._driver.real.answered(session, stopped=False)
            self._told(talk, [*talk.branch, question], [kept.text, *after], stopped=False)

    def _pause(self) -> bool:
        stopped = self._driver.random.random() < 0.2
        self._driver.real.provider.pausing = stopped
        return stopped

    def _title(self, talk: Talk, question: str) -> None:
        if not talk.title and not talk.titled_by_user:
            talk.title = question

    def _told(self, talk: Talk, before: list[str], said: list[str], *, stopped: bool) -> None:
        """The first reply, and those to all that waited for its end."""
        branch = [*before, said[0]]
        if not stopped:
            for question, reply in zip(talk.waiting, said[1:], strict=True):
                branch += [question, reply]
            talk.waiting = []
        self._driver.say(talk, branch)
