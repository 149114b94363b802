# SPDX-License-Identifier: MIT
"""What is remembered of an open tab; knows no widget."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Anchor:
    """A reading position: ``offset`` pixels below the top of a leaf, or of a message without one.

    ``leaf`` counts those of the answer or, with ``thinking``, those of the thinking; the number
    after the last one names what stands below them.
    """

    message_id: str
    offset: float
    leaf: int | None = None
    thinking: bool = False


@dataclass(frozen=True, slots=True)
class TabState:
    """One open tab; ``anchor`` None means that it follows the end."""

    conversation_id: str
    active: bool = False
    anchor: Anchor | None = None
