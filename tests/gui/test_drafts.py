# SPDX-License-Identifier: MIT
from __future__ import annotations

from chatglm_desktop.gui.drafts import Drafts


def test_each_change_is_written_once() -> None:
    written: list[tuple[str, str]] = []
    drafts = Drafts(lambda id, text: written.append((id, text)))
    drafts.note("a", "x")
    drafts.note("a", "xy")
    drafts.note("b", "")
    drafts.save()
    drafts.save()
    assert written == [("a", "xy"), ("b", "")]


def test_what_was_saved_yields_to_what_was_written_since() -> None:
    drafts = Drafts(lambda id, text: None)
    drafts.note("a", "new")
    drafts.take({"a": "old", "b": "kept"})
    assert [drafts.text(id) for id in "abc"] == ["new", "kept", ""]
