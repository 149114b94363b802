# SPDX-License-Identifier: MIT
from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.chat.importing.tree import in_order

ids = st.sampled_from("abcdefgh")
claims = st.dictionaries(ids, st.none() | ids | st.just("nowhere"))


@given(claims)
def test_whatever_is_claimed_becomes_a_tree_with_parents_first(
    parents: dict[str, str | None],
) -> None:
    ordered = in_order(parents)
    assert ordered.keys() == parents.keys()
    seen: set[str | None] = {None}
    for id, parent in ordered.items():
        assert parent in seen
        assert parent is None or parent == parents[id]
        seen.add(id)


def test_children_stand_in_the_order_in_which_they_were_given() -> None:
    parents = {"a": None, "c": "a", "b": "a", "d": "c"}
    assert list(in_order(parents)) == ["a", "c", "d", "b"]


def test_what_hangs_on_a_circle_keeps_its_parent() -> None:
    assert in_order({"tail": "a", "a": "a"}) == {"a": None, "tail": "a"}
    assert in_order({"tail": "a", "a": "b", "b": "a"}) == {"a": None, "tail": "a", "b": "a"}


def test_a_chain_may_be_as_long_as_it_likes() -> None:
    parents = {str(n): str(n - 1) if n else None for n in range(100_000)}
    assert in_order(parents) == parents
