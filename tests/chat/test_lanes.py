# SPDX-License-Identifier: MIT
from __future__ import annotations

import asyncio

from chatglm_desktop.chat.lanes import Lane, Lanes


class Request:
    """Takes a place in a lane and keeps it until it is let go."""

    def __init__(self, lane: Lane) -> None:
        self.ahead: list[int] = []
        self.running = False
        self._done = asyncio.Event()
        self.task = asyncio.create_task(self._run(lane))

    async def _run(self, lane: Lane) -> None:
        async with lane.place(self.ahead.append):
            self.running = True
            await self._done.wait()
        self.running = False

    async def end(self) -> None:
        self._done.set()
        await self.task


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_one_at_a_time_in_the_order_of_coming() -> None:
    lane = Lane(1)
    first, second, third = (Request(lane) for _ in range(3))
    await settle()
    assert [r.running for r in (first, second, third)] == [True, False, False]
    assert (first.ahead, second.ahead, third.ahead) == ([], [1], [2])
    await first.end()
    await settle()
    assert second.running
    assert third.ahead == [2, 1]
    await second.end()
    await third.end()


async def test_whoever_gives_up_leaves_the_line_and_the_others_move_up() -> None:
    lane = Lane(1)
    first, second, third = (Request(lane) for _ in range(3))
    await settle()
    second.task.cancel()
    await settle()
    assert third.ahead == [2, 1]
    await first.end()
    await settle()
    assert third.running
    await third.end()


async def test_all_may_give_up_at_the_same_moment() -> None:
    lane = Lane(1)
    first, second, third = (Request(lane) for _ in range(3))
    await settle()
    first.task.cancel()
    second.task.cancel()
    await settle()
    assert first.task.cancelled()
    assert second.task.cancelled()
    assert third.running
    await third.end()


async def test_a_place_that_is_given_to_one_who_leaves_goes_to_the_next() -> None:
    lane = Lane(1)
    async with lane.place(lambda ahead: None):
        second, third = Request(lane), Request(lane)
        await settle()
    second.task.cancel()  # Called already, but not awake yet.
    await settle()
    assert second.task.cancelled()
    assert third.running
    await third.end()


async def test_several_may_run_and_more_after_a_change() -> None:
    lanes = Lanes()
    lane = lanes.lane("key", 2)
    requests = [Request(lane) for _ in range(4)]
    await settle()
    assert sum(r.running for r in requests) == 2
    assert lanes.lane("key", 3) is lane
    await requests[0].end()
    await settle()
    assert sum(r.running for r in requests) == 3
    for request in requests[1:]:
        await request.end()


async def test_those_who_wait_are_let_in_when_more_may_run() -> None:
    lanes = Lanes()
    first, second = (Request(lanes.lane("a", 1)) for _ in range(2))
    await settle()
    assert not second.running
    third = Request(lanes.lane("a", 3))
    await settle()
    assert second.running
    assert third.running
    for request in (first, second, third):
        await request.end()
