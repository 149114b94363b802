# SPDX-License-Identifier: MIT
"""What is noted of a running reply, so that a crash costs none of it; knows no storage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

JournalKind: TypeAlias = Literal["text", "reasoning", "reset-text", "reset-reasoning"]


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """New text of a running reply; a reset replaces all earlier text of its kind."""

    kind: JournalKind
    text: str
