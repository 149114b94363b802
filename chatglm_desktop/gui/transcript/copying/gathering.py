# SPDX-License-Identifier: MIT
"""Collects the messages of a selection, also those that are not at hand; reads nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal

from chatglm_desktop.core.messages import Message
from chatglm_desktop.transcript.document import Transcript
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.selection import Selection

Done: TypeAlias = Callable[[Callable[[int], Item]], None]

_AT_ONCE = 256
"""Messages that are asked for at a time."""


class Gathering(QObject):
    """Emits ``wanted(first, count)`` for messages to be handed to :meth:`take`.

    What is gathered is kept only until it has been used.
    """

    wanted = Signal(int, int)

    def __init__(self, transcript: Transcript, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._transcript = transcript
        self._found: dict[int, Message] = {}
        self._rest = range(0)
        self._asked: int | None = None
        self._done: Done | None = None

    @property
    def waiting(self) -> bool:
        return self._done is not None

    def start(self, selection: Selection, done: Done) -> None:
        """Call ``done`` when every message of ``selection`` is there: now, if they all are.

        It is given what knows the item of each.
        """
        self.stop()
        last = min(selection.end.item, len(self._transcript) - 1)
        self._rest = range(selection.start.item, last + 1)
        self._done = done
        self._go_on()

    def stop(self) -> None:
        """Forget what was gathered and what is on its way."""
        self._found = {}
        self._asked = None
        self._done = None

    def take(self, first: int, messages: Sequence[Message]) -> bool:
        """Take in messages from ``first`` on; False if they were asked for and did not come."""
        if self._done is None or first != self._asked:
            return True
        if not messages:
            self.stop()
            return False
        self._found.update(enumerate(messages, first))
        self._go_on()
        return True

    def _go_on(self) -> None:
        missing = next(filter(self._misses, self._rest), None)
        if missing is None:
            done, found = self._done, self._found
            self.stop()
            if done is not None:
                done(partial(_item, self._transcript, found))
            return
        self._rest = range(missing, self._rest.stop)
        count = 1
        while count < _AT_ONCE and missing + count in self._rest and self._misses(missing + count):
            count += 1
        self._asked = missing
        self.wanted.emit(missing, count)

    def _misses(self, index: int) -> bool:
        return not self._transcript.has(index) and index not in self._found


def _item(transcript: Transcript, found: Mapping[int, Message], index: int) -> Item:
    return transcript[index] if transcript.has(index) else transcript.apart(found[index])
