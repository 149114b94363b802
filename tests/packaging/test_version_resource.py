# SPDX-License-Identifier: MIT
"""The Windows version resource carries the version, also where it is no plain triple."""

from __future__ import annotations

import ast

import pytest

from version_resource import version_resource


@pytest.mark.parametrize(
    ("version", "quad"),
    [
        ("1.2.3", (1, 2, 3, 0)),
        ("0.1", (0, 1, 0, 0)),
        ("2.0.10rc1", (2, 0, 10, 0)),
        ("3.1.4.post2", (3, 1, 4, 0)),
    ],
)
def test_the_version_stands_in_numbers_and_in_words(
    version: str, quad: tuple[int, int, int, int]
) -> None:
    tree = ast.parse(version_resource(version), mode="eval")
    values = {
        keyword.arg: ast.literal_eval(keyword.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "FixedFileInfo"
        for keyword in node.keywords
    }
    assert values["filevers"] == values["prodvers"] == quad
    words = [
        ast.literal_eval(node.args[1])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "StringStruct"
        and ast.literal_eval(node.args[0]) in ("FileVersion", "ProductVersion")
    ]
    assert words == [version, version]
