# SPDX-License-Identifier: MIT
"""Prints the deltas of one answer as text or as JSON lines; knows no service."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Protocol, TextIO, assert_never

from chatglm_desktop.core.deltas import (
    ConversationRef,
    Delta,
    FinishReason,
    Images,
    Reasoning,
    Revision,
    Sources,
    Usage,
)
from chatglm_desktop.core.status import Asking, Loading, Queued, Retrying, Status
from chatglm_desktop.core.values import to_plain

if TYPE_CHECKING:
    from chatglm_desktop.core.errors import ChatError


class Printer(Protocol):
    """Hears of one answer, from its waiting to its end."""

    def wait(self, status: Status) -> None: ...

    def take(self, delta: Delta) -> None: ...

    def fail(self, error: ChatError) -> None: ...

    def end(self) -> None: ...


class TextPrinter:
    """The answer on ``out``; what is waited for and, if wanted, the thinking on ``err``."""

    def __init__(self, out: TextIO, err: TextIO, *, thinking: bool) -> None:
        self._out = out
        self._err = err
        self._thinking = thinking
        self._printed = ""
        self._thought = False

    def wait(self, status: Status) -> None:
        match status:
            case Queued(ahead):
                self._tell(f"Waiting: {ahead} ahead.")
            case Retrying(failure, _, attempt, attempts):
                words = failure.words or failure.kind
                self._tell(f"{words}: trying again, {attempt} of {attempts}.")
            case Loading(name, None):
                self._tell(f"Loading {name}.")
            case Loading() | Asking():
                pass
            case _:
                assert_never(status)

    def take(self, delta: Delta) -> None:
        match delta:
            case str():
                self._answer(delta)
            case Reasoning(text) if self._thinking:
                print(text, end="", file=self._err, flush=True)
                self._thought = True
            case Revision(text, "text") if text.startswith(self._printed):
                self._answer(text.removeprefix(self._printed))
            case Revision(text, "text"):
                # What was printed cannot be taken back: the new version follows it.
                self._answer(f"\n\n{text}")
                self._printed = text
            case _:
                pass

    def fail(self, error: ChatError) -> None:
        # On lines of its own, below what was printed of the answer.
        begin = "\n" if self._printed or self._thought else ""
        self._tell(f"{begin}{error}\n{error.told(error.hint)}")

    def end(self) -> None:
        print(file=self._out)

    def _answer(self, text: str) -> None:
        if self._thought:
            self._tell("\n")
            self._thought = False
        print(text, end="", file=self._out, flush=True)
        self._printed += text

    def _tell(self, text: str) -> None:
        print(text, file=self._err, flush=True)


class JsonPrinter:
    """One object per line on ``out``, each with a ``type``; an error is one too."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def wait(self, status: Status) -> None:
        match status:
            case Queued(ahead):
                self._line("queued", ahead=ahead)
            case Retrying(failure, _, attempt, attempts):
                self._line("retrying", attempt=attempt, attempts=attempts, words=failure.words)
            case Loading(name, share):
                self._line("loading", name=name, share=share)
            case Asking():
                pass
            case _:
                assert_never(status)

    def take(self, delta: Delta) -> None:
        match delta:
            case str():
                self._line("text", text=delta)
            case Reasoning(text):
                self._line("reasoning", text=text)
            case Revision(text, kind):
                self._line("revision", kind=kind, text=text)
            case Usage():
                self._line("usage", **to_plain(delta))
            case Sources(items):
                self._line("sources", items=to_plain(items))
            case Images(items):
                self._line("images", items=to_plain(items))
            case ConversationRef(id):
                self._line("conversation", id=id)
            case FinishReason(reason):
                self._line("finish", reason=reason)
            case _:
                assert_never(delta)

    def fail(self, error: ChatError) -> None:
        failure = to_plain(error.failure)
        self._line("error", **failure, summary=error.told(error.summary))

    def end(self) -> None:
        """Nothing: the last line says how it ended."""

    def _line(self, type: str, **values: object) -> None:
        print(json.dumps({"type": type, **values}, ensure_ascii=False), file=self._out, flush=True)
