# SPDX-License-Identifier: MIT
"""Half-open marks at the end of unfinished text are closed or left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.markdown.heal import heal
from chatglm_desktop.markdown.inline import parse_inline
from chatglm_desktop.markdown.plain import plain_text
from tests.helpers.markdown_texts import many


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
        ("``a` `", "``a` ``"),
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
        ("a <br /", "a"),
        ("a <b>", "a <b>"),
        ("a [", "a"),
    ],
)
def test_the_end_is_healed(inline: str, healed: str) -> None:
    assert heal(inline) == healed


@pytest.mark.parametrize(
    ("inline", "healed"),
    [
        ("a $x^2", "a"),
        ("a $x_1 + y_1$ *b", "a $x_1 + y_1$ *b*"),
        ("a $5", "a"),
        ("a $5 an", "a $5 an"),
        ("费用$5到", "费用$5到"),
        ("a $HOME is the ", "a $HOME is the"),
        ("a $\\text{速度", "a"),
        ("a $x中", "a $x中"),
        ("US$5", "US$5"),
        ("a $$x", "a"),
        ("a \\(x *y", "a"),
        ("a \\(x*y\\) *b", "a \\(x*y\\) *b*"),
        ("a \\[x", "a"),
        ("a \\(" + "x" * 500, "a \\(" + "x" * 500),
        ("`$x", "`$x`"),
        ("**a $x", "**a**"),
        ("a【3†sou", "a"),
        ("a【turn1sea", "a"),
        ("a【3†s*】 *b", "a【3†s*】 *b*"),
        ("【注意", "【注意"),
        ("a [ref_", "a"),
        ("a [ref_id=x†t", "a"),
        ("a [ref_1]", "a [ref_1]"),
        ("a [rest", "a rest"),
        ("a[^1", "a"),
        ("a[^1]", "a[^1]"),
        ("[a **b", "a **b**"),
        ("[**a** b](http", "**a** b"),
        ("[a](http://b 'ti", "a"),
        ("[a](http://b_(c", "a"),
        ("[a](not a target", "[a](not a target"),
        ("[a](" + "x" * 500, "[a](" + "x" * 500),
        ("![a", "a"),
        ("**[a", "**a**"),
    ],
)
def test_half_open_formulas_citations_and_links_are_held_back(inline: str, healed: str) -> None:
    assert heal(inline) == healed


_PIECES = (
    "**bold**",
    "*it*",
    "`code`",
    "``a ` b``",
    "[link](https://a.b)",
    "~~s~~",
    "**a *b* c**",
    "plain",
    "文",
    "**重点：**这是",
    "[**b** c](https://a.b/c_d_e)",
    "![alt](https://a.b/c.png 'title')",
    "$x^2$",
    "$a_1*b_2$",
    "\\(a_b*c\\)",
    "\\[x\\]",
    "$$y_1$$",
    "【3†source】",
    "【turn1search2】",
    "[ref_1]",
    "[^1]",
    "https://a.b/c",
    "[ref_id=a1†title†https://a.b]",
)
_FORMATTED = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=5)


def shown(inline: str) -> str:
    return plain_text(parse_inline(inline, {"^1": ""}))


@given(_FORMATTED, st.data())
@settings(max_examples=many(300), deadline=None)
def test_no_cut_shows_raw_marks_or_loses_text(pieces: list[str], data: st.DataObject) -> None:
    inline = " ".join(pieces)
    cut = data.draw(st.integers(0, len(inline)))
    healed = heal(inline[:cut])
    text = shown(healed)
    assert not set(text) & set("*~[]()$【】†\\")
    assert shown(inline).startswith(text.rstrip())
    assert heal(healed) == healed
    # Only the piece at the end may be held back.
    complete = inline[:cut].split(" ")[: len(pieces)]
    count = next(
        (n for n, (a, b) in enumerate(zip(complete, pieces, strict=False)) if a != b),
        len(complete),
    )
    assert text.startswith(shown(" ".join(pieces[:count])))


@given(_FORMATTED)
def test_finished_text_is_left_alone(pieces: list[str]) -> None:
    assert heal(" ".join(pieces)) == " ".join(pieces)


@given(st.text(alphabet="*_~`[]()!<\\ a文\n", max_size=30))
@settings(max_examples=many(100), deadline=None)
def test_letters_are_never_lost(inline: str) -> None:
    healed = heal(inline)
    if "]" not in inline and "\\" not in inline:
        assert healed.count("a") == inline.count("a")
    parse_inline(healed, {})


@given(st.text(alphabet="*_`[]()^$【】†\\ 1a文\n", max_size=30))
@settings(max_examples=many(100), deadline=None)
def test_what_is_held_back_is_short(inline: str) -> None:
    following = "z" * 450
    assert following in heal(inline + following)
