# SPDX-License-Identifier: MIT
"""How well a few typed words fit names in a list that is chosen from; knows no list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatglm_desktop.core.fold import fold

_WORSE = 3


def rank(names: Sequence[str], typed: str) -> int | None:
    """How well something with these names fits what was typed, 0 the best; None if not at all.

    Each word has to be in one of the names, without regard to case and accents. Best is a name
    that begins with what was typed, then one of which a word does.
    """
    wanted = fold(typed).strip()
    folded = [fold(name) for name in names]
    if not all(any(word in name for name in folded) for word in wanted.split()):
        return None
    return min((_rank(name, wanted) for name in folded), default=_WORSE)


def matching(names: Sequence[str], typed: str) -> tuple[int, ...]:
    """Which of ``names`` fit what was typed, as indices, the best first."""
    ranks = [(rank([name], typed), index) for index, name in enumerate(names)]
    return tuple(index for _, index in sorted((r, index) for r, index in ranks if r is not None))


def _rank(name: str, wanted: str) -> int:
    if name.startswith(wanted):
        return 0
    if re.search(rf"(?<![^\W_]){re.escape(wanted)}", name):
        return 1
    return 2 if wanted in name else _WORSE
