# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.core.snippets import Variable, begins, filled, query, variables

PIECES = st.lists(st.sampled_from(["{{", "}}", "{", "}", "name", "语言", " ", "\n", "a{{b}}c"]))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Translate into {{language}}: {{ text }}", ["language", "text"]),
        ("{{a}}{{a}}", ["a", "a"]),
        ("把这段话翻译成{{目标 语言}}。", ["目标 语言"]),
        ("{{}} {{ }} {x} {{a\nb}} {{{b}}}", ["b"]),
        ("no variable", []),
    ],
)
def test_finds_variables(text: str, names: list[str]) -> None:
    assert [variable.name for variable in variables(text)] == names


def test_a_variable_says_where_it_is() -> None:
    assert variables("x {{ y }} z") == (Variable("y", 2, 9),)


@given(PIECES)
def test_places_hold_their_names(pieces: list[str]) -> None:
    text = "".join(pieces)
    for variable in variables(text):
        place = text[variable.start : variable.end]
        assert place.startswith("{{")
        assert place.endswith("}}")
        assert place[2:-2].strip() == variable.name


@given(PIECES, st.text("{}xy\\", max_size=4))
def test_filling_replaces_all_variables_and_nothing_else(pieces: list[str], value: str) -> None:
    text = "".join(pieces)
    found = variables(text)
    kept, at = "", 0
    for variable in found:
        kept += text[at : variable.start] + value
        at = variable.end
    assert filled(text, {variable.name: value for variable in found}) == kept + text[at:]


def test_what_has_no_value_stays() -> None:
    assert filled("{{a}} {{b}}", {"b": "2"}) == "{{a}} 2"


@pytest.mark.parametrize("line", ["/", "／", "、"])
def test_a_slash_alone_asks_for_a_snippet(line: str) -> None:
    assert begins(line)
    assert query(line + "tr") == "tr"


@pytest.mark.parametrize("line", ["", "a", "//", " /", "a/"])
def test_anything_else_does_not(line: str) -> None:
    assert not begins(line)


def test_a_line_without_a_slash_asks_for_nothing() -> None:
    assert query("hello") is None
    assert query("") is None
