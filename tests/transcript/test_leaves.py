# SPDX-License-Identifier: MIT
"""Blocks flattened: what becomes a leaf, and where it stands."""

from __future__ import annotations

import pytest

from chatglm_desktop.markdown.blocks import (
    Block,
    Code,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from chatglm_desktop.markdown.lines import Growing, Lines
from chatglm_desktop.transcript.leaves import (
    PIECE,
    CodeLeaf,
    Frame,
    RuleLeaf,
    TableLeaf,
    TextLeaf,
    flatten,
    kept_leaves,
    plain_leaves,
    rows_below,
)


def paragraphs(*texts: str) -> tuple[Block, ...]:
    return tuple(Paragraph(text) for text in texts)


def frames(block: Block) -> list[Frame]:
    return [leaf.frame for leaf in flatten(block)]


def test_the_first_block_of_a_message_has_no_space_above() -> None:
    assert flatten(Paragraph("a"), first=True) == [TextLeaf("a")]
    assert flatten(Paragraph("a"))[0].frame.above > 0


def test_a_first_block_without_leading_is_not_crowded() -> None:
    usual = flatten(Rule())[0].frame.above
    assert 0 < flatten(Rule(), first=True)[0].frame.above < usual


def test_a_heading_keeps_its_level_and_more_distance_than_a_paragraph() -> None:
    (leaf,) = flatten(Heading(2, "a"))
    assert isinstance(leaf, TextLeaf)
    assert leaf.level == 2
    assert leaf.frame.above > flatten(Paragraph("a"))[0].frame.above


def test_a_numbered_list_counts_from_its_start() -> None:
    items = tuple(ListItem(paragraphs(text)) for text in "abc")
    markers = [frame.marker for frame in frames(ListBlock(items, start=9))]
    assert markers == ["9.", "10.", "11."]


def test_only_the_first_leaf_of_an_item_has_the_marker() -> None:
    block = ListBlock((ListItem(paragraphs("a", "b")),))
    first, second = frames(block)
    assert (first.marker, second.marker) == ("•", "")
    assert first.indent == second.indent > 0


def test_nested_lists_are_indented_further_with_other_bullets() -> None:
    inner = ListBlock((ListItem(paragraphs("c")),))
    middle = ListBlock((ListItem((Paragraph("b"), inner)),))
    outer = ListBlock((ListItem((Paragraph("a"), middle)),))
    found = frames(outer)
    assert [frame.marker for frame in found] == ["•", "◦", "▪"]
    assert [frame.indent for frame in found] == [24.0, 48.0, 72.0]


def test_a_list_that_begins_with_a_list_shows_the_outer_marker() -> None:
    inner = ListBlock((ListItem(paragraphs("a")),))
    assert frames(ListBlock((ListItem((inner,)),), start=1))[0].marker == "1."


def test_a_marker_stands_before_its_item_however_that_begins() -> None:
    (leaf,) = flatten(ListBlock((ListItem((Quote(paragraphs("a")),)),)))
    assert leaf.frame.bars == (leaf.frame.beside,) == (24.0,)
    assert leaf.frame.indent > leaf.frame.beside
    inner = ListBlock((ListItem(paragraphs("a")),))
    nested = frames(ListBlock((ListItem((inner,)),)))[0]
    assert (nested.beside, nested.indent) == (24.0, 48.0)


def test_the_label_of_a_footnote_gets_room() -> None:
    short, long = (frames(Footnote(label, paragraphs("a")))[0] for label in ("1", "a label"))
    assert (short.marker, long.marker) == ("1", "a label")
    assert short.indent == short.beside == 24.0
    assert 7 * 8.0 < long.indent < frames(Footnote("x" * 99, paragraphs("a")))[0].indent <= 96.0


def test_tasks_have_boxes() -> None:
    items = (ListItem(paragraphs("a"), checked=False), ListItem(paragraphs("b"), checked=True))
    assert [frame.marker for frame in frames(ListBlock(items))] == ["☐", "☑"]


def test_an_empty_item_still_has_a_line_for_its_marker() -> None:
    (leaf,) = flatten(ListBlock((ListItem(()),)))
    assert isinstance(leaf, TextLeaf)
    assert (leaf.source, leaf.frame.marker) == ("", "•")


def test_large_numbers_get_room() -> None:
    small = frames(ListBlock((ListItem(paragraphs("a")),), start=1))
    large = frames(ListBlock((ListItem(paragraphs("a")),), start=12345))
    assert large[0].indent > small[0].indent


def test_each_quote_adds_a_bar_that_begins_with_it() -> None:
    block = Quote((Paragraph("a"), Quote(paragraphs("b", "c"))))
    first, second, third = frames(block)
    assert [len(frame.bars) for frame in (first, second, third)] == [1, 2, 2]
    assert [frame.fresh for frame in (first, second, third)] == [1, 1, 0]
    assert first.indent < second.indent == third.indent


def test_quotes_in_quotes_that_begin_together_both_begin_there() -> None:
    first, second = frames(Quote((Quote(paragraphs("a")), Paragraph("b"))))
    assert (len(first.bars), first.fresh) == (2, 2)
    assert (len(second.bars), second.fresh) == (1, 0)


def test_a_list_in_a_quote_begins_the_bar_only_once() -> None:
    items = tuple(ListItem(paragraphs(text)) for text in "ab")
    assert [frame.fresh for frame in frames(Quote((ListBlock(items),)))] == [1, 0]


def test_deep_nesting_leaves_room_for_text() -> None:
    block: Block = Paragraph("a")
    for _ in range(60):
        block = Quote((ListBlock((ListItem((block,)),)),))
    (leaf,) = flatten(block)
    assert leaf.frame.indent <= 240.0


def test_a_table_becomes_numbered_rows_that_know_the_same_widths() -> None:
    table = Table(("", "right"), ("head", "b"), (("x", "a long cell"), ("中文字", "")))
    rows = flatten(table)
    assert all(isinstance(row, TableLeaf) for row in rows)
    header, first, second = (row for row in rows if isinstance(row, TableLeaf))
    assert (header.header, first.header) == (True, False)
    assert header.columns == first.columns == second.columns == (8, 12)
    assert header.words == (4, 4)
    assert (first.number, second.number) == (1, 2)
    assert second.frame.above == 0


def test_marks_and_link_targets_take_no_room_in_a_column() -> None:
    table = Table(("", ""), ("**head**", "`b`"), (("[x](https://example.org/long)", ""),))
    header = flatten(table)[0]
    assert isinstance(header, TableLeaf)
    assert header.columns == (4, 4)


def test_a_row_that_arrives_leaves_those_above_as_they_are() -> None:
    rows = tuple((str(number), "word " * number) for number in range(60))
    before = flatten(Table(("", ""), ("a", "b"), rows[:40]))
    assert flatten(Table(("", ""), ("a", "b"), rows))[: len(before)] == before


def test_a_cell_that_arrives_letter_by_letter_moves_the_others_in_steps() -> None:
    text = "a long cell that arrives letter by letter"
    seen = {flatten(Table(("",), ("a",), ((text[:end],),)))[0] for end in range(1, len(text) + 1)}
    assert len(seen) <= len(text) / 3


def test_a_table_that_grew_keeps_the_leaves_of_its_finished_rows() -> None:
    rows: list[tuple[str, ...]] = [(str(number), "x") for number in range(60)]
    for count, kept in ((20, 0), (40, 41)):
        early = Table(("", ""), ("a", "b"), Growing(rows, 0, count, ("half", "")))
        late = Table(("", ""), ("a", "b"), Growing(rows, 0, 60))
        assert kept_leaves(early, late) == kept
        assert flatten(late)[:kept] == flatten(early)[:kept]
        assert kept_leaves(late, early) == 0
        assert kept_leaves(early, Table(("", ""), ("a", "b"), tuple(rows))) == 0
    whole = flatten(late)
    assert rows_below(late, whole[40]) == whole[41:]


def test_below_what_is_no_row_there_are_no_rows() -> None:
    table = Table(("",), ("a",), (("x",),))
    with pytest.raises(TypeError, match="row"):
        rows_below(table, TextLeaf("a"))
    with pytest.raises(TypeError, match="row"):
        rows_below(Paragraph("a"), flatten(table)[0])


def test_a_long_paragraph_is_cut_into_pieces() -> None:
    text = "some words " * 1000
    leaves = [leaf for leaf in flatten(Paragraph(text)) if isinstance(leaf, TextLeaf)]
    assert "".join(leaf.source for leaf in leaves) == text
    assert all(len(leaf.source) <= PIECE for leaf in leaves)
    assert [leaf.frame.above for leaf in leaves[1:]] == [0.0] * (len(leaves) - 1)


def test_plain_text_is_verbatim() -> None:
    assert plain_leaves("*a*", first=True) == [TextLeaf("*a*", verbatim=True)]
    (later,) = plain_leaves("a", first=False)
    assert later.frame.above > 0


def test_code_compares_by_content_only_while_it_does_not_grow() -> None:
    assert CodeLeaf(Code("a", "py")) == CodeLeaf(Code("a", "py"))
    assert CodeLeaf(Code("a", "py")) != CodeLeaf(Code("a", "js"))
    assert CodeLeaf(Code("a")) != CodeLeaf(Code("a"), Frame(above=1.0))
    assert CodeLeaf(Code("a")) != RuleLeaf()
    growing = Code(Lines(["a"], 0, 1))
    assert CodeLeaf(growing) == CodeLeaf(growing)
    assert CodeLeaf(growing) != CodeLeaf(Code(Lines(["a"], 0, 1)))
    assert hash(CodeLeaf(Code("a"))) == hash(CodeLeaf(Code("a")))


def test_code_knows_its_lines() -> None:
    assert CodeLeaf(Code("a\nb")).line_count == 2
    assert CodeLeaf(Code(Lines(["a", "b"], 0, 2, "c"))).line_count == 3
