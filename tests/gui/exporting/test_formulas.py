# SPDX-License-Identifier: MIT
"""Formulas as SVG: outlines in the colour of the text, made at once."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

from chatglm_desktop.chat.exporting.making import Tools

_SVG = "{http://www.w3.org/2000/svg}"


def test_a_formula_is_an_outline(tools: Tools) -> None:
    assert tools.formula is not None
    drawn = tools.formula('\\frac{a<b}{"c"}', True)
    assert drawn is not None
    svg = fromstring(drawn)
    assert svg.tag == f"{_SVG}svg"
    assert [child.tag for child in svg] == [f"{_SVG}path"]
    assert svg.get("aria-label") == '\\frac{a<b}{"c"}'
    assert svg[0].get("d", "").startswith("M")
    assert tools.formula('\\frac{a<b}{"c"}', True) == drawn


def test_what_cannot_be_read_is_none(tools: Tools) -> None:
    assert tools.formula is not None
    assert tools.formula("\\frac{", False) is None
