# SPDX-License-Identifier: MIT
"""What is remembered of an open tab; knows no widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

TabPlace: TypeAlias = Literal["main", "beside", "window"]
"""Where a tab's page is shown: in the window, in its right half, or in a window of its own."""


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
    """One tab; ``anchor`` None means that it follows the end.

    ``active`` is in front in the window; of one in each half, that of the right one says that it
    had the focus. ``closed`` is 0 while the tab is open, and grows with each tab that is closed:
    the greatest is opened again first. ``selection`` is what was selected in it, in words of the
    transcript only, ``shape`` size and place of its own window, in words of the window only.
    """

    conversation_id: str
    active: bool = False
    anchor: Anchor | None = None
    pinned: bool = False
    closed: int = 0
    place: TabPlace = "main"
    selection: str | None = None
    shape: str | None = None
