# SPDX-License-Identifier: MIT
"""What a copy of a selection holds, in each format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from chatglm_desktop.core.messages import Message, Role
from chatglm_desktop.markdown.blocks import Heading, Math, Paragraph, Span
from chatglm_desktop.markdown.writing import text as writing
from chatglm_desktop.markdown.writing.inline import markdown_inline
from chatglm_desktop.transcript.copying.copying import (
    cells_only,
    copied,
)
from chatglm_desktop.transcript.copying.excerpt import (
    Excerpt,
    excerpt,
    whole_message,
)
from chatglm_desktop.transcript.copying.holdings import last_code, table_at
from chatglm_desktop.transcript.document import Transcript
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.leaves import PIECE
from chatglm_desktop.transcript.selection import (
    LAST,
    PartKind,
    Position,
    Selection,
    item_end,
    item_start,
)
from tests.helpers.copies import at, name, opened, parsed, reply, selected

markdown = partial(copied, kind="markdown")
plain = partial(copied, kind="plain")
html = partial(copied, kind="html")

Make = Callable[..., Message]


REPLY = """First **bold** and `code` one.

- item *one*
- item two

```py
x = 1
y = 2
```

> quoted **text**

| a | *b* |
|---|:-:|
| 1 | 22 |
| 3 | 44 |

Last $x^2$ one.

