# SPDX-License-Identifier: MIT
"""One thing that a message must hold: where a text holds it, by which tokens it is found.

Whatever holds a term has all of its tokens, so that an index can propose and the text decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from chatglm_desktop.core.fold import fold
from chatglm_desktop.core.search_tokens import (
    BEGINNING,
    GRAMS,
    LETTER,
    LONGEST,
    RUN,
    WORD,
    searchable,
    with_signs,
)

_PIECES = re.compile(f"[{GRAMS}]+|[^{GRAMS}]+")
_DANGLING = re.compile(r"(?<=.)[,;:!?.\u3001\u3002]+$")
_LONE_JAMO = re.compile("(?<=.)[\u1100-\u11ff]+$")
_STANDS_ALONE = re.compile(rf"[{GRAMS}]{{2}}|(?=.*[^\W\d_]).*{LETTER}{{2}}", re.DOTALL)


class Wanted(NamedTuple):
    """A token that must be there, or only one that begins like it."""

    token: str
    beginning: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """Searchable pieces that follow each other, with white space between them or without.

    It begins where a word does, and if it is ``whole`` it ends so. White space in a piece is of
    any length.
    """

    pieces: tuple[str, ...]
    whole: bool = False


def terms(text: str) -> tuple[Term, ...]:
    """What is meant by something typed without a space.

    Words and Chinese that are written together need not stand together, unless one of them
    is too short to say much by itself: "python爬虫" falls apart, "第3章" does not.
    """
    wanted = _LONE_JAMO.sub("", _DANGLING.sub("", searchable(text).strip())).strip()
    groups: list[list[str]] = []
    for piece in _PIECES.findall(wanted):
        if groups and not (_STANDS_ALONE.match(piece) and _STANDS_ALONE.match(groups[-1][-1])):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return tuple(Term(tuple(group)) for group in groups)


def phrase(text: str, closed: bool = True) -> tuple[Term, ...]:
    """What is meant by a text in quotation marks; the second may not be there yet."""
    wanted = searchable(text).strip()
    return (Term((wanted,), whole=closed),) if wanted else ()


@lru_cache(256)
def pattern(term: Term) -> re.Pattern[str]:
    """Finds the term in a searchable text."""
    pieces = [[re.escape(part) for part in piece.split()] for piece in term.pieces]
    if re.match(LETTER, term.pieces[0]):
        # Looked for behind the word rather than before it, so that the search begins with the
        # word itself, which is ten times as fast.
        first = pieces[0][0]
        pieces[0][0] = f"{first}(?<!{LETTER}{first})"
    end = rf"(?!{LETTER})" if term.whole and re.search(rf"{LETTER}\Z", term.pieces[-1]) else ""
    return re.compile(r"\s*".join(r"\s+".join(parts) for parts in pieces) + end)


def wanted_tokens(term: Term) -> list[Wanted]:
    """The tokens of every text that holds the term; none for one of signs alone."""
    found: list[Wanted] = []
    for index, piece in enumerate(term.pieces):
        for run in RUN.findall(piece):
            pairs = [run[at : at + 2] for at in range(len(run) - 1)]
            found += map(Wanted, pairs or [run])
        last = index == len(term.pieces) - 1 and not term.whole
        for match in WORD.finditer(piece):
            found += _of_word(match[1], match[2], unfinished=last and match.end() == len(piece))
    return list(dict.fromkeys(found))


def needles(term: Term) -> list[str]:
    """Folded texts that every folded text holds that holds the term.

    None where the tokens say as much.
    """
    parts = [part for piece in term.pieces for part in piece.split()]
    if len(parts) == 1 and (
        WORD.fullmatch(parts[0]) or (len(parts[0]) <= 2 and RUN.fullmatch(parts[0]))
    ):
        return []
    return [fold(part) for part in parts if not WORD.fullmatch(part)]


def _of_word(word: str, signs: str, unfinished: bool) -> Iterator[Wanted]:
    if signs:
        yield Wanted(with_signs(word, signs), beginning=True)
    elif unfinished and BEGINNING < len(word) < LONGEST:
        yield Wanted(word, beginning=True)
    else:
        yield Wanted(word[:LONGEST])
