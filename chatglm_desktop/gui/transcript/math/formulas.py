# SPDX-License-Identifier: MIT
"""Formulas that were typeset, and a thread that typesets those asked for; knows no rows."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock, Thread, current_thread
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtGui import QFont

from chatglm_desktop.gui.transcript.math.formula import Formula, Unreadable

if TYPE_CHECKING:
    from chatglm_desktop.gui.transcript.math.renderer import Renderer

_Key: TypeAlias = tuple[str, bool]

KEPT = 512
"""Formulas that are kept, those used last."""
WAITING = 64
"""Formulas that may wait; more are not in view at once, and those asked for last come first."""

# The library keeps its glyphs in one place, without regard to threads.
_LIBRARY = Lock()


class Formulas:
    """Typesets in a thread, as the import takes 0.3 s and a formula some milliseconds.

    ``text`` is the font for what a formula has in words. ``arrived`` counts what was typeset.
    """

    def __init__(self, text: QFont, kept: int = KEPT) -> None:
        self.text = text
        self._kept = kept
        self.arrived = 0
        self._known: OrderedDict[_Key, Formula | Unreadable] = OrderedDict()
        self._waiting: OrderedDict[_Key, None] = OrderedDict()
        self._worker: Thread | None = None
        self._lock = Lock()
        self._renderer: Renderer | None = None

    def get(self, tex: str, *, display: bool) -> Formula | Unreadable | None:
        """A formula; None while it is being typeset, which this call begins."""
        key = (tex, display)
        with self._lock:
            found = self._known.get(key)
            if found is not None:
                self._known.move_to_end(key)
                return found
            self._waiting[key] = None
            self._waiting.move_to_end(key)
            if len(self._waiting) > WAITING:
                self._waiting.popitem(last=False)
            if self._worker is None:
                self._worker = Thread(target=self._work, name="formulas")
                self._worker.start()
            return None

    def typeset(self, tex: str, *, display: bool) -> Formula | Unreadable:
        """A formula, typeset in this call if need be, for threads that may wait."""
        key = (tex, display)
        with self._lock:
            found = self._known.get(key)
        if found is None:
            with _LIBRARY:
                found = self._own_renderer().render(tex, display=display)
            self._keep(key, found)
        return found

    def stop(self) -> None:
        """Typeset no more than the formula that is in work; nobody looks any longer."""
        with self._lock:
            self._waiting.clear()

    def _work(self) -> None:
        try:
            self._typeset()
        finally:
            # After a bug as well, so that other formulas get another thread.
            with self._lock:
                if self._worker is current_thread():
                    self._worker = None

    def _typeset(self) -> None:
        with _LIBRARY:
            renderer = self._own_renderer()
            while (key := self._next()) is not None:
                tex, display = key
                self._keep(key, renderer.render(tex, display=display))

    def _own_renderer(self) -> Renderer:
        """Made when it is first needed; only to be used while the library is locked."""
        from chatglm_desktop.gui.transcript.math.renderer import Renderer

        self._renderer = self._renderer or Renderer(self.text)
        return self._renderer

    def _next(self) -> _Key | None:
        with self._lock:
            if not self._waiting:
                self._worker = None
                return None
            return next(reversed(self._waiting))

    def _keep(self, key: _Key, formula: Formula | Unreadable) -> None:
        with self._lock:
            self._waiting.pop(key, None)
            self._known[key] = formula
            if len(self._known) > self._kept:
                self._known.popitem(last=False)
            self.arrived += 1
