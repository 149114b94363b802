# SPDX-License-Identifier: MIT
"""LaTeX as people and models write it, put into what the library reads; pure text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

LONGEST = 4096
"""Characters of a formula that is still typeset."""
DEEPEST = 9
"""Groups within each other: the library takes twice as long for each, a second for ten."""

_GROUP = re.compile(r"\\(?:left|right|begin|end)(?![A-Za-z])|\\.|[{}]", re.DOTALL)
_STEPS = {"{": 1, "}": -1, r"\left": 1, r"\right": -1, r"\begin": 1, r"\end": -1}
_COMMENT = re.compile(r"(?<!\\)%.*")
_DOLLAR = re.compile(r"(?<!\\)\$")
_ESCAPED = re.compile(r"\\([_%&#$ ])")
_COMMAND = re.compile(r"\\[A-Za-z]+\*?")
_LIMITS = re.compile(r"\s*\\limits(?![A-Za-z])")
_OPTIONAL = re.compile(r"\s*\[([^\]]*)\]")
_WORD = re.compile(r"\s*(?:\\(?:mathrm|text|rm|operatorname)\s*)?\{?\s*([A-Za-z ]+?)\s*\}?\s*")
_SPACE = re.compile(r"\s+")

_OTHER_NAMES = {
    r"\argmax": r"\operatorname*{argmax}",
    r"\argmin": r"\operatorname*{argmin}",
    r"\bold": r"\mathbf",
    r"\Bbb": r"\mathbb",
    r"\R": r"\mathbb{R}",
    r"\N": r"\mathbb{N}",
    r"\Z": r"\mathbb{Z}",
    r"\lt": "<",
    r"\gt": ">",
    r"\cfrac": r"\dfrac",
    r"\nonumber": "",
    r"\notag": "",
    r"\allowbreak": "",
    r"\nobreak": "",
    r"\centering": "",
}
"""Commands that mean the same as others here, or nothing."""

_NOT_SHOWN = {r"\label": 1, r"\color": 1, r"\definecolor": 3, r"\vspace": 1, r"\vspace*": 1}
"""Commands that are left out with their arguments."""

_ENVIRONMENTS = {
    "align": "align*",
    "aligned": "align*",
    "alignat": "align*",
    "alignat*": "align*",
    "alignedat": "align*",
    "eqnarray": "align*",
    "eqnarray*": "align*",
    "flalign": "align*",
    "flalign*": "align*",
    "split": "align*",
    "equation": "",
    "equation*": "",
    "displaymath": "",
    "math": "",
    "gather": "gather*",
    "gathered": "gather*",
    "multline": "gather*",
    "multline*": "gather*",
}
"""Environments that differ from others only in numbering; "" for those that only say: formula."""

_NEGATED = {"=": r"\ne", r"\in": r"\notin", r"\exists": r"\nexists", r"\equiv": r"\nequiv"}
_NEGATION = re.compile(r"\\not\s*(=|\\in(?![A-Za-z])|\\exists|\\equiv)")
_WITH_ARGUMENT = ("alignat", "alignat*", "alignedat")
_OLD_FONTS = {"rm": "mathrm", "bf": "mathbf", "it": "mathit", "cal": "mathcal", "sf": "mathsf"}
_OLD_FONT = re.compile(r"\{\s*\\(rm|bf|it|cal|sf)(?![A-Za-z])\s*")


def prepare(tex: str) -> str:
    """``tex`` in the commands that the library knows. Raises ValueError if that cannot be."""
    if len(tex) > LONGEST:
        raise ValueError(f"a formula of {len(tex)} characters")
    if _depth(tex) > DEEPEST:
        raise ValueError("a formula with too many groups within each other")
    tex = _COMMENT.sub("", tex)
    tex = "".join(_rewritten(tex)).strip()
    tex = _OLD_FONT.sub(lambda found: f"\\{_OLD_FONTS[found[1]]}{{", tex)
    tex = _NEGATION.sub(lambda found: f"{_NEGATED[found[1]]} ", tex)
    tex = _SPACE.sub(" ", tex)
    if not tex:
        raise ValueError("an empty formula")
    return tex


def _depth(tex: str) -> int:
    """How many groups lie within each other at most."""
    deepest = depth = 0
    for found in _GROUP.findall(tex):
        depth += _STEPS.get(found, 0)
        deepest = max(deepest, depth)
    return deepest


def _rewritten(tex: str) -> Iterator[str]:
    """The pieces of ``tex``, each command by the name that is known."""
    at = 0
    for found in _COMMAND.finditer(tex):
        # Something before may have taken this as its argument; and "\\" is a command of its own.
        if found.start() < at or _escaped(tex, found.start()):
            continue
        yield tex[at : found.start()]
        replacement, at = _replacement(tex, found[0], found.end())
        yield replacement
    yield tex[at:]


def _escaped(tex: str, at: int) -> bool:
    before = at
    while before and tex[before - 1] == "\\":
        before -= 1
    return (at - before) % 2 == 1


def _replacement(tex: str, command: str, end: int) -> tuple[str, int]:
    """What stands for a command whose name ends at ``end``, and where the rest begins."""
    if command in _NOT_SHOWN:
        for _ in range(_NOT_SHOWN[command]):
            _, end = argument(tex, end)
        return "", end
    special: dict[str, Callable[[str, str, int], tuple[str, int]]] = {
        r"\tag": _tag,
        r"\tag*": _tag,
        r"\text": _text,
        r"\textrm": _text,
        r"\textnormal": _text,
        r"\textup": _text,
        r"\mbox": _text,
        r"\hbox": _text,
        r"\textcolor": _textcolor,
        r"\mathop": _mathop,
        r"\xrightarrow": _arrow,
        r"\xleftarrow": _arrow,
        r"\begin": _environment,
        r"\end": _environment,
        r"\binom": _binom,
        r"\tbinom": _binom,
        r"\dbinom": _binom,
    }
    if command in special:
        return special[command](tex, command, end)
    plain = command.rstrip("*")
    if command not in _OTHER_NAMES and plain in _OTHER_NAMES:
        command, end = plain, end - 1
    # A letter that follows must not become part of the name.
    return _OTHER_NAMES.get(command, command) + (" " if command in _OTHER_NAMES else ""), end


def _tag(tex: str, command: str, end: int) -> tuple[str, int]:
    number, end = argument(tex, end)
    return rf"\qquad \text{{{number if command.endswith('*') else f'({number})'}}}", end


def _text(tex: str, command: str, end: int) -> tuple[str, int]:
    """Text as the library takes it: without formulas in it, and safe in XML."""
    content, end = argument(tex, end)
    pieces = []
    for number, piece in enumerate(_DOLLAR.split(content)):
        if number % 2:
            pieces.append(f"{{{_prepare_part(piece)}}}")
        elif piece:
            safe = _ESCAPED.sub(r"\1", piece).replace("&", "&amp;").replace("<", "&lt;")
            pieces.append(rf"\text{{{safe}}}")
    return "".join(pieces), end


def _textcolor(tex: str, command: str, end: int) -> tuple[str, int]:
    _, end = argument(tex, end)
    coloured, end = argument(tex, end)
    return f"{{{_prepare_part(coloured)}}}", end


def _binom(tex: str, command: str, end: int) -> tuple[str, int]:
    above, end = argument(tex, end)
    below, end = argument(tex, end)
    above, below = _prepare_part(above), _prepare_part(below)
    return rf"\left( {{{above} \atop {below}}} \right)", end


def _mathop(tex: str, command: str, end: int) -> tuple[str, int]:
    name, end = argument(tex, end)
    word = _WORD.fullmatch(name)
    if word is None:
        raise ValueError("an operator that is no word")
    limits = _LIMITS.match(tex, end)
    return rf"\operatorname*{{{word[1]}}}", limits.end() if limits else end


def _arrow(tex: str, command: str, end: int) -> tuple[str, int]:
    """An arrow with something above, and perhaps below: the library's own are of one length."""
    below = ""
    optional = _OPTIONAL.match(tex, end)
    if optional:
        below, end = optional[1], optional.end()
    above, end = argument(tex, end)
    arrow = rf"\long{command[2:]}"
    arrow = rf"\overset{{{_prepare_part(above)}}}{{{arrow}}}" if above.strip() else arrow
    arrow = rf"\underset{{{_prepare_part(below)}}}{{{arrow}}}" if below.strip() else arrow
    return rf"\;{arrow}\;", end


def _environment(tex: str, command: str, end: int) -> tuple[str, int]:
    name, end = argument(tex, end)
    optional = re.match(r"\s*\[[tbc]\]", tex[end:])
    if optional and command == r"\begin":
        end += optional.end()
    if name in _WITH_ARGUMENT and command == r"\begin":
        _, end = argument(tex, end)
    known = _ENVIRONMENTS.get(name, name)
    return (f"{command}{{{known}}}" if known else ""), end


def _prepare_part(tex: str) -> str:
    """The same as :func:`prepare` for what is inside braces."""
    return "".join(_rewritten(tex))


def argument(tex: str, start: int) -> tuple[str, int]:
    """The argument that begins at ``start``, without its braces, and where the rest begins.

    Raises ValueError if there is none, or if its brace is never closed.
    """
    while start < len(tex) and tex[start].isspace():
        start += 1
    if start >= len(tex):
        raise ValueError("an argument is missing")
    if tex[start] != "{":
        return tex[start], start + 1
    depth = 0
    for found in re.finditer(r"\\.|[{}]", tex[start:], re.DOTALL):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            end = start + found.end()
            return tex[start + 1 : end - 1], end
    raise ValueError("a brace is not closed")
