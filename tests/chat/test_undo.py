# SPDX-License-Identifier: MIT
from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.chat.undo import MOST, UndoStack
from chatglm_desktop.core.errors import DiskFull, StoreError


@dataclass(eq=False)
class Noted:
    """A step that writes down what happens to it."""

    kind: str
    notes: list[str]
    something: bool = True
    refused: list[StoreError] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None

    async def undo(self) -> bool:
        return await self._take("undo")

    async def redo(self) -> bool:
        return await self._take("redo")

    async def _take(self, way: str) -> bool:
        await asyncio.sleep(0)
        self.meanwhile()
        return self._note(way)

    def _note(self, way: str) -> bool:
        if self.refused:
            raise self.refused.pop()
        self.notes.append(f"{way} {self.kind}")
        return self.something


@pytest.fixture
def failures() -> list[StoreError]:
    return []


@pytest.fixture
def stack(tasks: Tasks, failures: list[StoreError]) -> UndoStack:
    return UndoStack(tasks, failures.append)


@pytest.fixture
def notes() -> list[str]:
    return []


async def test_steps_are_taken_back_and_done_again_in_order(
    stack: UndoStack, notes: list[str]
) -> None:
    told: list[str] = []
    stack.undone.connect(lambda step: told.append(f"undone {step.kind}"))
    stack.redone.connect(lambda step: told.append(f"redone {step.kind}"))
    for kind in "ab":
        stack.push(Noted(kind, notes))
    for _ in range(3):
        stack.undo()
    for _ in range(3):
        stack.redo()
    await stack.settled()
    assert notes == ["undo b", "undo a", "redo a", "redo b"]
    assert told == ["undone b", "undone a", "redone a", "redone b"]
    assert (stack.can_undo, stack.can_redo) == (True, False)


async def test_a_new_step_ends_what_could_be_redone(stack: UndoStack, notes: list[str]) -> None:
    stack.push(Noted("a", notes))
    stack.undo()
    await stack.settled()
    assert (stack.can_undo, stack.can_redo) == (False, True)
    stack.push(Noted("b", notes))
    assert not stack.can_redo
    stack.redo()
    await stack.settled()
    assert notes == ["undo a"]


async def test_a_step_with_nothing_to_do_is_passed_over(stack: UndoStack, notes: list[str]) -> None:
    first, second = Noted("a", notes), Noted("b", notes, something=False)
    stack.push(first)
    stack.push(second)
    stack.undo()
    await stack.settled()
    assert notes == ["undo b", "undo a"]
    first.something = False
    stack.redo()
    await stack.settled()
    assert not stack.can_redo
    assert not stack.can_undo


async def test_one_step_can_be_taken_back_out_of_order_but_only_once(
    stack: UndoStack, notes: list[str]
) -> None:
    first, second = Noted("a", notes), Noted("b", notes)
    stack.push(first)
    stack.push(second)
    for _ in range(2):
        stack.undo(first)
    await stack.settled()
    assert notes == ["undo a"]
    first.something = False
    stack.redo()
    stack.push(first)
    stack.undo(first)
    await stack.settled()
    assert notes == ["undo a", "undo a"]


async def test_what_is_under_way_can_be_taken_back_already(
    stack: UndoStack, notes: list[str]
) -> None:
    go_on = asyncio.Event()
    changes: list[bool] = []
    stack.changed.connect(lambda _: changes.append(stack.can_undo))

    async def work() -> None:
        await go_on.wait()
        stack.push(Noted("slow", notes))

    stack.run(work(), "slow")
    assert stack.can_undo
    stack.undo()
    go_on.set()
    await stack.settled()
    assert notes == ["undo slow"]
    assert changes[0]
    assert not changes[-1]


async def test_a_step_that_the_store_refuses_stays(
    stack: UndoStack, notes: list[str], failures: list[StoreError]
) -> None:
    step = Noted("a", notes, refused=[DiskFull()])
    stack.push(step)
    stack.undo()
    stack.undo()
    await stack.settled()
    assert notes == ["undo a"]
    step.refused = [DiskFull()]
    stack.redo()
    stack.redo()
    await stack.settled()
    assert notes == ["undo a", "redo a"]
    assert [type(error) for error in failures] == [DiskFull] * 2


async def test_what_is_long_ago_is_forgotten(stack: UndoStack, notes: list[str]) -> None:
    for number in range(MOST + 1):
        stack.push(Noted(str(number), notes))
    for _ in range(MOST + 1):
        stack.undo()
    await stack.settled()
    assert notes[-1] == "undo 1"
    assert len(notes) == MOST


async def test_a_step_that_is_done_while_another_is_done_again_follows_it(
    stack: UndoStack, notes: list[str]
) -> None:
    step = Noted("a", notes)
    stack.push(step)
    stack.undo()
    await stack.settled()
    step.meanwhile = lambda: stack.push(Noted("b", notes))
    stack.redo()
    await stack.settled()
    assert (stack.can_undo, stack.can_redo) == (True, False)
    step.meanwhile = lambda: None
    for _ in range(2):
        stack.undo()
    await stack.settled()
    assert notes == ["undo a", "redo a", "undo a", "undo b"]


async def test_what_the_store_refuses_to_do_again_is_given_up_when_another_step_is_done(
    stack: UndoStack, notes: list[str], failures: list[StoreError]
) -> None:
    step = Noted("a", notes)
    stack.push(step)
    stack.undo()
    await stack.settled()
    step.refused = [DiskFull()]
    step.meanwhile = lambda: stack.push(Noted("b", notes))
    stack.redo()
    await stack.settled()
    assert [type(error) for error in failures] == [DiskFull]
    assert not stack.can_redo


@pytest.mark.parametrize("refused", [False, True])
async def test_a_step_that_is_forgotten_while_it_is_taken_back_is_forgotten(
    stack: UndoStack, notes: list[str], refused: bool
) -> None:
    step = Noted("a", notes, refused=[DiskFull()] if refused else [])
    stack.push(step)

    def fill() -> None:
        for _ in range(MOST):
            stack.push(Noted("b", notes))

    step.meanwhile = fill
    stack.undo(step)
    await stack.settled()
    assert notes == ([] if refused else ["undo a"])
    assert stack.can_redo is not refused
    for _ in range(MOST + 1):
        stack.undo()
    await stack.settled()
    assert notes.count("undo b") == MOST
    assert notes.count("undo a") == (not refused)
