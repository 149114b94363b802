# SPDX-License-Identifier: MIT
"""The menu of a tab; knows what can be done, not how."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from chatglm_desktop.gui.strings import tr

TabVerb: TypeAlias = Literal[
    "reopen",
    "duplicate",
    "rename",
    "export",
    "pin",
    "split",
    "beside",
    "swap",
    "other_half",
    "window",
    "close",
    "close_others",
    "close_right",
    "all_tabs",
    "tab_menu",
]
"""What the user can do with a tab, or with all of them."""


@dataclass(frozen=True, slots=True)
class TabFacts:
    """What a menu needs to know: how the tab is, and which verbs have something to do.

    ``keys`` are shown beside the words, as the system writes them.
    """

    pinned: bool
    in_window: bool
    split: bool
    saved: bool
    alone: bool
    others: int
    to_the_right: int
    closed: int
    keys: dict[TabVerb, str]


class TabMenu(QMenu):
    """Emits ``chosen(verb)``; is gone when it closes."""

    chosen = Signal(str)

    def __init__(self, facts: TabFacts, parent: QWidget) -> None:
        super().__init__(parent)
        self._facts = facts
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add("duplicate", tr("Duplicate"), enabled=facts.saved)
        self._add("rename", tr("Rename"), enabled=facts.saved)
        self._add("export", tr("Export…"), enabled=facts.saved)
        if not facts.in_window:
            self._add("pin", tr("Unpin") if facts.pinned else tr("Pin"))
        self.addSeparator()
        if facts.split and not facts.in_window:
            self._add("split", tr("End the split view"))
            self._add("swap", tr("Swap the halves"))
        else:
            self._add("beside", tr("Open beside"), enabled=not facts.alone)
        self._add("window", tr("Back to the tabs") if facts.in_window else tr("Open in a window"))
        self.addSeparator()
        self._add("close", tr("Close"))
        if not facts.in_window:
            self._add("close_others", tr("Close the others"), enabled=facts.others > 0)
            self._add("close_right", tr("Close those to the right"), enabled=facts.to_the_right > 0)
        self.addSeparator()
        self._add("reopen", tr("Open the closed tab again"), enabled=facts.closed > 0)

    def _add(self, verb: TabVerb, text: str, *, enabled: bool = True) -> None:
        key = self._facts.keys.get(verb)
        action = self.addAction(f"{text}\t{key}" if key else text)
        action.setEnabled(enabled)
        action.triggered.connect(partial(self.chosen.emit, verb))
