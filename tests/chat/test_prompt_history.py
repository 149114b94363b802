# SPDX-License-Identifier: MIT
"""Earlier questions one after the other, and back to what was being written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.chat.prompt_history import PromptHistory

ASKED = ("newest", "middle", "oldest")


def begun(asked: tuple[str, ...] = ASKED) -> PromptHistory:
    history = PromptHistory()
    history.begin(asked)
    return history


def test_up_to_the_oldest_and_down_to_what_is_not_sent() -> None:
    history = begun()
    text = "draft"
    for expected in ASKED:
        text = history.step(text, back=True) or ""
        assert text == expected
    assert history.step(text, back=True) is None
    for expected in ("middle", "newest", "draft"):
        text = history.step(text, back=False) or ""
        assert text == expected
    assert history.at_bottom
    assert history.step(text, back=False) is None


def test_what_is_changed_on_the_way_stays_changed() -> None:
    history = begun()
    history.step("draft", back=True)
    assert history.step("newest, changed", back=True) == "middle"
    assert history.step("middle", back=False) == "newest, changed"
    assert history.step("newest, changed", back=False) == "draft"


def test_only_what_was_looked_at_is_not_worth_keeping() -> None:
    history = begun()
    assert history.unsent("draft") == "draft"
    history.step("draft", back=True)
    assert history.unsent("newest") == "draft"
    assert history.unsent("newest, changed") == "newest, changed"
    history.reset()
    assert history.unsent("newest") == "newest"


def test_the_text_that_is_there_already_is_no_step() -> None:
    history = begun()
    assert history.step("newest", back=True) == "middle"
    assert history.step("middle", back=False) == "newest"
    assert begun(("one",)).step("one", back=True) is None
    assert begun(()).step("draft", back=True) is None


@given(st.lists(st.text(), max_size=5), st.text(), st.lists(st.booleans(), max_size=30))
def test_the_draft_is_found_again_whatever_the_way(
    asked: list[str], draft: str, ways: list[bool]
) -> None:
    history = begun(tuple(asked))
    text = draft
    for back in ways:
        if (there := history.step(text, back=back)) is not None:
            text = there
        assert history.unsent(text) == draft
    for _ in asked:
        if (there := history.step(text, back=False)) is not None:
            text = there
    assert text == draft
