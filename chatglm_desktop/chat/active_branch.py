# SPDX-License-Identifier: MIT
"""The active branch of a session: in memory at once, in the store in the same order; no replies."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from chatglm_desktop.chat.events import AsideChanged, BranchChanged, SavingFailed, SessionEvent
from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.core.history import Aside

if TYPE_CHECKING:
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.core.conversation import Conversation
    from chatglm_desktop.core.draft import Draft
    from chatglm_desktop.core.history import History
    from chatglm_desktop.core.messages import Message
    from chatglm_desktop.store import Store

T = TypeVar("T")

log = logging.getLogger(__name__)

HELD = 100
"""The newest messages, which are in memory after another branch was made active."""


class ActiveBranch:
    """What is saved takes effect in the order of the calls, one after the other.

    ``emit`` hears what has changed and what could not be saved, ``history`` gives the branch with
    what has arrived of a running reply.
    """

    def __init__(
        self,
        conversation: Conversation,
        store: Store,
        tasks: Tasks,
        emit: Callable[[SessionEvent], None],
        history: Callable[[], History],
    ) -> None:
        self.conversation = conversation
        self.aside = Aside()
        self._store = store
        self._tasks = tasks
        self._emit = emit
        self._history = history
        self._saving: asyncio.Task[Any] | None = None
        self._changes = 0
        self._looks = 0
        self._looking = False
        self._waited_for = False
        self._unsaved: list[tuple[Message, ...]] = []
        self._unwritten: dict[str, Message] = {}
        self._late: dict[str, Message] = {}
        self._queue: tuple[Draft, ...] | None = None
        self._owned: set[asyncio.Task[Any]] = set()

    @property
    def changing(self) -> bool:
        """The store makes another branch active, which will be told of when it is there."""
        return self._changes > 0

    @property
    def waited_for(self) -> bool:
        """Something will be done as soon as the other branch is there: :meth:`when_ready`."""
        return self._waited_for

    @property
    def behind(self) -> bool:
        """Whether the store has refused something, or has not heard of it yet."""
        return bool(self._unsaved or self._late or self._queue is not None)

    def save_again(self) -> None:
        """Try once more to save what the store has refused."""
        self.save(self._catch_up)

    def save(self, work: Callable[[], Awaitable[object]]) -> asyncio.Task[None]:
        """Do ``work`` after all that was to be saved before; what fails is told."""
        return self._in_turn(self._told(work))

    def add(self, *messages: Message) -> asyncio.Task[None]:
        """Save new messages, of which the first becomes the leaf; all have the same parent."""
        return self._in_turn(self._told(partial(self._add, messages)))

    def keep_queue(self, questions: Sequence[Draft]) -> None:
        """Save what waits, after the messages that no longer do."""
        self._in_turn(self._told(partial(self._keep_queue, tuple(questions))))

    def put(self, message: Message) -> Message:
        """A newer version of a message; until it is written no older one is read back.

        Returns it as it stands on the branch, if it does.
        """
        self._unwritten[message.id] = message
        if message.id not in self.conversation:
            return message
        self.conversation.replace(message)
        return self.conversation[message.id]

    def write(self, message: Message) -> asyncio.Task[None]:
        """Save what was :meth:`put`."""
        return self._in_turn(self._told(partial(self._write, message)))

    def change(self, work: Callable[[], Awaitable[object]]) -> asyncio.Task[None]:
        """Let the store make another branch active, and follow it; what fails is told."""
        self._changes += 1
        return self._in_turn(self._told(partial(self._follow, work)))

    async def apply(self, work: Callable[[], Awaitable[bool]]) -> bool:
        """As :meth:`change`, but raises what fails, a StoreError, and returns the result."""
        results: list[bool | StoreError] = []

        async def attempt() -> None:
            try:
                results.append(await self._follow(work))
            except StoreError as error:
                results.append(error)

        self._changes += 1
        await asyncio.wait([self._in_turn(attempt())])
        if isinstance(result := results[0], StoreError):
            raise result
        return result

    def grown(self) -> None:
        """The branch goes on at its end; what was hidden there is another version now."""
        if self.aside.beyond or self._looking:
            self.look()

    def look(self) -> None:
        """Find out what the branch hides now; told of when that is another thing than before."""
        self._looks += 1
        self._looking = True
        self._own(self._look(self._looks), "look aside")

    async def load(self, first: int, count: int) -> tuple[Message, ...]:
        """At most ``count`` messages of the active branch from the position ``first`` on.

        Positions are those at the time when this returns. Raises StoreErrors.
        """
        while True:
            await self.saved()
            revision = self.conversation.revision
            missing = min(count, self.conversation.first - first)
            id = self.conversation.id
            older = await self._store.load_slice(id, first, missing) if missing > 0 else ()
            if revision == self.conversation.revision:
                history = self._history()
                start, end = first - history.first, first + count - history.first
                return older + history.messages[max(start, 0) : max(end, 0)]

    def with_message(
        self, message_id: str, act: Callable[[Message, int], None], ready: Callable[[], bool]
    ) -> None:
        """Do ``act`` with a message of the branch and its position, at once if possible.

        Later only if it is still ``ready``.
        """
        if message_id in self.conversation and not self.changing:
            act(self.conversation[message_id], self.conversation.position(message_id))
        else:
            self._own(self._fetch(message_id, act, ready), f"fetch {message_id}")

    def when_ready(self, act: Callable[[], None], ready: Callable[[], bool]) -> None:
        """Do ``act`` at once or, where another branch becomes active, if then still ``ready``.

        What comes while one waits, such as the same again, is not done.
        """

        async def later() -> None:
            await self.saved()
            self._waited_for = False
            if ready():
                act()

        if not self.changing:
            act()
        elif not self._waited_for:
            self._waited_for = True
            self._own(later(), "wait for the branch")

    async def saved(self) -> None:
        """Wait until the store has followed."""
        while self._saving is not None and not self._saving.done():
            await asyncio.wait([self._saving])

    async def settled(self) -> None:
        """Wait until nothing is under way."""
        await self.saved()
        while self._owned:
            await asyncio.wait(self._owned)
            await self.saved()

    def _in_turn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        name = f"save {self.conversation.id}"
        self._saving = self._tasks.spawn(_after(self._saving, work), name=name)
        return self._saving

    async def _told(self, work: Callable[[], Awaitable[object]]) -> None:
        try:
            await work()
        except StoreError as error:
            self.tell(error)

    def tell(self, error: StoreError) -> None:
        """Let everybody know that something could not be saved or read."""
        log.info("the store failed: %s", error)
        self._emit(SavingFailed(error))

    async def _add(self, messages: tuple[Message, ...]) -> None:
        self._unsaved.append(messages)
        await self._catch_up()

    async def _catch_up(self) -> None:
        """Save what is new or written anew, also what could not be saved when it was."""
        while self._unsaved:
            newest = [self._unwritten.get(message.id, message) for message in self._unsaved[0]]
            if len(newest) == 1:
                await self._store.add_message(self.conversation.id, newest[0])
            else:
                await self._store.tree.add_versions(self.conversation.id, newest)
            del self._unsaved[0]
        for id, message in list(self._late.items()):
            await self._store.update_message(message)
            del self._late[id]
            if self._unwritten.get(id) is message:
                del self._unwritten[id]
        if (queue := self._queue) is not None:
            await self._store.save_queue(self.conversation.id, queue)
            self._queue = None

    async def _keep_queue(self, questions: tuple[Draft, ...]) -> None:
        self._queue = questions
        await self._catch_up()

    async def _write(self, message: Message) -> None:
        self._late[message.id] = message
        await self._catch_up()

    async def _follow(self, work: Callable[[], Awaitable[T]]) -> T:
        try:
            await self._catch_up()
            result = await work()
            held = max(HELD, len(self.conversation.history.messages))
            history = await self._store.load_history(self.conversation.id, held)
        finally:
            self._changes -= 1
        newest = tuple(self._unwritten.get(m.id, m) for m in history.messages)
        self.conversation.reset(replace(history, messages=newest))
        self.look()
        self._emit(BranchChanged(self._history()))
        return result

    async def _fetch(
        self, message_id: str, act: Callable[[Message, int], None], ready: Callable[[], bool]
    ) -> None:
        try:
            await self.saved()
            position = await self._store.position_of(self.conversation.id, message_id)
            messages = () if position is None else await self.load(position, 1)
        except StoreError as error:
            self.tell(error)
            return
        # Meanwhile the branch may have changed, or a reply may have been asked for.
        found = [message for message in messages if message.id == message_id]
        if position is not None and found and ready():
            act(found[0], position)

    async def _look(self, number: int) -> None:
        await self.saved()
        try:
            aside = await self._store.tree.aside(self.conversation.id)
        except StoreError as error:
            self.tell(error)
            return
        if number == self._looks:
            self._looking = False
            changed = aside != self.aside
            self.aside = aside
            if changed:
                self._emit(AsideChanged(aside))

    def _own(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = self._tasks.spawn(work, name=f"{name} {self.conversation.id}")
        self._owned.add(task)
        task.add_done_callback(self._owned.discard)


async def _after(previous: asyncio.Task[None] | None, work: Coroutine[Any, Any, None]) -> None:
    if previous is not None and not previous.done():
        await asyncio.wait([previous])
    await work
