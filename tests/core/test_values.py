# SPDX-License-Identifier: MIT
"""Values survive the way to JSON and back; what makes no sense is named, and saved around."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.core.values import from_plain, merged, salvage, to_plain


@dataclass(frozen=True, slots=True)
class Wheel:
    name: str
    inches: int = 28
    spokes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Bicycle:
    colour: Literal["red", "blue"] = "red"
    wheels: tuple[Wheel, ...] = ()
    spare: Wheel | None = None
    bell: bool = False
    price: float = 0.0


numbers = st.floats(allow_nan=False, allow_infinity=False)
wheels = st.builds(
    Wheel, st.text(), st.integers(), st.lists(numbers, max_size=3).map(tuple[float, ...])
)
bicycles = st.builds(
    Bicycle,
    st.sampled_from(["red", "blue"]),
    st.lists(wheels, max_size=3).map(tuple[Wheel, ...]),
    st.none() | wheels,
    st.booleans(),
    numbers,
)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["colour", "wheels", "spare", "bell", "price", "name", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(bicycles)
def test_there_and_back(bicycle: Bicycle) -> None:
    values = json.loads(json.dumps(to_plain(bicycle)))
    assert from_plain(Bicycle, values) == bicycle
    assert salvage(Bicycle, values) == (bicycle, ())


def test_what_is_not_said_has_its_default_and_what_is_not_known_is_left_out() -> None:
    assert from_plain(Bicycle, {"basket": 1}) == Bicycle()
    assert from_plain(Wheel, {"name": "front", "basket": 1}) == Wheel("front")


def test_a_whole_number_is_a_number() -> None:
    price = from_plain(Bicycle, {"price": 3}).price
    assert (price, type(price)) == (3.0, float)


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ([], "this"),
        ({"colour": "green"}, "colour"),
        ({"colour": ["red"]}, "colour"),
        ({"wheels": {}}, "wheels"),
        ({"wheels": [{}]}, r"wheels\[0\].name"),
        ({"wheels": [{"name": "a"}, {"name": 3}]}, r"wheels\[1\].name"),
        ({"spare": {"name": "a", "inches": 1.5}}, "spare.inches"),
        ({"spare": {"name": "a", "inches": True}}, "spare.inches"),
        ({"spare": {"name": "a", "spokes": [1, "2"]}}, r"spare.spokes\[1\]"),
        ({"bell": 1}, "bell"),
        ({"bell": None}, "bell"),
        ({"price": "3"}, "price"),
        ({"price": True}, "price"),
        ({"price": float("nan")}, "price"),
        ({"price": float("inf")}, "price"),
        ({"price": 10**400}, "price"),
    ],
)
def test_a_value_that_the_type_does_not_allow_is_named(values: Any, place: str) -> None:
    with pytest.raises(ValueError, match=rf"^{place} cannot be"):
        from_plain(Bicycle, values)


def test_a_value_is_not_quoted() -> None:
    with pytest.raises(ValueError, match="cannot be str") as caught:
        from_plain(Bicycle, {"price": "sk-secret"})
    assert "sk-secret" not in str(caught.value)


def test_what_makes_sense_is_saved() -> None:
    values = {
        "colour": "green",
        "wheels": [{"name": "front", "inches": "big"}, {"inches": 26}, {"name": "rear"}],
        "spare": {"name": 1},
        "price": 3,
    }
    bicycle, lost = salvage(Bicycle, values)
    assert bicycle == Bicycle(wheels=(Wheel("front"), Wheel("rear")), price=3.0)
    assert lost == ("colour", "wheels[0].inches", "wheels[1]", "spare")


@given(plain)
def test_anything_is_saved_or_refused_whole(values: Any) -> None:
    try:
        bicycle, lost = salvage(Bicycle, values)
    except ValueError:
        assert not isinstance(values, dict)
    else:
        assert from_plain(Bicycle, to_plain(bicycle)) == bicycle
        if not lost:
            assert from_plain(Bicycle, values) == bicycle


def test_new_values_win_and_unknown_keys_stay() -> None:
    before = {"colour": "blue", "basket": [1], "spare": {"name": "a", "valve": "presta"}}
    new = to_plain(Bicycle(spare=Wheel("b")))
    assert merged(new, before) == {
        **new,
        "basket": [1],
        "spare": {"name": "b", "inches": 28, "spokes": [], "valve": "presta"},
    }


def test_objects_in_lists_keep_their_keys_wherever_they_stand() -> None:
    before = {"wheels": [7, {"name": "a", "valve": 1}, {"name": "b", "valve": 2}]}
    new = to_plain(Bicycle(wheels=(Wheel("b"), Wheel("c"), Wheel("a"))))
    assert [wheel.get("valve") for wheel in merged(new, before)["wheels"]] == [2, None, 1]


@given(plain, bicycles)
def test_merging_never_changes_what_is_read_back(before: Any, bicycle: Bicycle) -> None:
    assert from_plain(Bicycle, merged(to_plain(bicycle), before)) == bicycle


def test_a_set_is_a_list_in_order() -> None:
    assert to_plain((frozenset({"b", "a"}), 1)) == [["a", "b"], 1]
