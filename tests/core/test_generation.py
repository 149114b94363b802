# SPDX-License-Identifier: MIT
from __future__ import annotations

from typing import get_args

import pytest

from chatglm_desktop.core.generation import (
    Abilities,
    Generation,
    OptionName,
    problems,
    supported,
)

ALL: frozenset[OptionName] = frozenset(get_args(OptionName))
GLM = Abilities(ALL, temperature_most=1.0, stops_most=1, tokens_most=100, efforts=("low", "max"))


def test_own_choices_win_over_the_defaults() -> None:
    defaults = Generation("Be brief.", temperature=0.5, web_search=True)
    own = Generation(temperature=0.0, web_search=False, stop=())
    assert own.over(defaults) == Generation("Be brief.", temperature=0.0, web_search=False, stop=())


def test_only_what_the_service_takes_is_sent() -> None:
    everything = Generation("S", 0.1, 0.9, 5, "on", "low", True, ("x",))
    assert supported(everything, Abilities(frozenset({"top_p"}))) == Generation(top_p=0.9)
    assert supported(everything, GLM) == everything


@pytest.mark.parametrize(
    ("generation", "option", "most"),
    [
        (Generation(temperature=1.01), "temperature", 1.0),
        (Generation(temperature=-0.1), "temperature", 1.0),
        (Generation(top_p=0.0), "top_p", 1),
        (Generation(top_p=1.1), "top_p", 1),
        (Generation(max_tokens=0), "max_tokens", 100),
        (Generation(max_tokens=101), "max_tokens", 100),
        (Generation(stop=("a", "b")), "stop", 1),
        (Generation(effort="high"), "effort", 0),
    ],
)
def test_what_a_service_would_refuse_is_told_before(
    generation: Generation, option: OptionName, most: float
) -> None:
    (problem,) = problems(generation, GLM)
    assert (problem.option, problem.most) == (option, most)
    assert problem.words.format(most=most).endswith(".")


def test_a_model_that_always_thinks_cannot_be_told_not_to() -> None:
    always = Abilities(ALL, thinking_can_stop=False)
    assert [p.option for p in problems(Generation(thinking="off"), always)] == ["thinking"]
    assert problems(Generation(thinking="on"), always) == ()


def test_good_values_and_values_that_are_not_sent_are_no_problem() -> None:
    good = Generation("S", 1.0, 1.0, 100, "off", "max", True, ("x",))
    assert problems(good, GLM) == ()
    assert problems(Generation(temperature=9.0), Abilities()) == ()
    assert problems(Generation(max_tokens=9_999_999), Abilities(ALL)) == ()
