# SPDX-License-Identifier: MIT
"""A child is heard, ended, and quoted when it has died."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Iterable

import pytest

from chatglm_desktop.providers.local.process import Child, last_words
from tests.helpers.puppets import Puppets

POSIX = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX systems")


def ignore(share: float) -> None:
    raise AssertionError(f"nothing was to be loaded, but {share} is")


async def end(child: Child) -> tuple[str, str]:
    return await asyncio.wait_for(asyncio.shield(child.ended), 20)


async def test_a_child_has_its_order_and_tells_how_far_it_is(stage: Puppets) -> None:
    shares: list[float] = []
    child = Child(stage.command(), {"paths": ["模型.gguf"], "token": "t"}, shares.append)
    puppet = await stage.next()
    assert puppet.order == {"paths": ["模型.gguf"], "token": "t"}
    assert child.pid == puppet.pid
    for line in ("no JSON", "[1]", '{"other": 1}', '{"ready": "soon"}'):
        puppet.print(line)
    puppet.report(loading=0.5)
    puppet.report(loading=1)
    puppet.report(ready=4711)
    puppet.report(ready=4712)
    assert await asyncio.wait_for(child.ready, 20) == 4711
    assert shares == [0.5, 1]
    assert child.running
    child.kill()
    assert not child.running
    await end(child)


async def test_the_cause_is_picked_from_all_that_was_said(stage: Puppets) -> None:
    child = Child(stage.command(), {}, ignore)
    puppet = await stage.next()
    puppet.complain("0.00.001 I srv init: loading")
    puppet.complain("0.00.066.389 E llama_model_load: error loading model: tensor is missing")
    puppet.complain("0.00.066.405 E llama_model_load_from_file_impl: failed to load model")
    puppet.report(failed="RuntimeError: no")
    puppet.exit(1)
    words, details = await end(child)
    assert words == "tensor is missing"
    assert details.splitlines()[:2] == ["The engine ended with code 1.", "RuntimeError: no"]
    assert details.endswith("failed to load model")


async def test_a_silent_failure_is_told_by_the_child(stage: Puppets) -> None:
    child = Child(stage.command(), {}, ignore)
    puppet = await stage.next()
    puppet.report(failed="ImportError: no libgomp")
    puppet.exit(1)
    assert (await end(child))[0] == "ImportError: no libgomp"


@pytest.mark.parametrize(("code", "words"), [(3, "The engine ended with code 3."), (0, "")])
async def test_a_child_without_words_is_told_by_its_exit(
    stage: Puppets, code: int, words: str
) -> None:
    child = Child(stage.command(), {}, ignore)
    (await stage.next()).exit(code)
    assert await end(child) == (words, words)


@POSIX
async def test_a_child_that_is_killed_is_told_by_the_signal(stage: Puppets) -> None:
    child = Child(stage.command(), {}, ignore)
    puppet = await stage.next()
    puppet.complain("0.1 E ggml: failed to allocate")
    puppet.report(ready=1)
    await child.ready
    os.kill(puppet.pid, signal.SIGKILL)
    words, _ = await end(child)
    assert words == "The engine was ended by signal 9 (Killed). ggml: failed to allocate"


async def test_only_the_last_words_are_kept(stage: Puppets) -> None:
    child = Child(stage.command(), {}, ignore)
    puppet = await stage.next()
    puppet.complain("\n".join(f"line {number}" for number in range(100_000)))
    puppet.exit(1)
    _, details = await end(child)
    assert details.endswith("line 99999")
    assert len(details) < 1000


async def test_a_program_that_is_not_there_has_ended(tmp_path: object) -> None:
    child = Child([f"{tmp_path}/python"], {}, ignore)
    words, _ = await end(child)
    assert words.startswith(f"{tmp_path}/python: ")
    assert child.pid is None
    child.kill()


async def test_an_order_that_nobody_reads_is_no_error() -> None:
    child = Child([sys.executable, "-c", ""], {"long": "x" * 1_000_000}, ignore)
    assert await end(child) == ("", "")


async def test_killed_before_it_runs_it_does_not_run_long(stage: Puppets) -> None:
    child = Child(stage.command(), {}, ignore)
    child.kill()
    await end(child)
    assert not child.ready.done()


async def test_who_gives_up_waiting_for_the_end_does_not_prevent_it(stage: Puppets) -> None:
    child = Child(stage.command(), {}, ignore)
    await stage.next()
    stopping = asyncio.create_task(child.stop())
    await asyncio.sleep(0)
    stopping.cancel()
    await asyncio.wait((stopping,))
    await child.stop()
    assert child.ended.result()


def test_a_loop_that_does_not_wait_for_the_end_is_no_error() -> None:
    left: list[Child] = []

    async def main() -> None:
        left.append(Child([sys.executable, "-c", "input()"], {}, ignore))

    asyncio.run(main())
    left[0].kill()
    for thread in threading.enumerate():
        if thread.name == "engine":
            thread.join(20)
    assert not left[0].ended.done()


def said(*lines: str) -> str:
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((), ""),
        (("one", "0.00.1 E two"), "two"),
        (("/a/ggml.c:1: GGML_ASSERT(x) failed", "frame 1"), "GGML_ASSERT(x) failed"),
        (
            ("Fatal Python error: Segmentation fault", "", "  File x"),
            "Fatal Python error: Segmentation fault",
        ),
    ],
)
def test_last_words(lines: Iterable[str], expected: str) -> None:
    assert last_words(said(*lines)) == expected
