# SPDX-License-Identifier: MIT
from __future__ import annotations

from chatglm_desktop.core.quotes import quoted, with_quote


def test_each_line_gets_the_mark_of_a_quote() -> None:
    assert quoted("one\n\n  two\n") == "> one\n>\n>   two"
    assert quoted(" \n") == ""


def test_a_quote_comes_after_the_draft_with_room_to_write_on() -> None:
    assert with_quote("", "one") == "> one\n\n"
    assert with_quote("draft\n", "one\ntwo") == "draft\n\n> one\n> two\n\n"
    assert with_quote("draft", " ") == "draft"
