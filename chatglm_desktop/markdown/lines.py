# SPDX-License-Identifier: MIT
"""Views of lines, or of what is made of them, that share one growing list; knows no Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, Self, TypeVar, overload

T = TypeVar("T")


class Growing(Sequence[T], Generic[T]):
    """Entries ``first`` to ``end`` of ``store``, then ``last`` unless it is None.

    The owner of ``store`` may append to it and must change nothing else, so a view never
    changes. It equals any view or tuple with the same content.
    """

    __slots__ = ("_end", "_first", "_last", "_store")

    def __init__(self, store: list[T], first: int, end: int, last: T | None = None) -> None:
        self._store = store
        self._first = first
        self._end = end
        self._last = last

    def __len__(self) -> int:
        return self._end - self._first + (self._last is not None)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        if isinstance(index, slice):
            start, end, step = index.indices(len(self))
            if step != 1:
                return tuple(self[place] for place in range(start, end, step))
            found = self._store[self._first + start : self._first + min(end, self.finished)]
            if self._last is not None and start <= self.finished < end:
                found.append(self._last)
            return tuple(found)
        place = range(len(self))[index]
        if self._last is not None and place == self._end - self._first:
            return self._last
        return self._store[self._first + place]

    @property
    def finished(self) -> int:
        """How many entries, from the first one on, cannot change any more."""
        return self._end - self._first

    def extends(self, earlier: Self) -> bool:
        """Whether this is ``earlier`` with more entries; the last one may be another."""
        return (
            self._store is earlier._store
            and self._first == earlier._first
            and self._end >= earlier._end
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self[:]!r})"

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Growing | tuple):
            return self[:] == other[:]
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self[:])


class Lines(Growing[str]):
    """Lines as one text; equals any view or text with the same content."""

    __slots__ = ()

    def __str__(self) -> str:
        lines = self._store[self._first : self._end]
        if self._last is not None:
            lines.append(self._last)
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"Lines({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Lines | str):
            return str(self) == str(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(str(self))
