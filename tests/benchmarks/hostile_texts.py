# SPDX-License-Identifier: MIT
"""Texts that nobody writes and a model may still send; measures nothing."""

from __future__ import annotations

from collections.abc import Callable

MEGABYTE = 1_000_000
_WORDS = "some words and 一些中文 in `code` or **bold**, and so on. "


def _letters(count: int, first: str, variety: int) -> str:
    """Letters without a space, in no order that comes back soon."""
    return "".join(chr(ord(first) + n * n // 7 % variety) for n in range(count))


def _deep(mark: str) -> str:
    """Each level deeper than the one before, up to 200."""
    return "\n".join(mark * level + f"level {level}" for level in range(1, 201))


def _deep_lists() -> str:
    return "\n".join("  " * level + f"- level {level + 1}" for level in range(200))


def _table() -> str:
    head = "| number | name | value | 备注 |\n|--:|---|:-:|---|\n"
    rows = (f"| {n} | row `{n}` | **{n * 7}** | 第 {n} 行 |" for n in range(5000))
    return head + "\n".join(rows)


def _code() -> str:
    line = "    result[{0}] = compute({0}, 'text')  # 注释 {0}\n"
    lines: list[str] = []
    size = 0
    while size < MEGABYTE:
        lines.append(line.format(len(lines)))
        size += len(lines[-1])
    return f"```python\n{''.join(lines)}```"


def _zalgo() -> str:
    marks = "".join(map(chr, range(0x300, 0x36F)))
    word = "".join(letter + marks[n * 7 : n * 7 + 40] for n, letter in enumerate("zalgo"))
    return "\n\n".join((word + " ") * 20 for _ in range(20))


def _formulas() -> str:
    return "\n\n".join(
        f"Formula $\\frac{{x_{{{n}}}}}{{\\sqrt{{{n}}}}}$ and\n\n$$\\sum_{{i=1}}^{{{n}}} i^{{{n}}}$$"
        for n in range(250)
    )


def _footnotes() -> str:
    text = " ".join(f"word[^{n}]" for n in range(300))
    return text + "\n\n" + "\n".join(f"[^{n}]: Footnote **{n}**." for n in range(300))


def _bidi() -> str:
    line = "English עברית (123) العربية `code` 中文 \u202eoverride\u202c \u2067isolate\u2069 end, "
    return "\n\n".join(line * 30 for _ in range(40))


HOSTILE: dict[str, Callable[[], str]] = {
    "a line of 10,000 letters": lambda: _letters(10_000, "a", 26),
    "10,000 Chinese letters": lambda: _letters(10_000, "一", 3_500),
    "200 quotes in each other": lambda: _deep(">"),
    "200 lists in each other": _deep_lists,
    "a table of 5,000 rows": _table,
    "1 MB in one block of code": _code,
    "1 MB in one line of code": lambda: f"```\n{'x = 1; ' * (MEGABYTE // 7)}\n```",
    "1 MB in one line": lambda: _WORDS * (MEGABYTE // len(_WORDS)),
    "1 MB without a space": lambda: _letters(MEGABYTE, "a", 26),
    "2,000 open marks": lambda: "*a **b _c ~~d `e " * 400,
    "2,000 open brackets": lambda: "[a](b " * 1000 + "![" * 1000,
    "letters under marks": _zalgo,
    "2,000 joined emoji": lambda: "👩\u200d👩\u200d👧\u200d👦" * 2000,
    "500 formulas": _formulas,
    "300 footnotes": _footnotes,
    "500 citation marks": lambda: " ".join(f"word【{n}†source】" for n in range(1, 501)),
    "both directions": _bidi,
}
