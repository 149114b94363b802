# SPDX-License-Identifier: MIT
from __future__ import annotations

from chatglm_desktop.core.draft import Draft
from chatglm_desktop.gui.workspace.drafts import Drafts


def test_each_change_is_written_once() -> None:
    written: list[tuple[str, Draft]] = []
    drafts = Drafts(lambda id, text: written.append((id, text)))
    drafts.note("a", Draft("x"))
    drafts.note("a", Draft("xy"))
    drafts.note("b", Draft(""))
    drafts.save()
    drafts.note("b", Draft())
    drafts.save()
    assert written == [("a", Draft("xy")), ("b", Draft())]


def test_what_was_saved_yields_to_what_was_written_since() -> None:
    drafts = Drafts(lambda id, text: None)
    drafts.note("a", Draft("new"))
    drafts.take({"a": Draft("old"), "b": Draft("kept")})
    assert [drafts.draft(id).text for id in "abc"] == ["new", "kept", ""]
