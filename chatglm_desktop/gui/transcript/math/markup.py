# SPDX-License-Identifier: MIT
"""What the one library writes as MathML put right for the other that draws it; pure text."""

from __future__ import annotations

import re

# Unknown commands stand in the result by their names.
_COMMAND_LEFT = re.compile(r">\s*(\\[A-Za-z]+)")
_ESCAPED_BRACE = re.compile(r">\\([{}])<")

_SPACES = {
    "&#x0222A;": "medium",  # ∪
    "&#x02229;": "medium",  # ∩
    "&#x029F5;": "medium",  # ∖
    "&#x000B1;": "medium",  # ±
    "&#x0007E;": "thick",  # ∼
    "&#x027C2;": "thick",  # ⟂
    "mod": "medium",
}
"""Operators that would stand without space, or be taken for names; how far they are apart."""

_OPERATOR = re.compile(rf"<m([io])>({'|'.join(_SPACES)})</m\1>")
_LARGE = re.compile(r"<mo>(&#x0(?:220F|2210|2211|222[B-E]|22C[0-3]|2A0[0-6]);)</mo>")
_TILDE = "&#x0007E;"
_SIMILAR = "&#x0223C;"


def corrected(markup: str) -> str:
    """The same formula. Raises ValueError for one with a command that nobody knew."""
    left = _COMMAND_LEFT.search(markup)
    if left:
        raise ValueError(f"an unknown command: {left[1]}")
    markup = _ESCAPED_BRACE.sub(r">\1<", markup)
    markup = _OPERATOR.sub(_spaced, markup)
    # Sums and integrals have two sizes; they do not grow with what follows.
    markup = _LARGE.sub(r'<mo stretchy="false">\1</mo>', markup)
    # Lines of equations need more room than 3 points.
    return markup.replace('rowspacing="3pt"', 'rowspacing="0.5em"')


def _spaced(found: re.Match[str]) -> str:
    kind, operator = found.groups()
    if operator == _TILDE:
        if kind == "o":
            return found[0]  # an accent
        operator = _SIMILAR
    space = f"{_SPACES[found[2]]}mathspace"
    return f'<mo lspace="{space}" rspace="{space}">{operator}</mo>'
