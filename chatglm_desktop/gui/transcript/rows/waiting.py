# SPDX-License-Identifier: MIT
"""What a reply waits for before its first text, in words; knows no drawing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Literal, TypeAlias, assert_never

from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.status import Asking, Loading, Queued, Retrying
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.rows.notes import duration, unbroken
from chatglm_desktop.gui.transcript.rows.row import FailureText
from chatglm_desktop.transcript.item import Item

WaitingActionName: TypeAlias = Literal["retry_now", "stop"]

_LONGEST = 240
"""Characters of a service's own words that are shown while one waits."""


@dataclass(frozen=True, slots=True)
class WaitingNote:
    """``reason`` stands above ``words``; ``share`` from 0 to 1 is that of a bar, if there is one.

    ``actions`` are pairs of action and label.
    """

    words: str
    reason: str = ""
    share: float | None = None
    actions: tuple[tuple[WaitingActionName, str], ...] = ()


def waiting_note(item: Item, describe: Callable[[Failure], FailureText]) -> WaitingNote | None:
    """What to say of a reply that waits for more than its answer; changes with every second."""
    status = item.status
    words = waiting_words(item)
    match status:
        case None | Asking():
            return None
        case Queued():
            return WaitingNote(words)
        case Retrying(failure):
            actions: tuple[tuple[WaitingActionName, str], ...] = (
                ("retry_now", tr("Try now")),
                ("stop", tr("Stop")),
            )
            return WaitingNote(words, _reason(failure, describe), actions=actions)
        case Loading(_, share):
            return WaitingNote(words, share=share)
        case _:
            assert_never(status)


def waiting_words(item: Item) -> str:
    """What it waits for, without the reason; "" for its answer alone."""
    status = item.status
    match status:
        case None | Asking():
            return ""
        case Queued(ahead):
            return queue_words(ahead)
        case Retrying():
            return retry_words(status, item.seconds_to_retry)
        case Loading(name, share):
            return loading_words(name, share)
        case _:
            assert_never(status)


def queue_words(ahead: int) -> str:
    """How many requests go first."""
    if ahead == 1:
        return tr("Waiting: 1 request ahead")
    return tr("Waiting: {number} requests ahead", number=ahead)


def retry_words(status: Retrying, seconds: float) -> str:
    """When it is asked for again, in ``seconds``, and how often that goes on."""
    of = unbroken(tr("attempt {number} of {count}", number=status.attempt, count=status.attempts))
    if seconds <= 0:
        return f"{tr('Trying again…')} · {of}"
    time = unbroken(duration(ceil(seconds)))
    return f"{tr('Trying again in {time}', time=time)} · {of}"


def loading_words(name: str, share: float | None) -> str:
    """How much of a model file has been read."""
    if share is None:
        return tr("Loading {name}…", name=name)
    return tr("Loading {name}… {percent}%", name=name, percent=int(share * 100))


def _reason(failure: Failure, describe: Callable[[Failure], FailureText]) -> str:
    summary = describe(failure).summary
    if not failure.words:
        return summary
    words = failure.words
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rstrip() + "…"
    return f"{summary} {tr('The service says: {words}', words=words)}"
