# SPDX-License-Identifier: MIT
"""The options in force: whoever changes one tells everybody; knows no file and no window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

from chatglm_desktop.core.events import Signal
from chatglm_desktop.settings.options import Options


class Preferences:
    """Emits ``changed`` with the names of the options that have another value now.

    ``keep`` is called with the new options after each change, to save them.
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

    def reset(self, *names: str) -> None:
        """Give options their first values again; all of them without ``names``."""
        fresh = Options()
        chosen = names or tuple(field.name for field in fields(Options))
        self.change(**{name: getattr(fresh, name) for name in chosen})

    def _put(self, options: Options) -> None:
        names = (field.name for field in fields(Options))
        before = self._options
        changed = frozenset(n for n in names if getattr(before, n) != getattr(options, n))
        if changed:
            self._options = options
            self._keep(options)
            self.changed.emit(changed)
