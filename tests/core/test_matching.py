# SPDX-License-Identifier: MIT
from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.core.matching import matching, rank

NAMES = st.lists(st.text("abA é中", max_size=6), max_size=8)


def test_the_best_name_comes_first() -> None:
    names = ["Retranslate", "To translate", "Translate", "Other"]
    assert matching(names, "TRANS") == (2, 1, 0)
    assert matching(names, "") == (0, 1, 2, 3)
    assert matching(["Résumé", "总结"], "resume") == (0,)
    assert matching(["翻译成英文", "英文润色"], "英文") == (1, 0)
    assert matching(["Explain the code"], "code exp") == (0,)


@given(NAMES, st.text("abA é中", max_size=3))
def test_every_name_with_all_words_is_found_once(names: list[str], typed: str) -> None:
    found = matching(names, typed)
    assert len(set(found)) == len(found)
    longer = matching(names, typed + "a")
    assert set(longer) <= set(found)


def test_words_may_be_in_several_names() -> None:
    assert rank(["glm-4.7-flash", "GLM (z.ai)"], "z.ai flash") is not None
    assert rank(["glm-4.7-flash", "GLM (z.ai)"], "ollama flash") is None


def test_the_best_of_several_names_counts() -> None:
    assert rank(["glm-4.7", "Flash"], "flash") == 0
    assert rank(["glm-4.7-flash"], "flash") == 1
    assert rank(["glm-4.7-flash"], "ash") == 2
    assert rank(["glm-4.7-flash"], "flash glm") == 3


def test_what_has_no_name_fits_only_nothing() -> None:
    assert rank([], "") == 3
    assert rank([], "a") is None
