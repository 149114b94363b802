# SPDX-License-Identifier: MIT
"""Exported Markdown says what was said, and no message reaches into the next."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from chatglm_desktop.chat.exporting.markdown import MarkdownFormat
from chatglm_desktop.chat.exporting.words import Words
from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.export_choice import ExportContents
from chatglm_desktop.core.exports import SavedConversation
from chatglm_desktop.core.messages import AttachmentPart, Message, Role, TextPart
from chatglm_desktop.markdown.blocks import Heading
from chatglm_desktop.markdown.parser import parse_blocks
from chatglm_desktop.markdown.writing.enclosed import Enclosing
from tests.helpers.exports import rich_messages

pieces = st.sampled_from(
    [
        "text", "\n", "\n\n", "```", "````py\n", "~~~", "$$", "$", "\\[", "\\]", "<!--", "-->",
        "<script>", "</script>", "<div onclick='x'>", "<br>", "<https://e.example>", "`", "- ",
        "> ", "1. ", "    ", "| a | b |\n|---|---|\n", "\\", "[^1]: ", "# ", "\u202e", "天气",
        "<![CDATA[",
    ]
)  # fmt: skip
texts = st.lists(pieces, max_size=14).map("".join)


def saved(title: str) -> SavedConversation:
    return SavedConversation(ConversationSummary("c", title, 5.0, 6.0), Setup(), None, 2, 2)


def written(
    *messages: Message,
    title: str = "T",
    contents: ExportContents | None = None,
) -> str:
    def link(part: AttachmentPart) -> str | None:
        return None if part.digest == "0" * 64 else f"T files/{part.name}"

    format = MarkdownFormat(contents or ExportContents(), Words(), link, lambda at: f"at {at:.0f}")
    return format.head(saved(title)) + "".join(map(format.message, messages)) + format.foot()


def test_a_conversation_reads_well() -> None:
    shown = written(*rich_messages("ab" * 32)[2:], title="天气")
    assert shown.startswith(
        "# 天气\n\n*at 5*\n\n## Assistant · glm-4.6 · at 1700000002\n\n# 天气\n\n**重点：**明天"
    )
    assert "```python\ndef weather() -> str:  # <b>\n" in shown
    assert shown.endswith(
        "[Picture](https://e.example/p.png)\n\n**Sources**\n\n"
        "1. [Weather \\[1\\]](https://e.example/w)\n\n"
        "## You · at 1700000003\n\nAnd then?\n\n"
        "## Assistant · glm-4.6 · at 1700000004\n\n"
        "*The service is still working on another reply of yours.*\n"
    )


def test_files_are_linked_or_named() -> None:
    shown = written(rich_messages("ab" * 32)[0])
    assert "- ![图 1.png](T%20files/%E5%9B%BE%201.png)\n- gone.txt (no longer there)\n" in shown


def test_what_is_not_wanted_is_left_out() -> None:
    message = rich_messages("ab" * 32)[2]
    bare = written(message, contents=ExportContents(thinking=False, times=False, model=False))
    assert bare.startswith("# T\n\n## Assistant\n\n# 天气")
    full = written(message, contents=ExportContents(thinking=True))
    assert "> **Thinking**\n>\n> Let me *think*.\n" in full


def test_a_title_is_text_only() -> None:
    assert written(title="# **a** <b>\nc [x](y)").startswith(
        "# \\# \\*\\*a\\*\\* \\<b\\> c [x\\](y)\n"
    )
    assert written(title=" ").startswith("# Conversation\n")


def test_targets_cannot_break_out_of_their_link() -> None:
    from chatglm_desktop.core.deltas import Source
    from chatglm_desktop.core.messages import SourcesPart

    parts = SourcesPart((Source("https://e.example/a b)(<x>", "t"), Source("javascript:x", "bad")))
    shown = written(Message("m", Role.ASSISTANT, (parts,), 1.0))
    assert "1. [t](https://e.example/a%20b%29%28%3Cx%3E)\n2. bad\n" in shown


@settings(deadline=None)
@given(texts, st.sampled_from(Role))
def test_no_text_swallows_what_follows(text: str, role: Role) -> None:
    messages = [Message("a", role, (TextPart(text),), 1.0), Message("b", Role.USER, (), 2.0)]
    shown = written(*messages, contents=ExportContents(times=False))
    blocks = [found.block for found in parse_blocks(shown)]
    assert blocks[-1] == Heading(2, "You")
    tokens = MarkdownIt("commonmark").enable("table").parse(shown)
    assert [t.content for t in tokens if t.type == "inline"][-1] == "You"


@settings(deadline=None)
@example("<![CDATA[```<script>```text```")
@given(texts)
def test_no_html_is_left_but_what_is_harmless(text: str) -> None:
    rendered = (
        MarkdownIt("commonmark", {"html": True}).enable("table").parse(Enclosing().enclosed(text))
    )
    html = [t.content for t in rendered if t.type == "html_block"]
    for token in rendered:
        html += [c.content for c in token.children or () if c.type == "html_inline"]
    assert set(html) <= {"<br>"}


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("plain\n\ntext", "plain\n\ntext"),
        ("1 < 2 and `<b>` and $a<b$", "1 < 2 and `<b>` and $a< b$"),
        ("```html\n<b>\n```", "```html\n<b>\n```"),
        ("a<br>b <https://e.example> <me@e.example>", "a<br>b <https://e.example> <me@e.example>"),
        ("\\<b> \\\\<b>", "\\<b> \\\\\\<b>"),
        ("- ```\n  a\nb <!-- c", "- ```\n  a\nb \\<!-- c"),
        ("$$\nx", "$$\nx"),
        ("\\[\nx", "\\[\nx\n\\]"),
        ("\n\n", ""),
        ("\\[\n```1. text", "````markdown\n\\[\n```1. text\n````"),
    ],
)
def test_text_is_changed_only_where_it_must_be(text: str, same: str) -> None:
    assert Enclosing().enclosed(text) == same
