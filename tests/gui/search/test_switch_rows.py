# SPDX-License-Identifier: MIT
from __future__ import annotations

from PySide6.QtCore import Qt

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.gui.actions import Command
from chatglm_desktop.gui.search.switch_rows import SwitchListModel, SwitchRole, switch_rows

WORK = Folder("f", "Work", 1.0)
COMMANDS = [Command("settings", "Settings", "Ctrl+,"), Command("about", "About", "F1")]
ONE = ConversationSummary("a", "A set of cats", 1.0, 1.0, folder_id="f")
OLD = ConversationSummary("b", "", 1.0, 1.0, archived_at=2.0)


def test_without_words_there_are_only_conversations() -> None:
    rows = switch_rows(" ", [ONE, OLD], {"f": WORK}, COMMANDS)
    assert [(row.kind, row.text, row.detail) for row in rows] == [
        ("conversation", "A set of cats", "Work"),
        ("conversation", "New conversation", "archived"),
    ]


def test_words_find_commands_too_and_lead_to_the_search() -> None:
    rows = switch_rows("SET", [ONE], {}, COMMANDS)
    assert [(row.kind, row.key) for row in rows] == [
        ("conversation", "a"),
        ("command", "settings"),
        ("search", "SET"),
    ]
    assert rows[0].marks == ((2, 5),)


def test_a_folder_leads_to_a_search_in_it() -> None:
    rows = switch_rows("wor", [], {"f": WORK}, COMMANDS)
    assert [(row.kind, row.key) for row in rows] == [("folder", "in:Work"), ("search", "wor")]


def test_rows_are_a_list() -> None:
    model = SwitchListModel()
    model.show(switch_rows("set", [ONE], {"f": WORK}, COMMANDS))
    index = model.index(0)
    assert index.data() == "A set of cats"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "A set of cats, Work"
    assert "A set of cats" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert index.data(SwitchRole.ROW).key == "a"
    assert index.data(Qt.ItemDataRole.EditRole) is None
    assert model.rowCount(index) == 0
