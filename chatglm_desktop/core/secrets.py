# SPDX-License-Identifier: MIT
"""A text that is not to be shown; keeps none."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that no log and no traceback shows; :attr:`value` is what it hides."""

    value: str = field(repr=False)
