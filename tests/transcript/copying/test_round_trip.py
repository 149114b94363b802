# SPDX-License-Identifier: MIT
"""What is copied of any text is read again as what was selected."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.core.messages import Message
from chatglm_desktop.markdown.writing import text as writing
from chatglm_desktop.markdown.writing.html import PLAIN
from chatglm_desktop.transcript.copying.copying import (
    copied,
)
from chatglm_desktop.transcript.copying.excerpt import (
    Phrase,
    Snippet,
    excerpt,
)
from chatglm_desktop.transcript.selection import (
    PartKind,
    Position,
    Selection,
    item_end,
    item_start,
)
from chatglm_desktop.transcript.texts import leaf_text
from tests.helpers.copies import at, name, opened, parsed, reply, selected, shown, shown_alone

markdown = partial(copied, kind="markdown")
plain = partial(copied, kind="plain")
html = partial(copied, kind="html")

Make = Callable[..., Message]


LINES = (
    "Plain words here.",
    "**Bold** and *italic* and ~~gone~~ text.",
    "A [link **in** it](https://example.org/a_(b)) then.",
    "`code` and `` a`b `` end",
    "# Heading *one*",
    "### 标题",
    "- item",
    "- [x] done *it*",
    "- [ ] open",
    "  - nested **deep**",
    "* other list",
    "1. first",
    "2. second",
    "7. seventh",
    "> quoted **text**",
    "> - list in quote",
    "> > twice",
    "---",
    "| a | *b* |",
    "|---|:-:|",
    "| 1 \\| 2 | **x** |",
    "```py",
    "x = 1",
    "```",
    "    indented code",
    "中文**重点：**后面，和\\*不是\\*",
    "1\\. not a list",
    "\\# not a heading",
    "2 * 3 * 4 = 24, snake_case_name",
    "the root $\\sqrt{x}$ of $5 and a[^1] note",
    "$$",
    "x^2",
    "[^1]: the **note**",
    "see https://example.org/x_y.",
    "hard  ",
    "",
    "",
)
documents = st.lists(st.sampled_from(LINES), min_size=1, max_size=14).map("\n".join)


@settings(deadline=None, max_examples=60)
@given(documents)
def test_a_block_is_written_as_markdown_that_means_the_same(text: str) -> None:
    for block in parsed(text):
        again = [PLAIN.block(each, {}) for each in parsed(writing.markdown(block))]
        assert again == [PLAIN.block(block, {})]


@settings(deadline=None, max_examples=60)
@given(documents)
def test_a_copy_of_everything_is_read_as_the_same_blocks(text: str) -> None:
    transcript = opened(reply(text))
    all_of_it = Selection(item_start(0), item_end(0))
    assert parsed(markdown(excerpt(transcript.__getitem__, all_of_it, name))) == parsed(text)


@settings(deadline=None, max_examples=60)
@given(documents, st.data())
def test_a_copy_of_a_part_is_read_as_the_text_that_was_selected(
    text: str, data: st.DataObject
) -> None:
    transcript = opened(reply(text))
    leaves = transcript[0].leaves(PartKind.ANSWER)
    if not leaves:
        return
    # A copy may refer to footnotes that it does not hold.
    references = transcript[0].references(PartKind.ANSWER)
    texts = [leaf_text(leaf, references) for leaf in leaves]

    def draw() -> Position:
        leaf = data.draw(st.integers(0, len(leaves) - 1))
        return at(leaf, data.draw(st.integers(0, len(texts[leaf]))))

    selection = Selection(draw(), draw())
    wanted = ""
    for number, each in enumerate(texts):
        chosen = selection.in_leaf(0, PartKind.ANSWER, number, len(each)) or (0, 0)
        wanted += each[chosen[0] : chosen[1]]
    found = excerpt(transcript.__getitem__, selection, name)
    pieces = [passage.piece for extract in found for passage in extract.passages]
    assert pieces or not wanted.strip()
    if any(isinstance(piece, Phrase | Snippet) for piece in pieces):
        assert "".join(map(shown_alone, pieces)) == wanted
    else:
        assert shown(markdown(found), references) == "".join(wanted.split())


def test_what_is_nested_in_a_task_is_copied_without_its_box() -> None:
    transcript = opened(reply("- [x] done\n  - nested **deep**\n\n# Heading"))
    assert markdown(selected(transcript, at(1, 0), at(2, 0))) == "- - nested **deep**"
    space = opened(reply("- [x] done&nbsp;\n  - nested"))
    assert markdown(selected(space, at(0, 4), at(1, 6))) == "- - nested"
    two = opened(reply("- [x] done\n\n  more\n\n- [ ] open"))
    assert markdown(selected(two, at(0, 2), at(1, 2))) == "- [x] ne\n\n  mo"


def test_a_mark_is_copied_without_its_footnote() -> None:
    transcript = opened(reply("say `x` a[^1] note\n\n[^1]: the **note**"))
    assert markdown(selected(transcript, at(0, 2), at(0, 8))) == "y `x` a[^1]"
    assert markdown(selected(transcript, at(0, 6), at(1, 3))) == "a[^1] note\n\n[^1]: the"


@pytest.mark.parametrize(
    ("first", "rest"), [("", ""), ("> ", "> "), ("- ", "  "), ("[^1]: ", "    ")]
)
def test_dollars_that_begin_no_formula_begin_none_in_a_copy(first: str, rest: str) -> None:
    transcript = opened(reply(f"{first}of $5 and\n$$\n\n---\n"))
    found = markdown(selected(transcript, at(0, 0), at(1, 0)))
    assert found == f"{first}of $5 and\n{rest}\\$\\$"
