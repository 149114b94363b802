# SPDX-License-Identifier: MIT
"""Exported HTML is one file that loads and runs nothing, whatever was said."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.chat.exporting.html import FormulaSvg, HtmlFormat
from chatglm_desktop.chat.exporting.words import Words
from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.export_choice import ExportContents
from chatglm_desktop.core.exports import SavedConversation
from chatglm_desktop.core.messages import AttachmentPart, Message, ReasoningPart, Role, TextPart
from tests.helpers.exports import PICTURE, rich_messages

VOID = {"meta", "br", "hr", "img"}
KNOWN = {
    *VOID, "html", "head", "title", "style", "body", "header", "main", "article", "b", "span",
    "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "pre", "code", "table",
    "thead", "tbody", "tr", "th", "td", "blockquote", "a", "strong", "em", "s", "sup", "details",
    "summary", "figure", "figcaption", "time", "svg",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "dir", "href", "alt", "src",
    "align", "start", "open",
}  # fmt: skip


class Checker(HTMLParser):
    """Fails at what may not be there, and gathers what is."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in KNOWN, tag
        values = {name: value or "" for name, value in attrs}
        assert set(values) <= ATTRIBUTES, values
        assert values.get("src", "data:image/").startswith("data:image/")
        assert values.get("href", "https:").startswith(("http:", "https:", "mailto:", "HTTP"))
        self.tags.append((tag, values))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text += data

    def names(self) -> list[str]:
        return [tag for tag, _ in self.tags]


def checked(
    *messages: Message,
    title: str = "T",
    contents: ExportContents | None = None,
    formula: FormulaSvg | None = None,
) -> Checker:
    def data(part: AttachmentPart) -> bytes | None:
        return PICTURE if part.digest != "1" * 64 else None

    wanted = contents or ExportContents()
    format = HtmlFormat(wanted, Words(), data, formula, lambda at: f"at {at:.0f}")
    saved = SavedConversation(ConversationSummary("c", title, 5.0, 6.0), Setup(), None, 2, 2)
    page = format.head(saved) + "".join(map(format.message, messages)) + format.foot()
    checker = Checker()
    checker.feed(page)
    checker.close()
    assert checker.open == []
    return checker


def reply(text: str) -> Message:
    return Message("m", Role.ASSISTANT, (TextPart(text),), 1.0)


def test_everything_of_a_conversation_is_there() -> None:
    page = checked(*rich_messages("ab" * 32), title="天气", contents=ExportContents(thinking=True))
    for words in (
        "天气",
        "at 5",
        "You",
        "glm-4.6 · at 1700000002",
        "Let me think.",
        "北京",
        "gone.txt",
    ):
        assert words in page.text
    assert "<script>alert(1)</script>" in page.text
    assert {"details", "table", "pre", "img"} <= set(page.names())
    assert "The service is still working" in page.text
    policy = next(values["content"] for _, values in page.tags if "http-equiv" in values)
    assert policy.startswith("default-src 'none'; img-src data:;")


def test_thinking_times_and_model_are_left_out_on_demand() -> None:
    bare = ExportContents(thinking=False, times=False, model=False)
    page = checked(*rich_messages("ab" * 32), contents=bare)
    assert not any(words in page.text for words in ("Let me", "glm-4.6", "at 17", "at 5"))


def test_code_is_coloured_and_stays_the_same() -> None:
    page = checked(reply('```python\ndef f():  # "<b>"\n\treturn "&amp;"\n```'))
    assert 'def f():  # "<b>"\n\treturn "&amp;"' in page.text
    classes = [values.get("class") for tag, values in page.tags if tag == "span"]
    assert classes == ["details", "k", "n", "c", "k", "s"]


def test_long_code_is_whole() -> None:
    page = checked(reply("```python\n" + "x = 1\n" * 5002 + "```"))
    assert page.text.count("x = 1") == 5002


def test_formulas_are_drawings_where_they_can_be() -> None:
    drawn: list[tuple[str, bool]] = []

    def formula(tex: str, display: bool) -> str | None:
        drawn.append((tex, display))
        return "<svg></svg>" if tex != "bad" else None

    page = checked(reply("$x$ and $bad$\n\n$$y$$"), formula=formula)
    assert drawn == [("x", False), ("bad", False), ("y", True)]
    assert page.names().count("svg") == 2
    assert "$bad$" in page.text
    assert "$$y$$" in checked(reply("$$y$$")).text


def test_pictures_that_are_gone_or_of_other_kinds_are_named() -> None:
    gone = AttachmentPart("a<b>.png", "image/png", 1, "1" * 64)
    drawing = AttachmentPart("x.svg", "image/svg+xml", 1, "2" * 64)
    page = checked(Message("m", Role.USER, (gone, drawing), 1.0))
    assert "a<b>.png (no longer there)" in page.text
    assert "x.svg" in page.text
    assert "img" not in page.names()


def test_a_large_table_is_written_in_good_time() -> None:
    rows = "| **a** | `b` |\n" * 3000
    page = checked(reply(f"| x | y |\n|---|---|\n{rows}"))
    assert page.names().count("tr") == 3001


hostile = st.lists(
    st.sampled_from(
        [
            "</script>", "<script>", "</style>", "<!--", "-->", "]]>", "<img src=x onerror=y>",
            "[a](javascript:x)", "[a](HTTP://e.example/\"onclick='x')", "![p](http://e.example/p)",
            '"', "'", "&lt;", "\0", "\u202e", "\u2028", "```", "```html\"><b>\n", "$x$", "$$", "|",
            "\n", "\n\n", "- ", "> ", "# ", "[^1]", "[^1]: ", "**", "| a | b |\n|--|--|\n",
            "<https://e.example/'\">", "【1†source】", "天气", "- [x] ", "\ud800",
        ]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(hostile, hostile, st.sampled_from(Role))
def test_nothing_that_was_said_is_markup(text: str, title: str, role: Role) -> None:
    message = Message("m", role, (ReasoningPart(text), TextPart(text)), 1.0, model=title)
    checked(message, title=title, contents=ExportContents(thinking=True))


@pytest.mark.parametrize("media_type", ['image/png" onload="x', "text/html"])
def test_a_media_type_is_no_markup(media_type: str) -> None:
    part = AttachmentPart("a", media_type, 1, "2" * 64)
    assert "img" not in checked(Message("m", Role.USER, (part,), 1.0)).names()
