# SPDX-License-Identifier: MIT
"""Which messages are to be at hand for what is in view; reads nothing itself.

One stretch is asked for at a time: when it comes, the next is that which is in view then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatglm_desktop.transcript.branch import Branch
from chatglm_desktop.transcript.geometry import PAGE

AHEAD = 48
"""Messages beside those in view that are asked for before they are needed."""
MOST_PAGES = 12
"""Pages that are kept; those farthest from what is in view are let go."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """``count`` positions from ``first`` on."""

    first: int
    count: int


def wanted(branch: Branch, seen: range) -> Stretch | None:
    """What is to be read next, at most a page; None if all that is near is at hand."""
    above = range(seen.start - 1, max(seen.start - AHEAD, 0) - 1, -1)
    below = range(seen.stop, min(seen.stop + AHEAD, len(branch)))
    for positions in (seen, above, below):
        position = branch.missing(positions)
        if position is not None:
            return _stretch(branch, position)
    return None


def surplus(pages: Sequence[int], seen: range, last: int) -> list[int]:
    """Those of ``pages`` that may be let go; the ``last`` page stays."""
    near = seen.start // PAGE
    loose = [page for page in pages if page != last]
    loose.sort(key=lambda page: abs(page - near))
    return loose[MOST_PAGES:]


def _stretch(branch: Branch, position: int) -> Stretch:
    """The positions of one page around ``position`` that are not at hand."""
    start = position - position % PAGE
    first = stop = position
    while first > start and first - 1 not in branch:
        first -= 1
    while stop < min(start + PAGE, len(branch)) and stop not in branch:
        stop += 1
    return Stretch(first, stop - first)
