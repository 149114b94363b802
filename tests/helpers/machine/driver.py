# SPDX-License-Identifier: MIT
"""Does the same to the real library and to the plain one, and compares."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

from chatglm_desktop.chat.session import ChatSession
from chatglm_desktop.chat.steps import MessageStep
from chatglm_desktop.core.draft import Draft
from tests.helpers.machine.carrying import CarryingVerbs
from tests.helpers.machine.order import OrderVerbs
from tests.helpers.machine.plain import Plain, Step, Talk
from tests.helpers.machine.real import Real, picture, removed
from tests.helpers.machine.talking import TalkVerbs

COMMON = (
    "ask", "ask", "begin", "retry", "edit", "rewrite", "delete", "version", "draft", "undo",
    "undo", "redo", "move", "trash", "new_folder", "compare", "continue", "queue",
)  # fmt: skip
OTHERS = (
    "undelete", "clear", "duplicate", "branch_off", "rename", "pin", "archive", "colour",
    "restore", "delete_forever", "empty_trash", "rename_folder", "move_folder", "colour_folder",
    "folder_prompt", "trash_folder", "restore_folder", "restart", "crash", "purge", "export",
    "import", "import",
)  # fmt: skip
VERBS = COMMON + OTHERS


class Driver:
    """Each verb takes what it needs from the random numbers of its own seed."""

    def __init__(self, real: Real) -> None:
        self.real = real
        self.plain = Plain()
        self.random = Random()
        self.order = OrderVerbs(self)
        self.talking = TalkVerbs(self)
        self.carrying = CarryingVerbs(self)

    async def do(self, verb: str, seed: int) -> None:
        """Do one verb. Verbs of the library's order may still be under way afterwards."""
        self.random = Random(seed)
        if hasattr(self.order, verb):
            getattr(self.order, verb)()
            if self.random.random() < 0.5:
                await self.real.settled()
        else:
            await self.real.settled()
            places = (self.talking, self.carrying, self)
            place = next(place for place in places if hasattr(place, f"do_{verb}"))
            await getattr(place, f"do_{verb}")()

    async def compare(self) -> None:
        """The file holds what it should, and nothing has failed."""
        await self.real.settled()
        assert self.real.bugs == []
        assert self.real.failures == []
        assert picture(self.real.path) == self.plain.picture()

    def a_talk(self, *, in_use: bool = True) -> str | None:
        fitting = [id for id, t in self.plain.talks.items() if not in_use or t.trashed_at is None]
        return self.random.choice(fitting) if fitting else None

    def text(self, kind: str) -> str:
        return f"{kind} {next(self.real.numbers)}"

    async def do_rewrite(self) -> None:
        if (spot := await self.spot("")) is not None:
            session, talk, position = spot
            text = self.text(talk.branch[position].split()[0])
            session.edit(self.id_at(session, position), text, ask=False)
            after = [*talk.branch[:position], text, *talk.branch[position + 1 :]]
            await self._step(session, talk, after)

    async def do_delete(self) -> None:
        if (spot := await self.spot("")) is not None:
            session, talk, position = spot
            session.delete(self.id_at(session, position))
            after = [*talk.branch[:position], *talk.branch[position + 1 :]]
            await self._step(session, talk, after)

    async def do_clear(self) -> None:
        if (spot := await self.spot("")) is not None:
            session, talk, _ = spot
            session.clear()
            await self._step(session, talk, [])

    async def do_undelete(self) -> None:
        if id := self.a_talk():
            (await self.real.conversations.open(id)).undelete()
            await self.look(id)

    async def do_version(self) -> None:
        if id := self.a_talk():
            session = await self.real.conversations.open(id)
            await self.real.settled()
            if session.history.aside.beyond and self.random.random() < 0.5:
                session.show_beyond()
            elif versions := session.history.versions:
                message_id = self.random.choice(sorted(versions))
                index = self.random.randrange(versions[message_id].count)
                session.show_version(message_id, index)
            await self.look(id)

    async def do_draft(self) -> None:
        if id := self.a_talk():
            text = self.random.choice(["", self.text("draft")])
            self.plain.talks[id].draft = text
            self.real.conversations.save_draft(id, Draft(text))

    async def do_duplicate(self) -> None:
        if id := self.a_talk(in_use=False):
            copy = await self.real.conversations.copying.duplicate(id)
            self._copied(id, copy)
            origin = set(picture(self.real.path)["talks"][copy]["said"])
            # What was deleted is not copied.
            assert set(self.plain.talks[id].branch) <= origin <= self.plain.talks[id].said
            self.plain.talks[copy].said = origin

    async def do_branch_off(self) -> None:
        if (spot := await self.spot("")) is not None:
            session, talk, position = spot
            message_id = self.id_at(session, position)
            copy = await self.real.conversations.copying.branch_off(session.id, message_id)
            self._copied(session.id, copy)
            kept = talk.branch[: position + 1]
            self.plain.talks[copy].branch = kept
            self.plain.talks[copy].said = set(kept)

    def _copied(self, id: str, copy: str) -> None:
        origin = self.plain.talks[id]
        folder = self.plain.drawers.get(origin.folder_id or "")
        hidden = folder is not None and folder.trashed_at is not None
        title = self.real.conversations.title(copy)
        assert bool(title) == bool(origin.title)
        self.plain.talks[copy] = Talk(
            title,
            origin.titled_by_user,
            None if hidden else origin.folder_id,
            colour=origin.colour,
            branch=list(origin.branch),
        )

    async def do_undo(self) -> None:
        await self._turn(back=True)

    async def do_redo(self) -> None:
        await self._turn(back=False)

    async def _turn(self, *, back: bool) -> None:
        told: list[object] = []
        undo = self.real.conversations.undo
        signal = undo.undone if back else undo.redone
        signal.connect(told.append)
        if back:
            undo.undo()
        else:
            undo.redo()
        await self.real.settled()
        signal.disconnect(told.append)
        while True:
            step = self.plain.undo() if back else self.plain.redo()
            if step is None or not step.talk_id:
                assert bool(told) == (step is not None)
                assert not any(isinstance(one, MessageStep) for one in told)
                return
            # Whether there was anything in a step of messages only the store knows.
            if told and told[0] is step.real:
                await self._came(step, back=back)
                return
            (self.plain.undone if back else self.plain.done).pop()

    async def _came(self, step: Step, *, back: bool) -> None:
        """A step of messages was turned: exactly, if nothing else has happened since."""
        now, then = (1, 0) if back else (0, 1)
        talk = self.plain.talks[step.talk_id]
        await self.real.settled()
        if step.revisions[now] == talk.revision:
            talk.branch, talk.revision = list(step.branches[then]), step.revisions[then]
            assert await self._read(step.talk_id) == talk.branch
        else:
            await self.look(step.talk_id)

    async def do_restart(self) -> None:
        await self.real.end()
        self.plain.forget_steps()
        await self.real.start()

    async def do_crash(self) -> None:
        """Go on with a copy of the files, as they stand while nothing has been closed."""
        old = self.real
        copy = old.path.parent.with_name(f"after {next(old.numbers)}") / old.path.name
        copy.parent.mkdir()
        for suffix in ("", "-wal"):
            if (file := Path(f"{old.path}{suffix}")).exists():
                shutil.copy(file, f"{copy}{suffix}")
        await old.end()
        shutil.rmtree(old.path.parent)
        self.real = Real(copy, old.numbers)
        self.plain.forget_steps()
        await self.real.start()

    async def do_purge(self) -> None:
        await self.real.end()
        self.plain.forget_steps()
        before = self.real.now() - self.random.randrange(200)
        lost = removed(self.real.path, before)
        old = [id for id, t in self.plain.talks.items() if (t.trashed_at or before) < before]
        self.plain.delete(old)
        self.plain.delete_drawers(before)
        for id, texts in lost.items():
            if id in self.plain.talks:
                self.plain.talks[id].said -= texts
        await self.real.start(purged_before=before)

    def id_at(self, session: ChatSession, position: int) -> str:
        return session.history.messages[position - session.history.first].id

    async def spot(self, kind: str) -> tuple[ChatSession, Talk, int] | None:
        """A message of that kind on the branch of some conversation, and where it stands."""
        id = self.a_talk()
        if id is None:
            return None
        session, talk = await self.real.conversations.open(id), self.plain.talks[id]
        held = session.history
        assert [message.text for message in held.messages] == talk.branch[held.first :]
        fitting = [
            at for at, text in enumerate(talk.branch) if at >= held.first and text.startswith(kind)
        ]
        return (session, talk, self.random.choice(fitting)) if fitting else None

    async def _step(self, session: ChatSession, talk: Talk, after: list[str]) -> None:
        await self.real.settled()
        before, revision = list(talk.branch), talk.revision
        self.say(talk, after)
        revisions = (revision, talk.revision)
        (real,) = self.real.steps
        self.real.steps.clear()
        self.plain.push(
            Step(talk_id=session.id, branches=(before, after), revisions=revisions, real=real)
        )
        if self.random.random() < 0.3:
            self.real.conversations.release(session.id)

    def say(self, talk: Talk, branch: list[str]) -> None:
        talk.branch = branch
        talk.said |= set(branch)
        talk.revision = next(self.real.numbers)

    async def look(self, id: str) -> None:
        """Take the branch as the store has it; nothing may be new in it."""
        talk = self.plain.talks[id]
        talk.branch = await self._read(id)
        talk.revision = next(self.real.numbers)
        assert set(talk.branch) <= talk.said

    async def _read(self, id: str) -> list[str]:
        await self.real.settled()
        history = await self.real.store.load_history(id, 10_000)
        if session := self.real.conversations.session(id):
            held = session.history
            assert held.length == history.length
            assert held.messages == history.messages[held.first :]
        return [message.text for message in history.messages]
