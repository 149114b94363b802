# SPDX-License-Identifier: MIT
"""The named colours and sizes of each theme; plain values without Qt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as ``#rrggbb``; every text on its own ground has a contrast of at least 4.5:1."""

    name: str
    dark: bool
    window: str
    surface: str
    raised: str
    line: str
    text: str
    dim: str
    accent: str
    on_accent: str
    accent_weak: str
    user: str
    table_head: str
    inline_code: str
    selection: str
    mark: str
    mark_current: str
    ok: str
    warn: str
    bad: str
    syntax_keyword: str
    syntax_name: str
    syntax_string: str
    syntax_comment: str
    syntax_number: str


LIGHT = Theme(
    name="light",
    dark=False,
    window="#f6f7f9",
    surface="#ffffff",
    raised="#ffffff",
    line="#e4e7ec",
    text="#1b1f27",
    dim="#5d6779",
    accent="#245fea",
    on_accent="#ffffff",
    accent_weak="#e8efff",
    user="#e8efff",
    table_head="#eceef2",
    inline_code="#ffffff",
    selection="#b9d0ff",
    mark="#fff0b3",
    mark_current="#ffc53d",
    ok="#12805c",
    warn="#b54708",
    bad="#c4320a",
    syntax_keyword="#7c3aed",
    syntax_name="#0b6bcb",
    syntax_string="#12805c",
    syntax_comment="#667085",
    syntax_number="#0b6bcb",
)

DARK = Theme(
    name="dark",
    dark=True,
    window="#14161b",
    surface="#1a1d23",
    raised="#21252d",
    line="#2d323c",
    text="#e8eaee",
    dim="#98a2b3",
    accent="#7aa2ff",
    on_accent="#0d1530",
    accent_weak="#222f52",
    user="#24345f",
    table_head="#22262e",
    inline_code="#2d323c",
    selection="#39518f",
    mark="#4d4118",
    mark_current="#7a5800",
    ok="#4ade9f",
    warn="#fdb022",
    bad="#ff8a65",
    syntax_keyword="#c4a7ff",
    syntax_name="#7cc4ff",
    syntax_string="#86e0b4",
    syntax_comment="#8a94a6",
    syntax_number="#7cc4ff",
)

HIGH_CONTRAST = Theme(
    name="high-contrast",
    dark=True,
    window="#000000",
    surface="#000000",
    raised="#000000",
    line="#ffffff",
    text="#ffffff",
    dim="#e0e0e0",
    accent="#ffd400",
    on_accent="#000000",
    accent_weak="#3a3000",
    user="#1c1c1c",
    table_head="#1c1c1c",
    inline_code="#2b2b2b",
    selection="#005fcc",
    mark="#4d4100",
    mark_current="#806000",
    ok="#5cff9d",
    warn="#ffd400",
    bad="#ff9a80",
    syntax_keyword="#d6b8ff",
    syntax_name="#8fd3ff",
    syntax_string="#9dffce",
    syntax_comment="#d0d0d0",
    syntax_number="#8fd3ff",
)
