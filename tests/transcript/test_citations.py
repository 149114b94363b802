# SPDX-License-Identifier: MIT
"""Marks in the text lead to the source that they mean."""

from __future__ import annotations

import pytest

from chatglm_desktop.core.deltas import Source, Sources
from chatglm_desktop.core.messages import Message, MessageState, Role, SourcesPart, TextPart
from chatglm_desktop.markdown.blocks import Span
from chatglm_desktop.markdown.sources import CitedReferences, cited, numbered
from chatglm_desktop.markdown.stream import BlockStream
from chatglm_desktop.transcript.copying.copying import copied
from chatglm_desktop.transcript.copying.excerpt import excerpt
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.leaves import TextLeaf
from chatglm_desktop.transcript.selection import PartKind, Position, Selection
from chatglm_desktop.transcript.texts import leaf_text

SOURCES = (
    Source("https://e.org/a", "A", mark="turn1search4"),
    Source("https://e.org/b", "B"),
    Source("https://e.org/c", "C", mark="ref_1"),
)


@pytest.mark.parametrize(
    ("mark", "index"),
    [
        ("turn1search4", 0),
        ("【turn1search4】", 0),
        ("2†source", 1),
        ("2", 1),
        ("[ref_1†a title†https://e.org/other]", 2),
        ("unheard†C†https://e.org/c/", 2),
        ("https://e.org/b", 1),
        ("4", None),
        ("0", None),
        ("turn9search9", None),
        ("", None),
    ],
)
def test_a_mark_leads_to_its_source(mark: str, index: int | None) -> None:
    assert cited(mark, SOURCES) == index


def test_a_mark_of_its_own_goes_before_a_number() -> None:
    sources = (Source("https://e.org/a"), Source("https://e.org/b", mark="1"))
    assert cited("1†source", sources) == 1


def test_marks_show_the_number_of_their_source() -> None:
    spans = (
        Span("Yes"),
        Span("4", cite="turn1search4"),
        Span("1", cite="ref_1"),
        Span("9", cite="turn9search9"),
    )
    assert numbered(spans, SOURCES) == (
        Span("Yes"),
        Span("1", cite="turn1search4"),
        Span("3", cite="ref_1"),
        Span("[9]"),
    )


def test_sources_go_along_with_link_definitions() -> None:
    references = CitedReferences({"A": "https://e.org"}, SOURCES)
    assert dict(references) == {"A": "https://e.org"}
    assert len(references) == 1
    leaf = TextLeaf("[x][a], yes【turn1search4】, no【turn9search9】")
    assert leaf_text(leaf, references) == "x, yes1, no[9]"
    assert leaf_text(leaf, {"A": "https://e.org"}) == "x, yes4, no9"


def test_marks_are_text_until_their_sources_are_known() -> None:
    message = Message("m", Role.ASSISTANT, (), 0.0, state=MessageState.STREAMING)
    item = Item(message, BlockStream)
    item.open()
    item.append(PartKind.ANSWER, "yes【1†source】and【2†source】")
    (leaf,) = item.leaves(PartKind.ANSWER)
    assert leaf_text(leaf, item.references(PartKind.ANSWER)) == "yes[1]and[2]"
    item.attach(Sources(SOURCES[1:2]))
    assert leaf_text(leaf, item.references(PartKind.ANSWER)) == "yes1and[2]"


def test_text_after_marks_is_copied_as_it_is_selected() -> None:
    parts = (TextPart("one【1†source】two【9†source】three"), SourcesPart(SOURCES))
    message = Message("m", Role.ASSISTANT, parts, 0.0)
    item = Item(message, BlockStream)
    item.open()
    while item.pending:
        item.work()
    (leaf,) = item.leaves(PartKind.ANSWER)
    shown = leaf_text(leaf, item.references(PartKind.ANSWER))
    assert shown == "one1two[9]three"
    start, end = (Position(0, PartKind.ANSWER, 0, place) for place in (shown.index("three"), 99))
    found = excerpt({0: item}.get, Selection(start, end), lambda _: "GLM")
    assert copied(found, "plain") == "three"
