# SPDX-License-Identifier: MIT
"""The table of everything that has a key; knows what it is called, not what it does."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from chatglm_desktop.gui.strings import tr

ActionName: TypeAlias = Literal[
    "new",
    "close_tab",
    "reopen",
    "next_tab",
    "previous_tab",
    "all_tabs",
    "tab_left",
    "tab_right",
    "tab_menu",
    "duplicate",
    "pin",
    "split",
    "other_half",
    "window",
    "close_others",
    "rename",
    "undo",
    "redo",
    "toggle_sidebar",
    "focus_composer",
    "add_files",
    "copy_last_answer",
    "copy_last_code",
    "regenerate",
    "compare",
    "clear",
    "caret",
    "switch",
    "search",
    "find",
    "find_next",
    "find_previous",
    "outline",
    "next_question",
    "previous_question",
    "choose_model",
    "options",
    "zoom_in",
    "zoom_out",
    "zoom_reset",
    "settings",
    "import",
    "about",
    "export",
    "quit",
]

# Qt calls the Command key "Ctrl" on macOS, where tabs are changed with the real Control key.
_TAB_KEY = "Meta" if sys.platform == "darwin" else "Ctrl"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action; the first of its keys is the one that is shown."""

    name: ActionName
    text: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Command:
    """An action that is there: its name, what it is called, and its key as the system writes it."""

    name: ActionName
    text: str
    shortcut: str


def specs() -> tuple[ActionSpec, ...]:
    """All actions, in the order in which they are listed for the user."""
    return (
        ActionSpec("new", tr("New conversation"), ("Ctrl+T", "Ctrl+N")),
        ActionSpec("close_tab", tr("Close tab"), ("Ctrl+W",)),
        ActionSpec("reopen", tr("Open the closed tab again"), ("Ctrl+Shift+T",)),
        ActionSpec("next_tab", tr("Next tab"), (f"{_TAB_KEY}+Tab", "Ctrl+PgDown")),
        ActionSpec(
            "previous_tab",
            tr("Previous tab"),
            (f"{_TAB_KEY}+Shift+Tab", f"{_TAB_KEY}+Shift+Backtab", "Ctrl+PgUp"),
        ),
        ActionSpec("all_tabs", tr("All tabs"), ("Ctrl+Shift+L",)),
        ActionSpec("tab_left", tr("Move the tab to the left"), ("Ctrl+Shift+PgUp",)),
        ActionSpec("tab_right", tr("Move the tab to the right"), ("Ctrl+Shift+PgDown",)),
        ActionSpec("tab_menu", tr("Menu of the tab"), ("Ctrl+F10",)),
        ActionSpec("duplicate", tr("Duplicate the conversation"), ("Ctrl+Shift+D",)),
        ActionSpec("pin", tr("Pin or unpin the tab"), ("Ctrl+Shift+K",)),
        ActionSpec("split", tr("Split view of two"), ("Ctrl+\\",)),
        ActionSpec("other_half", tr("Go to the other half"), ("F6",)),
        ActionSpec("window", tr("Window of its own, or back"), ("Ctrl+Shift+N",)),
        ActionSpec("close_others", tr("Close the other tabs"), ("Ctrl+Alt+W",)),
        ActionSpec("rename", tr("Rename the conversation"), ("F2",)),
        ActionSpec("undo", tr("Undo in the library"), ("Ctrl+Z",)),
        ActionSpec("redo", tr("Redo in the library"), ("Ctrl+Shift+Z", "Ctrl+Y")),
        ActionSpec("toggle_sidebar", tr("Show or hide the sidebar"), ("Ctrl+B",)),
        ActionSpec("focus_composer", tr("Go to the message field"), ("Ctrl+L",)),
        ActionSpec("add_files", tr("Add files"), ("Ctrl+Shift+A",)),
        ActionSpec("copy_last_answer", tr("Copy the last answer"), ("Ctrl+Shift+C",)),
        ActionSpec("copy_last_code", tr("Copy the last block of code"), ("Ctrl+Shift+;",)),
        ActionSpec("regenerate", tr("Ask for the last answer again"), ("Ctrl+R",)),
        ActionSpec("compare", tr("Compare models"), ("Ctrl+Alt+Return",)),
        ActionSpec("clear", tr("Clear the conversation"), ("Ctrl+Shift+Backspace",)),
        ActionSpec("caret", tr("Move through the text with a caret"), ("F7",)),
        ActionSpec("switch", tr("Go to a conversation"), ("Ctrl+K",)),
        ActionSpec("search", tr("Search in all conversations"), ("Ctrl+Shift+F",)),
        ActionSpec("find", tr("Find in this conversation"), ("Ctrl+F",)),
        ActionSpec("find_next", tr("Next match"), ("F3", "Ctrl+G")),
        ActionSpec("find_previous", tr("Previous match"), ("Shift+F3", "Ctrl+Shift+G")),
        ActionSpec("outline", tr("Go to a question"), ("Ctrl+Shift+O",)),
        ActionSpec("previous_question", tr("Previous question"), ("Alt+Up",)),
        ActionSpec("next_question", tr("Next question"), ("Alt+Down",)),
        ActionSpec("choose_model", tr("Choose a model"), ("Ctrl+Shift+M",)),
        ActionSpec("options", tr("Options of this conversation"), ("Ctrl+Shift+P",)),
        ActionSpec("zoom_in", tr("Larger"), ("Ctrl+=", "Ctrl++")),
        ActionSpec("zoom_out", tr("Smaller"), ("Ctrl+-",)),
        ActionSpec("zoom_reset", tr("Usual size"), ("Ctrl+0",)),
        ActionSpec("export", tr("Export…"), ("Ctrl+E",)),
        ActionSpec("settings", tr("Settings"), ("Ctrl+,",)),
        ActionSpec("import", tr("Import conversations"), ("Ctrl+Shift+I",)),
        ActionSpec("about", tr("About and shortcuts"), ("F1",)),
        ActionSpec("quit", tr("Quit"), ("Ctrl+Q",)),
    )


def build_actions(window: QWidget) -> dict[ActionName, QAction]:
    """Make the actions and give them to ``window``; the caller connects them."""
    actions: dict[ActionName, QAction] = {}
    for spec in specs():
        action = QAction(spec.text, window)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        window.addAction(action)
        actions[spec.name] = action
    return actions


def build_number_actions(window: QWidget) -> list[QAction]:
    """Ctrl+1 to Ctrl+9, in this order."""
    actions = []
    for number in range(1, 10):
        action = QAction(window)
        action.setShortcut(QKeySequence(f"Ctrl+{number}"))
        window.addAction(action)
        actions.append(action)
    return actions


def shown_shortcuts(actions: Iterable[QAction]) -> list[tuple[str, str]]:
    """Name and first key of each, as the system writes them."""
    form = QKeySequence.SequenceFormat.NativeText
    return [(action.text(), action.shortcut().toString(form)) for action in actions]
