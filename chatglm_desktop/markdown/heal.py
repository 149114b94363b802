# SPDX-License-Identifier: MIT
"""Closes half-open inline marks at the end of unfinished text; for display only."""

from __future__ import annotations

import re

from chatglm_desktop.markdown.marks import CITE, MATH, NOTE, OPEN, PROSE

# A formula or the mark of a source that is longer and not closed was none.
_LONGEST = 400

_ATOM = re.compile(f"{MATH.pattern}|{CITE.pattern}|{NOTE.pattern}", re.DOTALL)
_MARKS = re.compile(
    r"(?P<escape>\\(?s:.))|(?P<code>`+)|(?P<run>\*+|_+|~+)|(?P<dollars>\$+)|(?P<cite>【)"
    r"|!?\[(?P<label>[^\[\]\n]*)(?:\](?P<link>\(?))?"
    r"|(?P<tag><(?:br?[ \t]*/?)?\Z)|(?P<last>[\\!]\Z|<(?:https?|mailto):[^\s<>]*\Z)"
)
_TARGET = re.compile(r"[^()\s]*(?:\([^()\s]*\)?[^()\s]*)?(?:[ \t]+[\"'][^\"'\n]*[\"']?)?[ \t]*\Z")


def heal(inline: str) -> str:
    """``inline`` as it will probably look when its last marks are complete.

    Marks that have no text yet are left out. Text is never left out, but for the target of
    a link, a formula and the mark of a source that are not complete; not even these if
    they grow longer than such things are.
    """
    healed: list[str] = []
    marks: list[str] = []
    place = 0
    while found := _MARKS.search(inline, place):
        healed.append(inline[place : found.start()])
        if atom := _ATOM.match(inline, found.start()):
            healed.append(atom[0])
            place = atom.end()
            continue
        if _held(inline, found.start()):
            return _closed("".join(healed), marks, "")
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
            case "label" | "link":
                label = _label(inline, found)
                if label is None:
                    healed.append(found[0][: found.start("label") - found.start()])
                    place = found.start("label")
                else:
                    inline, place = label, 0
            case "tag":
                pass
            case "last":
                healed.append(found[0][1:])
            case _:
                healed.append(found[0])
    return _closed("".join(healed), marks, inline[place:])


def _held(inline: str, start: int) -> bool:
    """Whether what begins at ``start`` is not complete and better not shown yet."""
    if len(inline) - start > _LONGEST or not (found := OPEN.match(inline, start)):
        return False
    return not (found["single"] and PROSE.search(found["single"]))


def _label(inline: str, found: re.Match[str]) -> str | None:
    """The text of a link that the end of ``inline`` cuts, or None if there is no such one."""
    end = found.end()
    if found["link"] and len(inline) - end <= _LONGEST:
        return found["label"] if _TARGET.match(inline, end) else None
    return found["label"] if end == len(inline) else None


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
    if rest.rstrip().endswith("`") and marks and marks[-1].startswith("`"):
        text += " "
    while marks and text.endswith(marks[-1]):
        text = text.removesuffix(marks.pop()).rstrip()
    return text + "".join(reversed(marks))
