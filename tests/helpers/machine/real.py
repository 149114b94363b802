# SPDX-License-Identifier: MIT
"""The real library on a real file, and a picture of all that the file holds."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncGenerator, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

from chatglm_desktop.chat.clock import Clock
from chatglm_desktop.chat.conversations import Library
from chatglm_desktop.chat.organiser import Organiser
from chatglm_desktop.chat.purging import purge
from chatglm_desktop.chat.service import ReadyProvider, Service
from chatglm_desktop.chat.session import ChatSession
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.deltas import Delta, FinishReason
from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.core.listing import TRASH_KEPT
from chatglm_desktop.core.provider import RequestMessage
from chatglm_desktop.store import Store

_SAID = "SELECT id, conversation_id, parts ->> '$[0].text' FROM {table}"


class Counting:
    """Answers each question with a text of its own, or begins to and goes no further."""

    supports_system_message = False
    supports_message_history = True
    default_model = "counting"

    def __init__(self, numbers: Iterator[int]) -> None:
        self.models = ["counting"]
        self.numbers = numbers
        self.pausing = False
        self.said: list[str] = []

    async def create_async_generator(
        self,
        model: str,
        messages: list[RequestMessage],
        proxy: str | None = None,
        **kwargs: object,
    ) -> AsyncGenerator[Delta, None]:
        text = f"reply {next(self.numbers)}"
        self.said.append(text)
        yield text
        if self.pausing:
            await asyncio.Event().wait()
        yield FinishReason("stop")


class Real:
    """One run of the library after the other on the file ``path``."""

    def __init__(self, path: Path, numbers: Iterator[int] | None = None) -> None:
        self.path = path
        self.numbers = numbers or count(1)
        self.failures: list[StoreError] = []
        self.bugs: list[BaseException] = []

    def now(self) -> float:
        """Another time with each look at the clock."""
        self.time = float(next(self.numbers))
        return self.time

    async def start(self, purged_before: float | None = None) -> None:
        """Open the file as the program does, and delete what was trashed before that time."""
        self.store = await Store.open(self.path)
        await self.store.recover_interrupted()
        self.tasks = Tasks(self.bugs.append)
        self.provider = Counting(self.numbers)

        async def prepare() -> ReadyProvider:
            return ReadyProvider(self.provider)

        self.conversations = Library(
            self.store, lambda _: Service("Counting", prepare), self.tasks, Clock(now=self.now)
        )
        self.organiser = Organiser(self.conversations, self.store, self.now)
        self.conversations.failed.connect(self.failures.append)
        self.steps: list[object] = []
        self.conversations.message_done.connect(self.steps.append)
        if purged_before is not None:
            await purge(self.store, lambda: purged_before + TRASH_KEPT)
        await self.conversations.load()

    async def end(self) -> None:
        """Close as the program does."""
        self.conversations.stop_all()
        await self.tasks.finish()
        await self.store.close()

    async def settled(self) -> None:
        """Wait until all that was wanted is in the store."""
        await self.tasks.finish()

    async def answered(self, session: ChatSession, *, stopped: bool) -> list[str]:
        """Let the replies come that were asked for, or stop them in their middle; their texts."""
        if stopped:
            while not self._all_began(session):  # noqa: ASYNC110
                await asyncio.sleep(0)  # a delta that was folded has no event of its own
            self.provider.pausing = False
            session.stop()
        await self.settled()
        said, self.provider.said = self.provider.said, []
        return said

    def _all_began(self, session: ChatSession) -> bool:
        """Each running reply holds what was said for it."""
        running = session.compared() or session.history.messages[-1:]
        texts = [message.text for message in running]
        return len(self.provider.said) == len(texts) and all(
            any(text.endswith(said) for text in texts) for said in self.provider.said
        )


def picture(path: Path) -> dict[str, Any]:
    """All that the file holds, as plain values. Raises AssertionError where it is not sound."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        talks = {row["id"]: _talk(row) for row in connection.execute("SELECT * FROM conversation")}
        for id, text, queued in connection.execute(
            "SELECT conversation_id, text, queued FROM draft"
        ):
            talks[id]["draft"] = text
            talks[id]["waiting"] = [parts[0]["text"] for parts in json.loads(queued)]
        for table in ("message", "removed"):
            for _, id, text in connection.execute(_SAID.format(table=table)):
                # A reply of which nothing had come when the program was killed has none.
                talks[id]["said"].append(text or "")
        for id, talk in talks.items():
            talk["said"].sort()
            talk["branch"] = _branch(connection, id)
        names = "name, parent_id, colour, system_prompt, trashed_at"
        folders = {
            row["id"]: {name: row[name] for name in names.split(", ")}
            for row in connection.execute(f"SELECT id, {names} FROM folder")
        }
    return {"talks": talks, "folders": folders}


def texts(path: Path, id: str, *, deleted: bool = False) -> dict[str, str]:
    """The texts of a conversation's messages by their ids, with the deleted ones or without."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            message_id: text
            for table in (("message", "removed") if deleted else ("message",))
            for message_id, talk_id, text in connection.execute(_SAID.format(table=table))
            if talk_id == id
        }


def removed(path: Path, before: float) -> dict[str, set[str]]:
    """The texts of the messages that were deleted before that time, by conversation."""
    found: dict[str, set[str]] = {}
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            f"{_SAID.format(table='removed')} WHERE removed_at < ?", (before,)
        )
        for _, id, text in rows:
            found.setdefault(id, set()).add(text)
    return found


def _talk(row: sqlite3.Row) -> dict[str, Any]:
    names = ("title", "folder_id", "archived_at", "trashed_at", "colour")
    return {
        **{name: row[name] for name in names},
        "titled_by_user": bool(row["titled_by_user"]),
        "pinned": bool(row["pinned"]),
        "draft": "",
        "waiting": [],
        "said": [],
    }


def _branch(connection: sqlite3.Connection, id: str) -> list[str]:
    """The texts of the active branch, each message the parent of the next."""
    rows = connection.execute(
        "SELECT position, message.id, parent_id, parts ->> '$[0].text' FROM branch"
        " JOIN message USING (number) WHERE branch.conversation_id = ? ORDER BY position",
        (id,),
    ).fetchall()
    parent_id = None
    for expected, row in enumerate(rows):
        assert (row[0], row[2]) == (expected, parent_id)
        parent_id = row[1]
    (leaf_id,) = connection.execute("SELECT leaf_id FROM conversation WHERE id = ?", (id,))
    assert leaf_id[0] == parent_id
    return [row[3] for row in rows]
