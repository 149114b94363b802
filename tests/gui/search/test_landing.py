# SPDX-License-Identifier: MIT
from __future__ import annotations

from dataclasses import replace

from chatglm_desktop.core.messages import Role
from chatglm_desktop.core.search import Hit
from chatglm_desktop.gui.search.landing import landing_at
from chatglm_desktop.transcript.finding import Landing

HIT = Hit("c", "m", "Title", Role.USER, 1.0, "a cat and a  big dog", (), "text")


def test_the_longest_of_the_marks_is_gone_to() -> None:
    hit = replace(HIT, marks=((2, 5), (13, 16), (17, 20)))
    assert landing_at(7, hit) == Landing(7, "big dog", "a cat and a  ", "")


def test_without_marks_the_message_is_all_there_is() -> None:
    assert landing_at(7, replace(HIT, place="thinking")) == Landing(7, thinking=True)
    assert landing_at(7, replace(HIT, place="title", marks=((0, 1),))) == Landing(7)
