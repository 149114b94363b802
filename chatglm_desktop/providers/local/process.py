# SPDX-License-Identifier: MIT
"""A child process as the loop sees it: started, heard and ended by threads; knows no model.

asyncio's own subprocesses need a child watcher and pipes in the loop, which not every loop has
that is built on another one. Two threads that wait for bytes work with all of them.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO, Any

_MOST_LINE = 65_536
_LAST_LINES = 40
_LOG_PREFIX = re.compile(r"^[\d.]+ [A-Z] ")
_CAUSE = re.compile(r"(?:error loading model: |(?=GGML_ASSERT|Fatal Python error: ))(?P<why>.+)")


class Child:
    """One run of ``command``, which is given ``order`` as a line of JSON.

    ``ready`` is done when the child tells its port, ``ended`` when it is no more: with its last
    words, a line for a person and all of them for a report. Neither ever holds an exception.
    """

    def __init__(
        self,
        command: Sequence[str],
        order: Mapping[str, object],
        on_loading: Callable[[float], None],
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self.ready: asyncio.Future[int] = self._loop.create_future()
        self.ended: asyncio.Future[tuple[str, str]] = self._loop.create_future()
        self._on_loading = on_loading
        self._failed = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._killed = False
        self._lock = threading.Lock()
        threading.Thread(
            target=self._live, args=(list(command), order), name="engine", daemon=True
        ).start()

    @property
    def running(self) -> bool:
        """Whether it can be expected to answer."""
        return not self._killed and not self.ended.done()

    @property
    def pid(self) -> int | None:
        """The process's number, None if there is none yet."""
        return self._process.pid if self._process else None

    def kill(self) -> None:
        """Have it end now; ``ended`` tells when it has. It has nothing to save."""
        with self._lock:
            self._killed = True
            if self._process is not None:
                self._process.kill()

    async def stop(self) -> None:
        """Have it end now, and wait until it has."""
        self.kill()
        # To await the future itself would cancel it along with whoever waits.
        await asyncio.wait((self.ended,))

    def _live(self, command: list[str], order: Mapping[str, object]) -> None:
        """What the thread does, from the process's start to its end."""
        try:
            process = _start(command)
        except OSError as error:
            self._post(self._end, f"{command[0]}: {error.strerror}", 1)
            return
        with self._lock:
            self._process = process
            if self._killed:
                process.kill()
        said: deque[bytes] = deque(maxlen=_LAST_LINES)
        assert process.stdout is not None
        assert process.stderr is not None
        listener = threading.Thread(
            target=said.extend, args=(_lines(process.stderr),), name="engine's words", daemon=True
        )
        listener.start()
        _give(process, order)
        for line in _lines(process.stdout):
            self._post(self._hear, _report(line))
        code = process.wait()
        listener.join()
        # Closes the pipes; what the child has not read is of no interest.
        process.communicate()
        words = b"".join(said).decode("utf-8", "replace").strip()
        self._post(self._end, words, code)

    def _post(self, hear: Callable[..., None], *told: object) -> None:
        # The loop may be over, if nobody waited for the end.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(hear, *told)

    def _hear(self, report: Mapping[str, Any]) -> None:
        match report:
            case {"loading": int() | float() as share}:
                self._on_loading(share)
            case {"ready": int(port)} if not self.ready.done():
                self.ready.set_result(port)
            case {"failed": str(words)}:
                self._failed = words
            case _:
                # A library that prints is not to be taken for the child.
                pass

    def _end(self, said: str, code: int) -> None:
        ending = _exit_words(code)
        words = last_words(said) or self._failed
        # What was said before a signal need not be why it came.
        short = " ".join(filter(None, (ending if code < 0 else "", words))) or ending
        self.ended.set_result((short, "\n".join(filter(None, (ending, self._failed, said)))))


def last_words(said: str) -> str:
    """Of what an engine said, the line that explains most."""
    lines = [_LOG_PREFIX.sub("", line) for line in said.splitlines()]
    causes = (found["why"] for line in lines if (found := _CAUSE.search(line)))
    return next(causes, lines[-1] if lines else "")


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Ctrl-C in the terminal is for the program, which ends the child itself.
        start_new_session=True,
        # Windows: no console of its own, and the window comes first.
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)
        | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
    )


def _give(process: subprocess.Popen[bytes], order: Mapping[str, object]) -> None:
    """Write the order, and leave the pipe open: its end is the end of this program."""
    assert process.stdin is not None
    with contextlib.suppress(OSError):
        process.stdin.write(json.dumps(order).encode() + b"\n")
        process.stdin.flush()


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: stream.readline(_MOST_LINE), b"")


def _report(line: bytes) -> Mapping[str, Any]:
    try:
        report = json.loads(line)
    except ValueError:
        return {}
    return report if isinstance(report, dict) else {}


def _exit_words(code: int) -> str:
    """How a process ended, in words; "" if it ended well."""
    if code >= 0:
        return f"The engine ended with code {code}." if code else ""
    return f"The engine was ended by signal {-code} ({signal.strsignal(-code)})."
