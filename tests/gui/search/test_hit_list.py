# SPDX-License-Identifier: MIT
from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from chatglm_desktop.core.messages import Role
from chatglm_desktop.core.search import Hit
from chatglm_desktop.gui.search.hit_list import (
    HitListModel,
    HitRole,
    author_of,
    labels,
    spoken,
    title_of,
)

HIT = Hit("c", "m", "Title", Role.ASSISTANT, 1.0, "words", (), "text", model="GLM")


def test_what_one_should_know_before_going_there_is_said() -> None:
    hit = replace(HIT, place="thinking", hidden=True, archived=True)
    assert labels(hit) == ["thinking", "another version", "archived"]
    assert labels(HIT) == []
    title = replace(HIT, message_id=None, place="title", role=None, title="")
    assert (title_of(title), labels(title), author_of(title)) == ("New conversation", ["title"], "")


def test_authors_are_named() -> None:
    assert author_of(HIT) == "GLM"
    assert author_of(replace(HIT, model="")) == "Answer"
    assert author_of(replace(HIT, role=Role.USER)) == "You"


def test_the_list_grows_at_its_end() -> None:
    model = HitListModel()
    model.show([HIT])
    model.add([])
    model.add([replace(HIT, message_id="n")])
    assert model.rowCount() == 2
    index = model.index(1)
    assert index.data(HitRole.HIT).message_id == "n"
    assert index.data() == "Title"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == spoken(HIT)
    assert "words" in spoken(HIT)
    assert "Title" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert index.data(Qt.ItemDataRole.EditRole) is None
    assert model.rowCount(index) == 0
