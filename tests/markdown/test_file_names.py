# SPDX-License-Identifier: MIT
"""File names for code."""

from __future__ import annotations

import pytest

from chatglm_desktop.markdown.file_names import file_name


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("python", "code.py"),
        ("Python", "code.py"),
        ("js", "code.js"),
        ("c++", "code.cpp"),
        ("bash", "code.sh"),
        ("dockerfile", "Dockerfile"),
        ("make", "Makefile"),
        ("apacheconf", "apache.conf"),
        ("srcinfo", "code.txt"),
        ("", "code.txt"),
        ("no such language", "code.txt"),
        ("../../etc/passwd", "code.txt"),
    ],
)
def test_code_is_named_by_its_language(language: str, name: str) -> None:
    assert file_name(language) == name


def test_every_language_gives_a_plain_name() -> None:
    from pygments.lexers import get_all_lexers

    for _, aliases, _, _ in get_all_lexers(plugins=False):
        for alias in aliases:
            name = file_name(alias)
            assert name
            assert not set(name) & set("*?[]/\\: \0")
