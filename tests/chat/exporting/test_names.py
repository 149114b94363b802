# SPDX-License-Identifier: MIT
"""Whatever a title is, every system takes its file name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.chat.exporting.names import LONGEST, Names, safe_name, stem_and_suffix

titles = st.text(st.characters(codec=None, categories=None)) | st.text(
    st.sampled_from("aA. -~:/\\\u202e\u200d\ufe0f\u0301👩天\nCOM1nul"), max_size=90
)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("天气: a/b?", "天气 a b"),
        ("  spaces \n and\ttabs ", "spaces and tabs"),
        ("CON", "CON_"),
        ("nul.txt", "nul_.txt"),
        ("com¹", "com¹_"),
        ("console", "console"),
        ("ends with dots...", "ends with dots"),
        ("..hidden", "hidden"),
        ("--help", "help"),
        ("~user", "user"),
        ("evil\u202egpj.exe", "evilgpj.exe"),
        ("e\u0301", "é"),
        ("👩‍💻 code", "👩‍💻 code"),
        ("\ud800", "x"),
        ("???", "x"),
        ("", "x"),
    ],
)
def test_titles_become_names(title: str, name: str) -> None:
    assert safe_name(title, "x") == name


def test_long_names_are_cut_between_letters() -> None:
    assert safe_name("天" * 100, "x") == "天" * (LONGEST // 3)
    assert safe_name("x" + "e\u0323\u0302\u0301" * 100, "x", 7) == "x" + "ệ\u0301"
    assert safe_name("ab👩‍💻", "x", 9) == "ab👩"
    assert safe_name("a" + "\u0328" * 200, "x") == "x"


@given(titles)
def test_every_name_is_safe_and_stays_what_it_is(title: str) -> None:
    name = safe_name(title, "x")
    assert 0 < len(name.encode()) <= LONGEST + 1
    assert not set(name) & set('<>:"/\\|?*\n\r\t\0')
    assert name == name.strip()
    assert name[-1] != "."
    assert name[0] not in ".-~"
    assert name.split(".")[0].rstrip().lower() not in ("con", "prn", "aux", "nul", "com1", "lpt1")
    assert unicodedata.is_normalized("NFC", name)
    assert safe_name(name, "y") == name


@given(st.lists(st.sampled_from(["a", "A", "ａ", "a (2)", "天", "é", "ß", "ss"]), max_size=12))
def test_no_two_names_are_the_same_on_any_system(stems: list[str]) -> None:
    names = Names()
    taken = [names.take(stem, ".md") for stem in stems]
    assert len({unicodedata.normalize("NFKC", name).casefold() for name in taken}) == len(stems)


def test_numbers_fit_into_long_names() -> None:
    names = Names()
    long = "天" * (LONGEST // 3)
    assert names.take(long, ".md") == f"{long}.md"
    second = names.take(long, ".md")
    assert second.endswith("天 (2).md")
    assert len(second.encode()) <= LONGEST + 3
    assert names.take(long, ".md").endswith(" (3).md")


@pytest.mark.parametrize(
    ("file", "parts"),
    [
        ("图 1.png", ("图 1", ".png")),
        ("a.tar.gz", ("a.tar", ".gz")),
        ("README", ("README", "")),
        (".bashrc", ("bashrc", "")),
        ("a.p/ng", ("a.p ng", "")),
        ("con.txt", ("con_", ".txt")),
        ("?.md", ("file", ".md")),
    ],
)
def test_files_keep_their_suffix(file: str, parts: tuple[str, str]) -> None:
    assert stem_and_suffix(file, "file") == parts
