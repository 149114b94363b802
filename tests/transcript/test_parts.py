# SPDX-License-Identifier: MIT
"""Leaves of text that arrives."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.markdown.stream import BlockStream
from chatglm_desktop.transcript.leaves import CodeLeaf, Frame, TableLeaf, TextLeaf
from chatglm_desktop.transcript.parts import LeafChange, MarkdownPart, PlainPart

_TEXT = st.lists(
    st.sampled_from(
        [
            "a",
            "b ",
            "\n",
            "\n\n",
            "- ",
            "> ",
            "# ",
            "```\n",
            "| a | b |\n|---|---|\n",
            "| x |\n",
            "**",
        ]
    ),
    max_size=25,
)


def replay(changes: list[tuple[LeafChange, list[object]]]) -> list[object]:
    """A list of leaves kept up to date by changes alone."""
    known: list[object] = []
    for change, leaves in changes:
        end = change.first + change.removed
        known[change.first : end] = leaves[change.first : change.first + change.added]
    return known


@settings(max_examples=40, deadline=None)
@given(_TEXT)
def test_changes_tell_all_that_happens_to_the_leaves(pieces: list[str]) -> None:
    part = MarkdownPart(BlockStream())
    seen: list[tuple[LeafChange, list[object]]] = []
    for piece in pieces:
        seen.append((part.feed(piece), list(part.leaves)))
    seen.append((part.finish(), list(part.leaves)))
    assert replay(seen) == part.leaves


@settings(max_examples=40, deadline=None)
@given(_TEXT)
def test_finished_leaves_are_those_of_the_whole_text(pieces: list[str]) -> None:
    part, whole = MarkdownPart(BlockStream()), MarkdownPart(BlockStream())
    for piece in pieces:
        part.feed(piece)
    part.finish()
    whole.feed("".join(pieces))
    whole.finish()
    texts, wanted = (
        [leaf for leaf in leaves if isinstance(leaf, TextLeaf | TableLeaf)]
        for leaves in (part.leaves, whole.leaves)
    )
    assert texts == wanted


def test_half_open_marks_are_not_shown() -> None:
    part = MarkdownPart(BlockStream())
    shown = []
    for piece in ("1. **", "文", "字**", " and `co", "de`\n\n", "Next *p", "\n\n---\n"):
        part.feed(piece)
        shown.append([leaf.source for leaf in part.leaves if isinstance(leaf, TextLeaf)])
    assert shown == [
        [""],
        ["**文**"],
        ["**文字**"],
        ["**文字** and `co`"],
        ["**文字** and `code`"],
        ["**文字** and `code`", "Next *p*"],
        ["**文字** and `code`", "Next *p"],
    ]


def test_half_open_marks_in_the_last_cell_of_a_table_are_not_shown() -> None:
    part = MarkdownPart(BlockStream())
    part.feed("| a | b |\n|---|---|\n")
    shown = []
    for piece in ("| **x", "** | $y", "$ |\n", "\n"):
        part.feed(piece)
        last = part.leaves[-1]
        assert isinstance(last, TableLeaf)
        shown.append(last.cells)
    assert shown == [("**x**", ""), ("**x**", ""), ("**x**", "$y$"), ("**x**", "$y$")]


def test_marks_that_never_close_are_shown_in_the_end() -> None:
    part = MarkdownPart(BlockStream())
    part.feed("2 **x")
    assert part.leaves == [TextLeaf("2 **x**")]
    assert part.finish() == LeafChange(0, 1, 1)
    assert part.leaves == [TextLeaf("2 **x")]


def test_a_growing_list_changes_its_last_leaf_only() -> None:
    part = MarkdownPart(BlockStream())
    part.feed("- one\n- two\n- thr")
    assert part.feed("ee") == LeafChange(2, 1, 1)
    assert part.feed("\n- four") == LeafChange(3, 0, 1)


def test_a_growing_table_changes_its_last_leaf_only() -> None:
    part = MarkdownPart(BlockStream())
    part.feed("above\n\n| a | b |\n|---|---|\n" + "| x | **y |\n" * 40)
    early = list(part.leaves)
    assert part.feed("| z") == LeafChange(41, 1, 2)
    assert part.leaves[:41] == early[:41]
    assert part.feed("z |\n| **") == LeafChange(42, 1, 1)
    assert part.feed("more** |\n# below") == LeafChange(43, 0, 2)
    assert part.feed("\n\nend") == LeafChange(45, 0, 1)
    part.finish()
    whole = MarkdownPart(BlockStream())
    whole.feed(
        "above\n\n| a | b |\n|---|---|\n"
        + "| x | **y |\n" * 40
        + "| zz |\n| **more** |\n# below\n\nend"
    )
    whole.finish()
    assert part.leaves == whole.leaves
    assert [list(part.leaves_of(block)) for block in range(4)] == [
        [0],
        [*range(1, 44)],
        [44],
        [45],
    ]
    assert [part.block_of(leaf) for leaf in (0, 1, 43, 44, 45)] == [0, 1, 1, 2, 3]


def test_each_leaf_knows_its_block() -> None:
    part = MarkdownPart(BlockStream())
    part.feed("- one\n- two\n\n# Title\n\nlast")
    part.finish()
    assert [part.block_of(leaf) for leaf in range(4)] == [0, 0, 1, 2]
    assert [list(part.leaves_of(block)) for block in range(3)] == [[0, 1], [2], [3]]
    assert part.source(1).strip() == "# Title"


def test_references_are_those_of_the_text() -> None:
    part = MarkdownPart(BlockStream())
    part.feed("[a]: https://example.org\n\n[a]\n")
    part.finish()
    assert list(part.references.values()) == ["https://example.org"]


def test_plain_text_keeps_its_marks_and_line_breaks() -> None:
    part = PlainPart()
    assert part.feed("# a\n*b*") == LeafChange(0, 0, 1)
    assert part.leaves == [TextLeaf("# a\n*b*", verbatim=True)]
    assert part.finish() == LeafChange(1, 0, 0)


def test_fenced_code_in_plain_text_is_code() -> None:
    part = PlainPart()
    part.feed("look:\n```js\nlet x\n```\nthanks\n~~~\nopen")
    kinds = [
        leaf.code.text if isinstance(leaf, CodeLeaf) else leaf.source
        for leaf in part.leaves
        if isinstance(leaf, CodeLeaf | TextLeaf)
    ]
    assert kinds == ["look:", "let x", "thanks", "open"]
    code = part.leaves[1]
    assert isinstance(code, CodeLeaf)
    assert code.code.language == "js"


def test_plain_text_is_one_block() -> None:
    part = PlainPart()
    part.feed("```\na\n```\nb")
    assert [part.block_of(leaf) for leaf in range(2)] == [0, 0]
    assert list(part.leaves_of(0)) == [0, 1]
    assert part.source(0) == "```\na\n```\nb"
    assert not part.references


def test_plain_text_of_blanks_has_no_leaf() -> None:
    part = PlainPart()
    part.feed("  \n ")
    assert part.leaves == []


def test_late_definitions_change_links_of_earlier_leaves() -> None:
    part = MarkdownPart(BlockStream())
    part.feed("[a]\n\ntext\n\nmore\n\n")
    before = part.link_changes
    assert part.feed("[a]: https://example.org\n") == LeafChange(3, 0, 0)
    assert part.link_changes > before
    assert part.references == {"A": "https://example.org"}
    before = part.link_changes
    part.feed("\ntext\n\nand more\n")
    assert part.link_changes == before


def test_text_that_turns_out_to_be_a_definition_goes_away() -> None:
    part = MarkdownPart(BlockStream())
    part.feed("[a")
    assert part.leaves == [TextLeaf("a", Frame())]
    assert part.feed("]: /x\n") == LeafChange(0, 1, 0)
    assert part.feed("[b]: /y\n") == LeafChange(0, 0, 0)
    assert part.feed("c") == LeafChange(0, 0, 1)


def test_the_parts_of_a_very_long_table_are_one() -> None:
    part = MarkdownPart(BlockStream())
    part.feed("before\n\n| a | b |\n|---|---|\n")
    for number in range(500):
        part.feed(f"| {number} | {'x' * (number // 4)} |\n")
    part.finish()
    rows = [leaf for leaf in part.leaves if isinstance(leaf, TableLeaf)]
    assert [row.number for row in rows] == list(range(501))
    assert len({row.columns for row in rows}) == 1


def test_a_footnote_is_found_by_its_label_the_first_of_several() -> None:
    part = MarkdownPart(BlockStream())
    part.feed("1. one\n\nText[^1]\n\n[^1]: First\n\n    more\n\n[^1]: Second\n")
    part.finish()
    note = part.note("1")
    assert note is not None
    leaf = part.leaves[note]
    assert isinstance(leaf, TextLeaf)
    assert leaf.source == "First"
    assert part.note("1.") is None
    assert PlainPart().note("1") is None
