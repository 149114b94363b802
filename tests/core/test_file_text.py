# SPDX-License-Identifier: MIT
"""Which bytes are text, and that no text can break out of its fence."""

from __future__ import annotations

import codecs
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.core.file_text import decode_text, fence_language, fenced, inlined
from chatglm_desktop.markdown.blocks import Code
from chatglm_desktop.markdown.parser import Parser

CHINESE = "春眠不觉晓，处处闻啼鸟。\n夜来风雨声，花落知多少。\n"
WESTERN = "Grüße aus Köln – déjà vu, señor Müller\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"plain\ttext\r\n", "plain\ttext\r\n"),
        (CHINESE.encode(), CHINESE),
        (codecs.BOM_UTF8 + CHINESE.encode(), CHINESE),
        (CHINESE.encode("utf-16"), CHINESE),
        (codecs.BOM_UTF16_BE + CHINESE.encode("utf-16-be"), CHINESE),
        (CHINESE.encode("utf-32"), CHINESE),
        (codecs.BOM_UTF32_BE + CHINESE.encode("utf-32-be"), CHINESE),
        (CHINESE.encode("gb18030"), CHINESE),
        (f"int main() {{}} // {CHINESE}".encode("gbk"), f"int main() {{}} // {CHINESE}"),
        (WESTERN.encode("windows-1252"), WESTERN),
        ("Müller".encode("latin-1"), "Müller"),
        (b"\x1b[31mred\x1b[0m\a", "\x1b[31mred\x1b[0m\a"),
    ],
)
def test_text_in_the_usual_encodings(data: bytes, text: str) -> None:
    assert decode_text(data) == text


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01\x02",
        b"\x89PNG\r\n\x1a\n",
        bytes(range(256)),
        "no mark".encode("utf-16-le"),
        codecs.BOM_UTF16_LE + b"\x00",
        codecs.BOM_UTF32_LE + b"\xff\xff\xff\xff",
        b"\x81\x8d\xff",
    ],
)
def test_other_bytes_are_no_text(data: bytes) -> None:
    assert decode_text(data) is None


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
def test_every_utf8_text_is_found(text: str) -> None:
    assert decode_text(text.encode()) == text.removeprefix("\ufeff")


@given(st.binary(max_size=200))
def test_what_is_found_never_holds_a_zero(data: bytes) -> None:
    text = decode_text(data)
    assert text is None or "\0" not in text


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("main.py", "python"),
        ("Main.PY", "python"),
        ("Dockerfile", "dockerfile"),
        ("CMakeLists.txt", "cmake"),
        ("notes.txt", ""),
        ("README", ""),
        (".gitignore", ""),
        ("资料.json", "json"),
    ],
)
def test_the_name_tells_the_language(name: str, language: str) -> None:
    assert fence_language(name) == language


def test_a_file_is_put_in_with_its_name() -> None:
    assert inlined("a b.py", "x = 1\r\ny = 2\r") == "a b.py:\n```python\nx = 1\ny = 2\n```"
    assert inlined("a.pdf", "text", "") == "a.pdf:\n```\ntext\n```"
    assert inlined("empty", "") == "empty:\n```\n```"


def test_a_name_stays_on_its_line() -> None:
    assert inlined("a\n```\nb.txt", "x").startswith("a ``` b.txt:\n```\n")


PIECES = st.lists(st.sampled_from(["`", "```", "````", "~~~", "\n", " ", "\t", "> ", "- ", "a"]))


@given(PIECES.map("".join), st.sampled_from(["x.py", "x", "x.md"]))
def test_nothing_in_a_text_ends_its_fence(text: str, name: str) -> None:
    block = inlined(name, text)
    title, opening, *lines, closing = block.split("\n")
    fence = closing
    assert (title, opening) == (f"{name}:", fence + fence_language(name))
    assert re.fullmatch("`{3,}", fence)
    assert not any(fence in line for line in lines)
    written = "".join(f"{line}\n" for line in lines)
    assert written == (text if text.endswith("\n") or not text else f"{text}\n")


@given(PIECES.map("".join), PIECES.map("".join))
def test_markdown_reads_each_of_two_files_as_one_block(first: str, second: str) -> None:
    parsed = Parser().parse(f"{fenced(first)}\n\n{fenced(second)}\n\nQuestion")
    blocks = [place.block for place in parsed.places]
    codes = [str(block.content) for block in blocks if isinstance(block, Code)]
    assert codes == [first.removesuffix("\n"), second.removesuffix("\n")]
    assert len(blocks) == 3
