# SPDX-License-Identifier: MIT
"""The files of the next message, read or still being read; reads none and shows none."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from chatglm_desktop.core.attachments import MOST_FILES, Look, Refusal, file_kind, judge
from chatglm_desktop.core.generation import Abilities
from chatglm_desktop.core.messages import AttachmentPart
from chatglm_desktop.gui.attaching.sources import Source, StoredSource


@dataclass(frozen=True, slots=True)
class ShelfItem:
    """A file: ``look`` is None while it is read, of which ``share`` is done if that is known.

    ``part`` is there as soon as the file is kept; ``refusal`` is why it cannot be sent.
    """

    id: int
    name: str
    part: AttachmentPart | None = None
    look: Look | None = None
    share: float | None = None
    refusal: Refusal | None = None

    @property
    def busy(self) -> bool:
        return self.look is None and self.refusal is None

    @property
    def readable(self) -> bool:
        """Whether it is a text, which can be looked at."""
        return self.part is not None and not self.busy and file_kind(self.part) == "text"


class Shelf(QObject):
    """Emits ``wanted(id, source)`` for a file that is to be read, ``unwanted(id)``, ``changed()``.

    Whoever reads calls :meth:`take` or :meth:`refuse`. ``text_wanted(id)`` asks for what is
    written in a text file, which comes as ``text_given(id, text)``. ``overflowed()`` is emitted
    when more files are given than go along with one message.
    """

    wanted = Signal(int, object)
    unwanted = Signal(int)
    changed = Signal()
    overflowed = Signal()
    text_wanted = Signal(int)
    text_given = Signal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[ShelfItem] = []
        self._aside: list[ShelfItem] = []
        self._abilities: Abilities | None = None
        self._ids = itertools.count(1)

    @property
    def items(self) -> tuple[ShelfItem, ...]:
        return tuple(self._items)

    @property
    def parts(self) -> tuple[AttachmentPart, ...]:
        """The files that are kept, also those that this model does not take."""
        return _parts(self._items)

    @property
    def parts_aside(self) -> tuple[AttachmentPart, ...]:
        """Those that wait until an earlier message is edited."""
        return _parts(self._aside)

    @property
    def busy(self) -> bool:
        """Whether a file is still being read."""
        return any(item.busy for item in self._items)

    @property
    def refused(self) -> ShelfItem | None:
        """The first file that cannot be sent."""
        return next((item for item in self._items if item.refusal), None)

    def set_abilities(self, abilities: Abilities) -> None:
        """Judge all files by what a model takes; until this is called every model takes all."""
        self._abilities = abilities
        self._items = list(map(self._judged, self._items))
        self.changed.emit()

    def add(self, sources: Sequence[Source]) -> None:
        """Take more files, as many as go along."""
        room = max(MOST_FILES - len(self._items), 0)
        added = [(ShelfItem(next(self._ids), source.name), source) for source in sources[:room]]
        self._items += [_stored(item, source) for item, source in added]
        self.changed.emit()
        for item, source in added:
            self.wanted.emit(item.id, source)
        if len(sources) > room:
            self.overflowed.emit()

    def restore(self, parts: Iterable[AttachmentPart]) -> None:
        """Take the files of a draft or an earlier message in place of all there are."""
        self.clear()
        self.add([StoredSource(part) for part in parts])

    def item(self, id: int) -> ShelfItem | None:
        """A file of the message, if it is one."""
        return next((item for item in self._items if item.id == id), None)

    def remove(self, id: int) -> None:
        items = self._beside(id)
        items[:] = [item for item in items if item.id != id]
        self.unwanted.emit(id)
        self.changed.emit()

    def clear(self) -> None:
        for item in self._items:
            self.unwanted.emit(item.id)
        self._items = []
        self.changed.emit()

    def set_aside(self) -> None:
        """Let all files wait until :meth:`bring_back`."""
        self._aside, self._items = self._items, []
        self.changed.emit()

    def bring_back(self) -> None:
        self.clear()
        self._items, self._aside = self._aside, []
        self._items = list(map(self._judged, self._items))
        self.changed.emit()

    def progress(self, id: int, share: float) -> None:
        self._replace(id, share=share)

    def take(self, id: int, part: AttachmentPart, look: Look) -> None:
        """A file was read; one that is there already is not taken twice."""
        others = (item.part for item in self._beside(id) if item.id != id)
        if part in others:
            self.remove(id)
        else:
            self._replace(id, name=part.name, part=part, look=look, share=None)

    def refuse(self, id: int, refusal: Refusal) -> None:
        """A file that cannot be sent to anybody."""
        self._replace(id, refusal=refusal, look=None)

    def _replace(self, id: int, **values: object) -> None:
        items = self._beside(id)
        for index, item in enumerate(items):
            if item.id == id:
                changed = replace(item, **values)  # type: ignore[arg-type] # its own fields
                items[index] = self._judged(changed)
        self.changed.emit()

    def _beside(self, id: int) -> list[ShelfItem]:
        """The files among which one is: those of the message, or those that wait."""
        return self._aside if any(item.id == id for item in self._aside) else self._items

    def _judged(self, item: ShelfItem) -> ShelfItem:
        if item.part is None or item.look is None:
            return item
        abilities = self._abilities
        refusal = judge(item.part, item.look, abilities) if abilities else item.look.refusal
        return replace(item, refusal=refusal)


def _stored(item: ShelfItem, source: Source) -> ShelfItem:
    return replace(item, part=source.part) if isinstance(source, StoredSource) else item


def _parts(items: Iterable[ShelfItem]) -> tuple[AttachmentPart, ...]:
    return tuple(item.part for item in items if item.part is not None)