$$
E = mc^2
$$"""


@pytest.fixture
def transcript(make_message: Make) -> Transcript:
    """A question and a reply with thinking."""
    return opened(
        make_message("a *question*\n\n```py\nz\n```", id="q", role=Role.USER),
        make_message(REPLY, id="r", reasoning="hm *well*\n\nso"),
    )


def r(leaf: int, character: int, part: PartKind = PartKind.ANSWER) -> Position:
    return at(leaf, character, 1, part)


def test_a_word_or_a_name_in_code_is_copied_as_it_is_shown(transcript: Transcript) -> None:
    assert markdown(selected(transcript, r(0, 6), r(0, 10))) == "bold"
    assert markdown(selected(transcript, r(0, 16), r(0, 18))) == "od"


def test_a_part_of_a_paragraph_keeps_its_marks(transcript: Transcript) -> None:
    found = selected(transcript, r(0, 3), r(0, 17))
    assert markdown(found) == "st **bold** and `co`"
    assert plain(found) == "st bold and co"
    assert html(found).endswith("st <strong>bold</strong> and <code>co</code>")


def test_a_whole_paragraph_is_copied_as_it_was_written(transcript: Transcript) -> None:
    found = selected(transcript, r(0, 0), r(0, 24))
    assert markdown(found) == "First **bold** and `code` one."


@pytest.mark.parametrize(("start", "end"), [(2, 7), (0, 11)])
def test_a_selection_in_code_is_the_code_only(transcript: Transcript, start: int, end: int) -> None:
    found = selected(transcript, r(3, start), r(3, end))
    assert markdown(found) == plain(found) == "x = 1\ny = 2"[start:end]
    assert html(found).startswith('<meta charset="utf-8"><pre><code class="language-py">')


def test_parts_of_several_blocks_keep_their_kinds(transcript: Transcript) -> None:
    found = selected(transcript, r(0, 6), r(3, 5))
    assert markdown(found) == (
        "**bold** and `code` one.\n\n- item *one*\n- item two\n\n```py\nx = 1\n```"
    )
    found = selected(transcript, r(2, 5), r(4, 6))
    assert markdown(found) == "- two\n\n```py\nx = 1\ny = 2\n```\n\n> quoted"
    assert plain(found) == "• two\n\nx = 1\ny = 2\n\nquoted"


def test_cells_of_one_table_are_parted_by_tabs(transcript: Transcript) -> None:
    found = selected(transcript, r(5, 0), r(7, 4))
    assert cells_only(found) == "a\tb\n1\t22\n3\t44"
    found = selected(transcript, r(6, 2), r(7, 1))
    assert cells_only(found) == "\t22\n3\t"
    assert markdown(found) == "|  |  |\n| --- | :---: |\n|  | 22 |\n| 3 |  |"
    assert html(found).count("<td") == 4
    assert cells_only(selected(transcript, r(5, 0), r(8, 4))) == ""
    assert cells_only(selected(transcript, item_start(1), item_end(1))) == ""


def test_a_selection_in_one_cell_is_its_text(transcript: Transcript) -> None:
    found = selected(transcript, r(6, 2), r(6, 4))
    assert (markdown(found), cells_only(found)) == ("22", "")
    assert cells_only(selected(transcript, r(6, 0), r(6, 4))) == "1\t22"


def test_formulas_are_copied_as_latex(transcript: Transcript) -> None:
    found = selected(transcript, r(8, 2), r(9, 1))
    assert markdown(found) == "st $x^2$ one.\n\n$$\nE = mc^2\n$$"
    assert plain(found) == "st $x^2$ one.\n\n$$\nE = mc^2\n$$"
    assert copied(found, "latex") == "x^2\nE = mc^2"
    assert html(found).count('<code class="math">') == 2
    assert markdown(selected(transcript, r(8, 5), r(8, 6))) == "$x^2$"


def test_only_what_of_a_kind_is_there_is_copied(transcript: Transcript) -> None:
    found = selected(transcript, item_start(0), item_end(1))
    assert copied(found, "tsv") == "a\tb\n1\t22\n3\t44"
    assert copied(found, "csv") == "a,b\n1,22\n3,44"
    assert copied(selected(transcript, r(0, 0), r(1, 2)), "csv") == ""
    assert copied(selected(transcript, r(0, 0), r(0, 2)), "latex") == ""
    assert copied(selected(transcript, r(3, 0), r(3, 2)), "latex") == ""
    assert copied(found, "html") == html(found)
    assert copied(found, "plain") == plain(found)
    assert copied(found, "markdown") == markdown(found)


def test_whole_messages_stand_under_names_and_parts_do_not(transcript: Transcript) -> None:
    found = selected(transcript, item_start(0), item_end(1))
    question = "a *question*\n\n```py\nz\n```"
    assert markdown(found) == f"**You**\n\n{question}\n\n**GLM**\n\n{REPLY}"
    assert plain(found).startswith(f"You:\n{question}\n\nGLM:\nFirst bold")
    assert "<p><strong>GLM</strong></p><p>First <strong>bold" in html(found)
    assert markdown(selected(transcript, item_start(1), item_end(1))) == REPLY
    found = selected(transcript, at(0, 2), r(0, 5))
    assert markdown(found) == "*question*\n\n```py\nz\n```\n\nFirst"


def test_what_the_user_wrote_is_copied_as_written(transcript: Transcript) -> None:
    assert markdown(selected(transcript, at(0, 2), at(0, 5))) == "*qu"
    assert html(selected(transcript, at(0, 0), at(1, 1))).endswith(
        '<p>a *question*</p><pre><code class="language-py">z</code></pre>'
    )


def test_folded_thinking_is_not_copied(transcript: Transcript) -> None:
    assert markdown(selected(transcript, item_start(1), r(0, 5))) == "First"


def test_unfolded_thinking_is_copied_unless_it_is_not_wanted(transcript: Transcript) -> None:
    transcript.fold(1, False)
    found = selected(transcript, r(0, 3, PartKind.REASONING), r(0, 5))
    assert markdown(found) == "*well*\n\nso\n\nFirst"
    assert copied(found, "without_thinking") == "First"
    thinking = selected(transcript, r(0, 0, PartKind.REASONING), r(0, 2, PartKind.REASONING))
    assert copied(thinking, "without_thinking") == ""
    assert markdown(selected(transcript, r(0, 0), r(1, 4))).endswith("- item")


def test_nothing_selected_is_nothing_copied(transcript: Transcript) -> None:
    found = selected(transcript, r(0, 6), r(0, 6))
    assert (markdown(found), plain(found)) == ("", "")
    assert markdown(selected(transcript, r(0, 24), r(1, 0))) == ""


def test_a_part_of_a_message_that_was_never_seen_is_that_part(make_message: Make) -> None:
    transcript = Transcript()
    transcript.reset([make_message("unseen *text* here\n\nand more")])
    assert markdown(selected(transcript, at(0, 7), at(1, 3))) == "*text* here\n\nand"
    assert not transcript[0].opened


def test_messages_that_are_not_at_hand_are_left_out(transcript: Transcript) -> None:
    def item_at(index: int) -> Item | None:
        return transcript[1] if index == 1 else None

    found = excerpt(item_at, Selection(item_start(0), r(0, 5)), name)
    assert markdown(found) == "First"


def test_text_that_still_waits_to_be_parsed_is_copied_too(make_message: Make) -> None:
    text = "".join(f"Paragraph *{number}*.\n\n" for number in range(2000)).strip()
    transcript = Transcript()
    transcript.reset([make_message(text)])
    transcript.open(0)
    assert transcript.pending
    found = selected(transcript, at(0, 10), item_end(0))
    assert markdown(found).endswith("Paragraph *1999*.")
    assert len(parsed(markdown(found))) == 2000
    assert len(parsed(plain(found))) == 2000


def test_the_pieces_of_a_long_paragraph_are_joined(make_message: Make) -> None:
    for role in (Role.ASSISTANT, Role.USER):
        text = "word " * PIECE
        transcript = opened(make_message(text, role=role))
        assert markdown(selected(transcript, at(0, 5), at(LAST, LAST))).strip() == text[5:].strip()


def test_what_a_selection_only_touches_is_not_copied(transcript: Transcript) -> None:
    assert markdown(selected(transcript, r(4, 0), r(5, 0))) == "> quoted **text**"
    rule = opened(reply("a\n\n---\n\nb"))
    assert markdown(selected(rule, at(0, 0), at(1, 0))) == "a"
    assert markdown(selected(rule, at(0, 0), at(2, 0))) == "a\n\n---"


def test_links_keep_the_definitions_they_need() -> None:
    text = "See [one] and [two].\n\nMore [one].\n\n[one]: https://example.org/1\n\n[two]: /2"
    transcript = opened(reply(text))
    found = selected(transcript, at(0, 4), at(1, 9))
    assert markdown(found).startswith("[one](https://example.org/1) and")
    assert markdown(found).endswith("More [one].\n\n[ONE]: <https://example.org/1>")
    assert '<a href="https://example.org/1">one</a>' in html(found)
    without = selected(opened(reply("a [b](/c)\n\nmore\n\n[d]: /e")), at(0, 2), at(1, 2))
    assert markdown(without).endswith("mo")


def test_html_is_structure_only_and_escaped() -> None:
    text = (
        "# A <b>\n\n3. three\n4. four\n\n- [x] done\n\n- [ ] open\n\n[bad](javascript:x) "
        "~~no~~  \nbreak[^1]\n\n---\n\n> *q*\n\n    <i>\n\n1. > in\n\n[^1]: note"
    )
    found = whole(reply(text))
    assert html(found) == (
        '<meta charset="utf-8"><h1>A &lt;b&gt;</h1>'
        '<ol start="3"><li>three</li><li>four</li></ol>'
        "<ul><li><p>☑ done</p></li><li><p>☐ open</p></li></ul>"
        "<p>[bad](javascript:x) <s>no</s><br>break<sup>1</sup></p><hr>"
        "<blockquote><p><em>q</em></p></blockquote><pre><code>&lt;i&gt;</code></pre>"
        "<ol><li><blockquote><p>in</p></blockquote></li></ol>"
        "<div><sup>1</sup> <p>note</p></div>"
    )
    assert plain(found) == (
        "A <b>\n\n3. three\n4. four\n\n☑ done\n\n☐ open\n\n"
        "[bad](javascript:x) no\nbreak1\n\n---\n\nq\n\n<i>"
        "\n\n1. in\n\n[1] note"
    )


def whole(message: Message) -> Excerpt:
    return (whole_message(opened(message)[0], "GLM"),)


def test_a_message_of_the_user_is_copied_whole_as_text(make_message: Make) -> None:
    (found,) = whole(make_message("a <b>\nc\n\n*d*", role=Role.USER))
    assert html((found,)) == '<meta charset="utf-8"><p>a &lt;b&gt;<br>c</p><p>*d*</p>'
    assert copied((found,), "tsv") == copied((found,), "latex") == ""


def test_the_last_code_of_a_message_is_found() -> None:
    for text, code in (
        (REPLY, "x = 1\ny = 2"),
        ("no code", None),
        ("- list\n\n  ```\n  in list\n  ```\n\nafter", "in list"),
        ("text\n\n    indented", "indented"),
        ("a\n    lazy", None),
    ):
        (found,) = whole(reply(text))
        last = last_code(found)
        assert (last.text if last else None) == code
    (found,) = whole(replace(reply("```\nmine\n```"), role=Role.USER))
    assert last_code(found) is None


def test_the_table_of_a_row_is_found_also_where_it_goes_on_in_parts() -> None:
    rows = "".join(f"| {number} | *b* |\n" for number in range(450))
    transcript = opened(reply(f"before\n\n| h | i |\n|---|---|\n{rows}\n\nafter\n\n| x |\n|---|"))
    leaves = transcript[0].leaves(PartKind.ANSWER)
    table = table_at(leaves, 5)
    assert table is not None
    assert table.header == ("h", "i")
    assert [row[0] for row in table.rows] == [str(number) for number in range(450)]
    assert table_at(leaves, 0) is None
    last = table_at(leaves, len(leaves) - 1)
    assert last is not None
    assert (last.header, last.rows) == (("x",), ())
    everything = selected(transcript, at(1, 0), at(len(leaves) - 3, LAST))
    assert len(cells_only(everything).splitlines()) == 451
    assert cells_only(selected(transcript, at(1, 0), at(LAST, LAST))) == ""


@pytest.mark.parametrize(
    ("source", "start", "end", "written"),
    [
        ("a *b **c** d* e", 2, 7, "*b **c** d*"),
        ("say **bold text** now", 6, 15, "**ld text** n"),
        ("say **bold text** now", 2, 9, "y **bold** "),
        ("x `` a`b `` y", 1, 7, " ``a`b`` y"),
        ("x `` `b `` y", 1, 6, " `` `b `` y"),
        ("go [to *it*](https://e.org/a) ok", 1, 7, "o [to *i*](https://e.org/a)"),
        ("at https://e.org/a_b now", 1, 21, "t https://e.org/a_b "),
        ("at https://e.org/a_b now", 1, 10, "t https:/"),
        ("a \\*b\\* *c* d", 0, 7, "a \\*b\\* *c*"),
        ("see[^1] *x* y\n\n[^1]: n", 1, 6, "ee[^1] *x*"),
        ("one  \ntwo *x*", 1, 9, "ne\\\ntwo *x*"),
        ("*one*  \ntwo  \n*x*", 1, 8, "*ne*\\\ntwo"),
        ("*one*  \ntwo *x*", 3, 9, "two *x*"),
        ("*one*  \n*two*  \nend", 3, 8, "*two*"),
        ("a [b](<https://e.org/(b> 't') *d*", 1, 6, " [b](<https://e.org/(b>) *d*"),
    ],
)
def test_marks_of_parts_are_written_so_that_they_are_read_again(
    source: str, start: int, end: int, written: str
) -> None:
    transcript = opened(reply(source))
    assert markdown(selected(transcript, at(0, start), at(0, end))) == written


def test_what_users_wrote_is_copied_in_the_pieces_in_which_it_is_shown(
    make_message: Make,
) -> None:
    text = f"```\nfirst\n```\n\n{'long ' * 1000}\n\n```\nlast\n```"
    transcript = opened(make_message(text, role=Role.USER))
    leaves = transcript[0].leaves(PartKind.ANSWER)
    found = selected(transcript, at(0, 1), at(len(leaves) - 1, 2))
    assert markdown(found).startswith("```\nirst\n```\n\nlong long")
    assert markdown(found).endswith("long\n\n```\nla\n```")
    assert markdown(selected(transcript, at(len(leaves) - 1, 1), at(LAST, 0))) == "ast"
    assert markdown(selected(transcript, at(0, 5), at(1, 4))) == "long"


def test_a_list_keeps_its_numbers_and_what_is_nested(make_message: Make) -> None:
    text = "1. one\n2.\n3. three\n   > *deep* quote\n   >\n   > more\n\nend"
    transcript = opened(reply(text))
    assert markdown(selected(transcript, at(1, 0), at(3, 4))) == "2.\n3. three\n   > *deep*"
    assert markdown(selected(transcript, at(3, 5), at(5, 1))) == "3. > quote\n   >\n   > more\n\ne"


def test_a_line_that_would_begin_another_block_is_escaped() -> None:
    text = "see\n\nbut 1. is # no > list\n\nend"
    transcript = opened(reply(text))
    assert writing.markdown(Paragraph("> a\n  1. b\n# c")) == "\\> a\n  1\\. b\n\\# c"
    assert markdown(selected(transcript, at(1, 4), at(2, 1))) == "1\\. is # no > list\n\ne"
    assert markdown(selected(transcript, at(1, 10), at(2, 1))) == "\\# no > list\n\ne"
    assert writing.markdown(Paragraph("[a]: b\n[^1]: c")) == "[a]\\: b\n[^1]\\: c"
    quoted = opened(reply("> some text\n> - in list\n[^1]: the note\n\n# x\n[^1]: the note"))
    found = markdown(selected(quoted, at(0, 5), at(2, 1)))
    assert found == "> text\n>\n> - in list\n>   [^1]\\: the note\n\n# x"
    assert writing.markdown(Math("")) == "$$\n$$"
    assert writing.markdown(Heading(2, "a\nb")) == "a\nb\n---"
    assert writing.markdown(Heading(2, "a # b #")) == "## a # b \\#"
    assert writing.markdown(Heading(1, "##")) == "# \\##"
    assert writing.markdown(Heading(1, "C#")) == "# C#"
    assert parsed("# \\##") == [Heading(1, "\\##")]


def test_a_table_that_goes_on_is_copied_from_its_middle() -> None:
    rows = "".join(f"| {number} | b |\n" for number in range(450))
    transcript = opened(reply(f"| h | i |\n|---|---|\n{rows}"))
    count = len(transcript[0].leaves(PartKind.ANSWER))
    assert cells_only(selected(transcript, at(count - 1, 0), at(LAST, 0))) == "449\tb"
    found = selected(transcript, at(0, 0), at(3, LAST))
    assert cells_only(found) == "h\ti\n0\tb\n1\tb\n2\tb"
    assert copied(found, "latex") == ""


def test_formulas_are_found_wherever_they_stand() -> None:
    text = "# $a$\n\n- $b$\n\n> $c$\n\n| $d$ |\n|---|\n| $e$ |\n\n[^1]: $f$\n\nx[^1] `$g$`"
    assert copied(whole(reply(text)), "latex") == "a\nb\nc\nd\ne\nf"
    nested = "- | a |\n  |---|\n\n> | b |\n> |---|\n\n[^1]: | c |\n    |---|\n\n[^1]"
    assert copied(whole(reply(nested)), "tsv") == "a\n\nb\n\nc"


def test_text_is_kept_where_no_markdown_has_its_style() -> None:
    spans = (Span("a"), Span("(b)", bold=True), Span("c"))
    assert markdown_inline(spans, {}) == "a(b)c"
