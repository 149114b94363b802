# SPDX-License-Identifier: MIT
"""PDF files: text that can be found, fonts inside, links, formulas as outlines, sound pages."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader

from chatglm_desktop.chat.exporting.making import Tools
from chatglm_desktop.chat.exporting.words import Words
from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.deltas import Image
from chatglm_desktop.core.export_choice import ExportContents
from chatglm_desktop.core.exports import SavedConversation, export_problem
from chatglm_desktop.core.messages import (
    AttachmentPart,
    ImagesPart,
    Message,
    ReasoningPart,
    Role,
    TextPart,
)
from tests.helpers.exports import rich_messages

Printed = Callable[[Sequence[Message]], PdfReader]


def reply(text: str) -> Message:
    return Message("m", Role.ASSISTANT, (TextPart(text),), 1.7e9)


def pages(pdf: PdfReader) -> list[str]:
    """The text of each page, without spaces and line breaks."""
    return ["".join(page.extract_text().split()) for page in pdf.pages]


def links(pdf: PdfReader) -> Iterator[str]:
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            yield str(annotation.get_object()["/A"]["/URI"])


def fonts(pdf: PdfReader) -> Iterator[dict[str, object]]:
    for page in pdf.pages:
        for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[attr-defined]
            yield font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]


def test_everything_of_a_conversation_is_there(printed: Printed) -> None:
    pdf = printed(rich_messages("ab" * 32))
    text = "".join(pages(pdf))
    for words in ("天气today", "天气怎么样？", "重点：明天", "北京", "defweather()->str:#<b>"):
        assert words in text
    assert "gone.txt" in text
    assert "glm-4.6" in text
    assert "Theserviceisstillworking" in text
    assert pdf.metadata is not None
    assert pdf.metadata.title == "天气 today"
    assert "https://e.example/w" in set(links(pdf))
    assert len(pdf.pages[0].images) == 1


def test_fonts_are_inside(printed: Printed) -> None:
    found = list(fonts(printed([reply("Latin 天气 `code`")])))
    assert found
    assert all("/FontFile2" in f or "/FontFile3" in f for f in found)


def test_digits_and_spaces_are_read_as_such(printed: Printed) -> None:
    pdf = printed([reply("You 2023 have 气 方 日 长 马")])
    text = pdf.pages[0].extract_text()
    assert "2023" in text
    assert "\t" not in text
    assert all(character in text for character in "气方日长马")


def test_links_lead_to_their_address_in_ascii(printed: Printed) -> None:
    pdf = printed([reply("[a](https://e.example/天?x=1) and [b](javascript:x)")])
    assert list(links(pdf)) == ["https://e.example/%E5%A4%A9?x=1"]


def test_formulas_are_outlines(printed: Printed) -> None:
    pdf = printed([reply("$x^2$ in text\n\n$$\\sum_i y_i$$\n\n$$\\bad{$$")])
    content = pdf.pages[0].get_contents()
    assert content is not None
    assert content.get_data().count(b" c\n") > 20
    assert list(pdf.pages[0].images) == []
    assert "\\bad{" in "".join(pages(pdf))


def test_pages_are_numbered(printed: Printed) -> None:
    found = pages(printed([reply("word " * 3000)]))
    assert len(found) > 2
    assert all(text.endswith(f"天气today{n}") for n, text in enumerate(found, 1))


@pytest.mark.parametrize("before", range(20, 48, 3))
def test_short_code_is_not_parted_and_no_heading_ends_a_page(printed: Printed, before: int) -> None:
    code = "\n".join(f"line{n}" for n in range(20))
    lines = "\n\n".join("Text." for _ in range(before))
    pdf = printed([reply(f"{lines}\n\n## Heading\n\n```\n{code}\n```")])
    found = [text for text in pages(pdf) if "line0" in text or "Heading" in text]
    assert len(found) == 1
    assert "line19" in found[0]


def test_long_code_goes_on_on_the_next_page(printed: Printed) -> None:
    code = "\n".join(f"row{n}." for n in range(300))
    found = pages(printed([reply(f"```\n{code}\n```")]))
    assert "".join(found).count("row") == 300
    assert "row0." in found[0]


def test_wide_and_long_tables_are_whole(printed: Printed) -> None:
    wide = "|".join(f"h{n}x" for n in range(40))
    rows = "\n".join("|".join(f"c{n}y" for n in range(40)) for _ in range(60))
    text = "".join(pages(printed([reply(f"|{wide}|\n|{'--|' * 40}\n{rows}")])))
    assert text.count("c39y") == 60


def test_rare_things_are_drawn(printed: Printed) -> None:
    parts = (
        ReasoningPart("Think.\n\n```py\nx\n```\n\nOn."),
        TextPart("> quote\n\nעברית\n\n---\n\n- [ ] a\n\n[^1]\n\n[^1]: note\n\n" + "长" * 5000),
        ImagesPart((Image("https://e.example/i.png"), Image("data:x"))),
    )
    broken = AttachmentPart("broken.png", "image/png", 1, "0" * 64)
    messages = [
        Message("a", Role.ASSISTANT, parts, 1.7e9, model="m"),
        Message("b", Role.USER, (broken,), 1.7e9),
    ]
    pdf = printed(messages)
    text = "".join(pages(pdf))
    assert "note" in text
    assert text.count("长") == 5000
    assert "broken.png(nolongerthere)" in text
    assert "https://e.example/i.png" in set(links(pdf))


def test_a_file_that_cannot_be_made_is_an_error(tools: Tools, tmp_path: Path) -> None:
    assert tools.pdf is not None
    with pytest.raises(FileNotFoundError):
        tools.pdf(tmp_path / "no" / "a.pdf", ExportContents(), Words(), lambda part: None)


@pytest.mark.skipif(sys.platform == "win32", reason="limits sizes of files")
def test_a_file_that_cannot_be_written_to_its_end_is_an_error(printed: Printed) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(OSError, match="too large") as caught:
            printed([reply("Latin 天气 `code` " * 2000)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert export_problem(caught.value).problem == "too large"


def test_one_that_is_given_up_leaves_no_painter(tools: Tools, tmp_path: Path) -> None:
    assert tools.pdf is not None
    file = tools.pdf(tmp_path / "a.pdf", ExportContents(), Words(), lambda part: None)
    summary = ConversationSummary("c", "", 1.0, 1.0)
    file.begin(SavedConversation(summary, Setup(), None, 0, 0))
    file.discard()
    file.discard()
