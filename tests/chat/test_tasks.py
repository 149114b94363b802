# SPDX-License-Identifier: MIT
from __future__ import annotations

import asyncio

from chatglm_desktop.chat.tasks import Tasks


async def test_a_task_is_named_and_runs_to_its_end() -> None:
    done: list[str] = []
    tasks = Tasks(lambda error: done.append(repr(error)))

    async def work() -> None:
        task = asyncio.current_task()
        assert task is not None
        done.append(task.get_name())

    tasks.spawn(work(), name="one")
    await tasks.finish()
    assert done == ["one"]


async def test_an_error_is_reported_once_and_the_others_go_on() -> None:
    errors: list[BaseException] = []
    tasks = Tasks(errors.append)
    released = asyncio.Event()

    async def fail() -> None:
        raise ValueError("bug")

    tasks.spawn(fail(), name="fails")
    waiting = tasks.spawn(released.wait(), name="waits")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert [str(error) for error in errors] == ["bug"]
    assert not waiting.done()
    released.set()
    await tasks.finish()
    assert waiting.result() is True


async def test_a_cancelled_task_is_no_error() -> None:
    errors: list[BaseException] = []
    tasks = Tasks(errors.append)
    tasks.spawn(asyncio.Event().wait(), name="waits").cancel()
    await tasks.finish()
    assert errors == []


async def test_what_is_not_needed_is_given_up_and_the_rest_goes_on() -> None:
    tasks = Tasks(lambda error: None)
    released = asyncio.Event()
    question = tasks.spawn(asyncio.Event().wait(), name="question", needed=False)
    saving = tasks.spawn(released.wait(), name="saving")
    tasks.give_up()
    released.set()
    await tasks.finish()
    assert question.cancelled()
    assert saving.result() is True


async def test_finish_waits_for_tasks_that_tasks_start() -> None:
    seen: list[int] = []
    tasks = Tasks(lambda error: None)

    async def chain(depth: int) -> None:
        await asyncio.sleep(0)
        seen.append(depth)
        if depth:
            tasks.spawn(chain(depth - 1), name="chain")

    tasks.spawn(chain(3), name="chain")
    await tasks.finish()
    assert seen == [3, 2, 1, 0]
