# SPDX-License-Identifier: MIT
"""Closes half-open inline marks at the end of unfinished text; for display only."""

from __future__ import annotations

import re

_MARKS = re.compile(
    r"(?P<escape>\\(?s:.))|(?P<code>`+)|(?P<link>!?\[[^\[\]\n]*(?:\](?:\([^()\s]*)?)?\Z)"
    r"|(?P<run>\*+|_+|~+)|(?P<last>[\\<!\[]\Z|<(?:https?|mailto):[^\s<>]*\Z)"
)


def heal(inline: str) -> str:
    """``inline`` as it will probably look when its last marks are complete.

    Marks that have no text yet are left out. Text is never left out, but for the target of
    a link that is not complete.
    """
    healed: list[str] = []
    marks: list[str] = []
    place = 0
    while found := _MARKS.search(inline, place):
        healed.append(inline[place : found.start()])
        place = found.end()
        match found.lastgroup:
            case "code":
                end = _code_end(inline, found)
                if end < 0:
                    return _closed("".join(healed), [*marks, found[0]], inline[place:])
                healed.append(inline[found.start() : end])
                place = end
            case "run":
                healed.append(_run(inline, found, marks))
            case "link":
                healed.append(found[0].lstrip("![").partition("]")[0])
            case "last":
                healed.append(found[0][1:])
            case _:
                healed.append(found[0])
    return _closed("".join(healed), marks, inline[place:])


def _code_end(inline: str, opening: re.Match[str]) -> int:
    """Where the code span that begins with ``opening`` ends, or -1."""
    for run in re.compile("`+").finditer(inline, opening.end()):
        if run[0] == opening[0]:
            return run.end()
    return -1


def _run(inline: str, found: re.Match[str], marks: list[str]) -> str:
    """The run to show; ``marks`` are the open ones, which it may close or extend."""
    run = found[0]
    before = inline[found.start() - 1 : found.start()]
    after = inline[found.end() : found.end() + 1]
    if after and (run == "~" or (run[0] == "_" and before.isalnum() and after.isalnum())):
        return run
    if before.strip() and marks and marks[-1][0] == run[0]:
        if marks[-1] == run or not after:
            return marks.pop()
        if len(run) > len(marks[-1]):
            return run
    if not after:
        return ""
    if after.strip():
        marks.append(run)
    return run


def _closed(healed: str, marks: list[str], rest: str) -> str:
    """``healed`` and ``rest`` with ``marks`` closed; those without text are left out."""
    if marks and marks[-1].startswith("`"):
        if not rest.strip("` \n"):
            return _closed(healed, marks[:-1], "")
        healed += marks[-1]
        # A closing run that is not complete.
        rest = rest.rstrip("`")
    text = (healed + rest).rstrip()
    while marks and text.endswith(marks[-1]):
        text = text.removesuffix(marks.pop()).rstrip()
    return text + "".join(reversed(marks))
