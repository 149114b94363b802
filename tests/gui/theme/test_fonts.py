# SPDX-License-Identifier: MIT
"""The choice of fonts on each system, and what Qt makes of it on this one."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from chatglm_desktop.gui.theme.fonts import body_families, body_font, code_families, code_font


@pytest.mark.parametrize(
    ("system", "platform", "installed", "families"),
    [
        ("Segoe UI", "win32", ("Microsoft YaHei UI",), ["Segoe UI", "Microsoft YaHei UI"]),
        (".AppleSystemUIFont", "darwin", ("PingFang SC",), [".AppleSystemUIFont", "PingFang SC"]),
        ("Cantarell", "linux", ("Inter",), ["Cantarell"]),
        (
            "DejaVu Sans",
            "linux",
            ("Noto Sans", "Noto Sans CJK SC", "Noto Color Emoji"),
            ["Noto Sans", "DejaVu Sans", "Noto Sans CJK SC", "Noto Color Emoji"],
        ),
        ("Sans Serif", "linux", (), ["Sans Serif"]),
        ("DejaVu Sans", "win32", ("Inter",), ["DejaVu Sans"]),
        ("", "linux", ("Ubuntu",), ["Ubuntu"]),
    ],
)
def test_families_of_text(
    system: str, platform: str, installed: tuple[str, ...], families: list[str]
) -> None:
    assert body_families(system, lambda family: family in installed, platform) == families


def test_code_prefers_a_known_face_and_falls_back_to_the_system() -> None:
    assert code_families("Fixed", lambda family: family == "Consolas") == ["Consolas"]
    assert code_families("Fixed", lambda family: False) == ["Fixed"]


def test_simplified_glyphs_come_before_other_han_fonts() -> None:
    families = body_families("Inter", lambda family: "CJK" in family, "linux")
    assert families == ["Inter", "Noto Sans CJK SC"]


def test_fonts_of_this_system(qapp: QApplication) -> None:
    assert body_font().pixelSize() == 14
    assert code_font().pixelSize() == 13
    assert code_font(20).pixelSize() == 20
    assert code_font().styleHint() == QFont.StyleHint.Monospace
