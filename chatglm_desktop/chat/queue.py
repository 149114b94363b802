# SPDX-License-Identifier: MIT
"""Questions that wait until a reply has ended, sent one by one; knows no store and no window."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from chatglm_desktop.chat.events import QueueChanged
from chatglm_desktop.core.draft import Draft, Queued

if TYPE_CHECKING:
    from chatglm_desktop.core.messages import AttachmentPart


class Asker(Protocol):
    """Who sends: the session that owns the queue."""

    @property
    def busy(self) -> bool:
        """A reply is on its way, or one will be as soon as its branch is there."""
        ...

    @property
    def undecided(self) -> bool:
        """Answers are compared of which none is kept yet."""
        ...

    def send(self, text: str, attachments: Sequence[AttachmentPart] = ()) -> None: ...


class Queue:
    """The next question is sent when a reply has ended well; after any other end all of them wait.

    So they do while answers are compared: the one that is kept decides.

    ``save`` keeps what waits, ``tell`` is told of each change.
    """

    def __init__(
        self,
        asker: Asker,
        questions: Sequence[Draft],
        save: Callable[[tuple[Draft, ...]], None],
        tell: Callable[[QueueChanged], None],
    ) -> None:
        self._asker = asker
        self._save = save
        self._tell = tell
        self._ids = itertools.count(1)
        self._items = [Queued(next(self._ids), question) for question in questions]
        self._held: int | None = None
        self._due = not questions

    @property
    def state(self) -> QueueChanged:
        """What waits, and whether it does so for the user."""
        stuck = bool(self._items) and not self._asker.busy and not self._due
        return QueueChanged(tuple(self._items), stuck, self._asker.undecided)

    def add(self, text: str, attachments: Sequence[AttachmentPart] = ()) -> None:
        """Let one more question wait. Raises ValueError for a blank text without files."""
        question = _question(text, attachments)
        self._items.append(Queued(next(self._ids), question))
        self._changed()
        # The reply may have ended in the meantime.
        self._go_on()

    def change(self, id: int, text: str, attachments: Sequence[AttachmentPart] = ()) -> None:
        """Write a waiting question anew. Raises as :meth:`add`, KeyError if it does not wait."""
        index = self._index(id)
        self._items[index] = replace(self._items[index], question=_question(text, attachments))
        self._changed()

    def remove(self, id: int) -> int:
        """Take a question out; returns its place, for :meth:`put_back`. Raises KeyError."""
        index = self._index(id)
        del self._items[index]
        if self._held == id:
            self._held = None
        self._changed()
        self._go_on()
        return index

    def put_back(self, index: int, item: Queued) -> None:
        """Let a question wait again at the place that it had."""
        self._items.insert(index, item)
        self._changed()

    def move(self, id: int, index: int) -> None:
        """Let a question wait at another place. Raises KeyError if it does not wait."""
        item = self._items.pop(self._index(id))
        self._items.insert(max(index, 0), item)
        self._changed()

    def hold(self, id: int) -> None:
        """Send neither this question nor those behind it until :meth:`release`."""
        self._held = id

    def release(self) -> None:
        """Go on where a held question was in the way."""
        self._held = None
        self._go_on()

    def send_now(self) -> None:
        """Send the next question though the last reply did not end well, unless one runs."""
        self._due = True
        self._go_on()

    def reply_began(self) -> None:
        """What was in the way is past: the end of this reply decides."""
        self._due = False
        self._tell_if_any()

    def reply_ended(self, *, well: bool) -> None:
        """Go on, or wait for the user."""
        self._due = well
        self._go_on()
        self._tell_if_any()

    def reply_dropped(self) -> None:
        """One has ended that nobody goes on with, or not yet: another decides, or has decided."""
        self._go_on()
        self._tell_if_any()

    def _go_on(self) -> None:
        next_one = self._items[0] if self._items else None
        if next_one is None or self._asker.busy or not self._due or next_one.id == self._held:
            return
        del self._items[0]
        question = next_one.question
        # First: what is saved last must not be that it waits no longer.
        self._asker.send(question.text, question.attachments)
        self._changed()

    def _index(self, id: int) -> int:
        for index, item in enumerate(self._items):
            if item.id == id:
                return index
        raise KeyError(id)

    def _changed(self) -> None:
        self._save(tuple(item.question for item in self._items))
        self._tell(self.state)

    def _tell_if_any(self) -> None:
        if self._items:
            self._tell(self.state)


def _question(text: str, attachments: Sequence[AttachmentPart]) -> Draft:
    if not text.strip() and not attachments:
        raise ValueError("nothing to send")
    return Draft(text, tuple(attachments))
