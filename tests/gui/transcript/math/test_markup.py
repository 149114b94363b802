# SPDX-License-Identifier: MIT
"""MathML put right."""

from __future__ import annotations

import pytest

from chatglm_desktop.gui.transcript.math.markup import corrected


def test_operators_get_their_space() -> None:
    space = 'lspace="mediummathspace" rspace="mediummathspace"'
    assert corrected("<mo>&#x0222A;</mo>") == f"<mo {space}>&#x0222A;</mo>"
    assert corrected("<mi>&#x000B1;</mi>") == f"<mo {space}>&#x000B1;</mo>"
    assert "&#x0223C;" in corrected("<mi>&#x0007E;</mi>")


def test_a_tilde_above_a_letter_stays() -> None:
    assert corrected("<mo>&#x0007E;</mo>") == "<mo>&#x0007E;</mo>"


def test_braces_lose_their_backslash() -> None:
    assert corrected(r"<mo>\{</mo>") == "<mo>{</mo>"


def test_integrals_do_not_grow() -> None:
    assert corrected("<mo>&#x0222B;</mo>") == '<mo stretchy="false">&#x0222B;</mo>'


def test_lines_of_equations_have_room() -> None:
    assert corrected('<mtable rowspacing="3pt">') == '<mtable rowspacing="0.5em">'


def test_a_command_that_nobody_knew_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"\\foo"):
        corrected(r"<mi>\foo</mi>")
