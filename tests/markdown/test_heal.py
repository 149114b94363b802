# SPDX-License-Identifier: MIT
"""Half-open marks at the end of unfinished text are closed or left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.markdown.heal import heal
from chatglm_desktop.markdown.inline import parse_inline
from chatglm_desktop.markdown.plain import plain_text


@pytest.mark.parametrize(
    ("inline", "healed"),
    [
        ("", ""),
        ("plain", "plain"),
        ("**a", "**a**"),
        ("**a ", "**a**"),
        ("**a *b", "**a *b***"),
        ("**a *b*", "**a *b***"),
        ("**a*", "**a**"),
        ("***a", "***a***"),
        ("**a*b", "**a*b***"),
        ("~~a", "~~a~~"),
        ("~~a~", "~~a~~"),
        ("a ~", "a"),
        ("1~2", "1~2"),
        ("_a", "_a_"),
        ("a **", "a"),
        ("**`", ""),
        ("**a** b", "**a** b"),
        ("*a **b", "*a **b***"),
        ("*a** b", "*a** b*"),
        ("a * b", "a * b"),
        ("snake_case", "snake_case"),
        ("`a", "`a`"),
        ("`", ""),
        ("``a`", "``a``"),
        ("`a` `` b ` c", "`a` `` b ` c``"),
        ("`**` a", "`**` a"),
        ("\\**a", "\\**a*"),
        ("a\\", "a"),
        ("[a", "a"),
        ("[a]", "a"),
        ("[a](http://b", "a"),
        ("![a](http://b", "a"),
        ("**[a](http", "**a**"),
        ("[a] b", "[a] b"),
        ("[a](http://b) c", "[a](http://b) c"),
        ("see <https://a", "see https://a"),
        ("a <", "a"),
        ("a [", "a"),
    ],
)
def test_the_end_is_healed(inline: str, healed: str) -> None:
    assert heal(inline) == healed


_FORMATTED = st.lists(
    st.sampled_from(
        ["**bold**", "*it*", "`code`", "[link](https://a.b)", "~~s~~", "**a *b* c**", "plain", "文"]
    ),
    min_size=1,
    max_size=5,
).map(" ".join)


@given(_FORMATTED, st.data())
def test_no_cut_shows_raw_marks_or_loses_text(inline: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(inline)))
    shown = plain_text(parse_inline(heal(inline[:cut]), {}))
    whole = plain_text(parse_inline(inline, {}))
    assert not set(shown) & set("*`~[]()")
    assert whole.startswith(shown.rstrip())


@given(_FORMATTED)
def test_finished_text_is_left_alone(inline: str) -> None:
    assert heal(inline) == inline


@given(st.text(alphabet="*_~`[]()!<\\ a文\n", max_size=30))
def test_letters_are_never_lost(inline: str) -> None:
    healed = heal(inline)
    if "]" not in inline:
        assert healed.count("a") == inline.count("a")
    parse_inline(healed, {})
