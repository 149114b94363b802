# SPDX-License-Identifier: MIT
"""What was searched for is marked, whatever its case and accents; all else stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.core.fold import fold
from chatglm_desktop.gui.settings.marked_label import MarkedLabel, found
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import DARK, LIGHT


@pytest.mark.parametrize(
    ("text", "words", "spans"),
    [
        ("Proxy", (), ()),
        ("Proxy", ("x",), ((3, 4),)),
        ("Proxy of the PROXY", ("proxy",), ((0, 5), (13, 18))),
        ("proxies", ("prox", "oxi"), ((0, 5),)),
        ("aaa", ("aa",), ((0, 3),)),
        ("Größe", ("gross",), ((0, 4),)),
        ("Größe", ("o",), ((2, 3),)),
        ("代理地址", ("代理",), ((0, 2),)),
        ("Proxy", ("z",), ()),
    ],
)
def test_words_are_found(
    text: str, words: tuple[str, ...], spans: tuple[tuple[int, int], ...]
) -> None:
    assert found(text, words) == spans


@given(st.text(max_size=12), st.lists(st.text("abßé代 ", min_size=1, max_size=3), max_size=3))
def test_marks_stand_in_order_and_hold_what_was_searched_for(text: str, typed: list[str]) -> None:
    words = tuple(word for word in (fold(typed_word) for typed_word in typed) if word)
    spans = found(text, words)
    assert list(spans) == sorted(spans)
    assert all(begin < end for begin, end in spans)
    assert all(any(fold(text[b:e]).find(w) >= 0 for w in words) for b, e in spans)


def test_what_looks_like_html_is_text(themes: ThemeManager) -> None:
    label = MarkedLabel(themes, "<b>bold</b> & more")
    assert label.text() == "<b>bold</b> & more"
    label.mark(("bold",))
    assert label.text() == (
        f'&lt;b&gt;<span style="background:{LIGHT.mark}">bold</span>&lt;/b&gt; &amp; more'
    )
    assert label.accessibleName() == label.plain() == "<b>bold</b> & more"
    label.mark(())
    assert label.text() == "<b>bold</b> & more"


def test_it_has_the_colours_of_the_theme(themes: ThemeManager) -> None:
    label = MarkedLabel(themes, "text", tone="dim")
    assert LIGHT.dim in label.styleSheet()
    themes.choose("dark")
    assert DARK.dim in label.styleSheet()
    label.say("gone wrong", "bad")
    assert DARK.bad in label.styleSheet()
    assert label.plain() == "gone wrong"
