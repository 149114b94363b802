# SPDX-License-Identifier: MIT
"""Which way text is read."""

from __future__ import annotations

import pytest

from chatglm_desktop.transcript.direction import goes_left, mixes


@pytest.mark.parametrize(
    ("text", "leftwards", "mixed"),
    [
        ("", False, False),
        ("plain", False, False),
        ("中文 😀", False, False),
        ("שלום", True, True),
        ("مرحبا world", True, True),
        ("world مرحبا", False, True),
        ("1. (ab) שלום", False, True),
        ("12 + 3 = שלום", True, True),
        ("١٢٣", False, True),
        ("\u200f12", True, True),
    ],
)
def test_the_first_letter_decides(text: str, leftwards: bool, mixed: bool) -> None:
    assert (goes_left(text), mixes(text)) == (leftwards, mixed)
