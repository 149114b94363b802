# SPDX-License-Identifier: MIT
"""How relevant a text is that holds what was searched for; knows no index.

All texts that are compared hold all terms, so that it does not matter how rare a term is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from chatglm_desktop.core.search_terms import Term, pattern
from chatglm_desktop.core.search_tokens import LETTER

USUAL_LENGTH = 600
"""Characters of a text: what a shorter one holds counts more, what a longer one holds less."""

NEAR = 80
"""Characters between the first and the last term of a passage that is about all of them."""

_COUNTED = 20
_IN_WORD = re.compile(LETTER)


def relevance(folded: str, terms: Sequence[Term]) -> float:
    """The higher, the better. Each further time that a term is there counts less."""
    slow = 0.5 + len(folded) / USUAL_LENGTH
    places = [list(islice(pattern(term).finditer(folded), _COUNTED)) for term in terms]
    score = 0.0
    for matches in places:
        whole = any(not _IN_WORD.match(folded, match.end()) for match in matches)
        score += len(matches) / (len(matches) + slow) + (0.25 if whole else 0.0)
    return score + (
        0.5 if len(terms) > 1 and _near([[m.start() for m in p] for p in places]) else 0
    )


def title_relevance(folded: str, terms: Sequence[Term]) -> float:
    """As :func:`relevance`, of a title: better than most texts, best where it is all there is."""
    firsts = [match for term in terms if (match := pattern(term).search(folded))]
    held = sum(match.end() - match.start() for match in firsts)
    begins = any(match.start() == 0 for match in firsts)
    return 1.25 * len(terms) + held / max(len(folded), 1) + (0.5 if begins else 0.0)


def _near(places: Sequence[Sequence[int]]) -> bool:
    """Whether all terms are together somewhere."""
    return any(
        all(any(start <= place <= start + NEAR for place in others) for others in places)
        for start in {place for some in places for place in some}
    )
