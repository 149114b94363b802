# SPDX-License-Identifier: MIT
"""The options in force: whoever changes one tells everybody; knows no file and no window."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from typing import Any

from chatglm_desktop.core.events import Signal
from chatglm_desktop.settings.options import Options


class Preferences:
    """Emits ``changed`` with the names of the options that have another value now.

    ``keep`` is called with the new options after each change, to save them. A place is the name
    of an option, or of a part of one, such as ``network.connect``.
    """

    def __init__(self, options: Options, keep: Callable[[Options], None]) -> None:
        self.changed: Signal[frozenset[str]] = Signal()
        self._options = options
        self._keep = keep

    @property
    def options(self) -> Options:
        return self._options

    def change(self, **values: object) -> None:
        """Give options new values, all at once. Raises TypeError for a name that is none."""
        self._put(replace(self._options, **values))  # type: ignore[arg-type] # checked by callers

    def value(self, place: str) -> Any:
        """What stands at a place now. Raises AttributeError for one that is none."""
        return _at(self._options, place)

    def is_default(self, place: str) -> bool:
        """Whether a place has the value that it has before anything is chosen."""
        return bool(_at(self._options, place) == _at(Options(), place))

    def put(self, place: str, value: object) -> None:
        """Give a place another value."""
        self.put_all({place: value})

    def put_all(self, values: dict[str, object]) -> None:
        """Give places other values, all at once."""
        options = self._options
        for place, value in values.items():
            options = _with(options, place, value)
        self._put(options)

    def reset(self, places: Iterable[str]) -> dict[str, object]:
        """Give places their first values again. Returns those that differed, to put them back."""
        before = {place: self.value(place) for place in places if not self.is_default(place)}
        self.put_all({place: _at(Options(), place) for place in before})
        return before

    def _put(self, options: Options) -> None:
        names = (field.name for field in fields(Options))
        before = self._options
        changed = frozenset(n for n in names if getattr(before, n) != getattr(options, n))
        if changed:
            self._options = options
            self._keep(options)
            self.changed.emit(changed)


def _at(value: Any, place: str) -> Any:
    for name in place.split("."):
        value = getattr(value, name)
    return value


def _with(value: Any, place: str, new: object) -> Any:
    name, _, rest = place.partition(".")
    return replace(value, **{name: _with(getattr(value, name), rest, new) if rest else new})
