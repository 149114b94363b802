# SPDX-License-Identifier: MIT
"""Matches are found in what a message shows, folded or not."""

from __future__ import annotations

from chatglm_desktop.core.messages import Message, ReasoningPart, Role, TextPart
from chatglm_desktop.transcript.document import Transcript
from chatglm_desktop.transcript.finding import Landing
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.matching import Hit, closest, hits, leaf_hits
from chatglm_desktop.transcript.selection import PartKind, Position, Selection


def item(text: str, reasoning: str = "") -> Item:
    parts = (ReasoningPart(reasoning), TextPart(text))
    transcript = Transcript()
    transcript.add(Message("m", Role.ASSISTANT, parts, 0.0))
    transcript.open(0)
    while transcript.work() is not None:
        pass
    return transcript[0]


def test_matches_are_in_order_thinking_first() -> None:
    found = hits(item("a Cat\n\n`cat` and c**a**t", "CAT"), "cat")
    assert found == [
        Hit(PartKind.REASONING, 0, 0, 3),
        Hit(PartKind.ANSWER, 0, 2, 5),
        Hit(PartKind.ANSWER, 1, 0, 3),
        Hit(PartKind.ANSWER, 1, 8, 11),
    ]


def test_a_leaf_is_searched_alone() -> None:
    assert leaf_hits(item("one\n\none"), PartKind.ANSWER, 1, "one") == [
        Hit(PartKind.ANSWER, 1, 0, 3)
    ]


def test_a_match_can_be_selected() -> None:
    start = Position(4, PartKind.ANSWER, 2, 1)
    end = Position(4, PartKind.ANSWER, 2, 3)
    assert Hit(PartKind.ANSWER, 2, 1, 3).selection(4) == Selection(start, end)


def test_the_match_is_meant_round_which_the_same_words_stand() -> None:
    shown = item("One **cat** sleeps.\n\nTwo cats run, the cat eats.", "A cat thinks.")
    found = hits(shown, "cat")
    assert closest(shown, found, Landing(0, "cat", "One ", " sleeps")) == 1
    assert closest(shown, found, Landing(0, "cat", "…run, the ", " eats.")) == 3
    assert closest(shown, found, Landing(0, "cat", "Two ", "s run")) == 2


def test_thinking_is_told_from_the_answer() -> None:
    shown = item("the cat eats", "the cat eats")
    found = hits(shown, "cat")
    assert closest(shown, found, Landing(0, "cat", "the ", " eats", thinking=True)) == 0
    assert closest(shown, found, Landing(0, "cat", "the ", " eats")) == 1
