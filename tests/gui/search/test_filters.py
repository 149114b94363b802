# SPDX-License-Identifier: MIT
"""Filters stand in the text, are put there and taken out by a click, also in Chinese."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtWidgets import QApplication

from chatglm_desktop.core.search_query import parse_query
from chatglm_desktop.gui.search.filters import Filter, folder_token, holds, offered, toggled
from chatglm_desktop.gui.strings import install_language

ME, AI = (Filter("", f"from:{who}", "from") for who in ("me", "ai"))
CODE, TITLE = Filter("", "has:code"), Filter("", "title:")
ALL = (ME, AI, CODE, TITLE)


@pytest.mark.parametrize(
    ("text", "one", "then"),
    [
        ("", ME, "from:me "),
        ("cat", ME, "from:me cat"),
        ("from:me cat", ME, "cat"),
        ("from:ai cat", ME, "from:me cat"),
        ("from:ai cat", CODE, "has:code from:ai cat"),
        ("cat", TITLE, "cat title:"),
        ("title:cat", TITLE, "cat"),
    ],
)
def test_a_click_puts_a_filter_in_or_takes_it_out(text: str, one: Filter, then: str) -> None:
    assert toggled(text, one, ALL) == then


def test_a_folder_with_spaces_is_quoted() -> None:
    token = folder_token("my work")
    one = Filter("my work", token)
    assert token == 'in:"my work"'
    text = toggled("cat", one, ALL)
    assert holds(text, token)
    assert toggled(text, one, ALL) == "cat"
    assert folder_token("work") == "in:work"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_filter_that_is_offered_is_understood(qapp: QApplication, language: str) -> None:
    translators = install_language(qapp, language)  # type: ignore[arg-type] # one of the two
    try:
        for one in offered():
            token = one.token + ("x" if one.token.endswith(":") else "")
            assert not parse_query(token, datetime.now()).terms, token
        assert parse_query(folder_token("a b"), datetime.now()).folders == ("a b",)
    finally:
        for translator in translators:
            qapp.removeTranslator(translator)
