# SPDX-License-Identifier: MIT
"""One row of the list as it is shown and spoken; knows no model of Qt's and no pixel."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Literal, TypeAlias

from chatglm_desktop.core.folders import Colour
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.widgets.badge import Badge, spoken

if TYPE_CHECKING:
    from chatglm_desktop.core.conversation import ConversationSummary
    from chatglm_desktop.core.listed_rows import FolderLine, Heading

LineKind: TypeAlias = Literal["heading", "folder", "conversation", "waiting"]
"""``waiting`` is a conversation whose row is still being read."""

DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Line:
    """``id`` is that of the conversation or folder; ``depth`` counts the folders around it.

    ``trailing`` stands at the right end, small. ``current`` is what is open in front, or the
    closed folder that it lies in. A folder in the trash does not open.
    """

    kind: LineKind
    text: str = ""
    id: str = ""
    depth: int = 0
    colour: Colour = ""
    badge: Badge = "none"
    current: bool = False
    trailing: str = ""
    expanded: bool = False
    adds: bool = False
    opens: bool = True

    @property
    def named(self) -> bool:
        """Whether it is a conversation or folder that something can be done with."""
        return bool(self.id)

    def spoken(self) -> str:
        """What a screen reader says."""
        match self.kind:
            case "heading":
                return self.text
            case "waiting":
                return tr("Loading…")
            case "conversation":
                said = spoken(self.text, self.badge)
                return f"{said}, {self.trailing}" if self.trailing else said
            case "folder":
                return spoken(self._spoken_folder(), self.badge)

    def _spoken_folder(self) -> str:
        if not self.opens:
            return f"{tr('Folder {name}', name=self.text)}, {self.trailing}"
        values = {"name": self.text, "level": self.depth + 1, "count": self.trailing or "0"}
        if self.expanded:
            return tr("Folder {name}, level {level}, open, {count} conversations", **values)
        return tr("Folder {name}, level {level}, closed, {count} conversations", **values)


def heading_line(heading: Heading, *, adds: bool) -> Line:
    """A heading; one that ``adds`` has a button at its end for one more of its kind."""
    return Line("heading", tr(heading.text), adds=adds)


def folder_line(line: FolderLine, badge: Badge, *, current: bool, days_left: int | None) -> Line:
    """``days_left`` are those until it is deleted for good; None for one not in the trash."""
    folder = line.folder
    count = str(line.count) if line.count else ""
    return Line(
        "folder",
        folder.name,
        folder.id,
        line.depth,
        folder.colour,
        badge if not folder.expanded else "none",
        current and not folder.expanded,
        count if days_left is None else tr("{days} d", days=days_left),
        folder.expanded,
        opens=days_left is None,
    )


def conversation_line(
    summary: ConversationSummary, depth: int, badge: Badge, *, current: bool, days_left: int | None
) -> Line:
    """``days_left`` are those until it is deleted for good; None for one not in the trash."""
    trailing = "" if days_left is None else tr("{days} d", days=days_left)
    title = summary.title or tr("New conversation")
    return Line("conversation", title, summary.id, depth, summary.colour, badge, current, trailing)


def days_left(trashed_at: float | None, now: float, kept: float) -> int | None:
    """Whole days until what was trashed then is deleted, at least 0; all in seconds."""
    if trashed_at is None:
        return None
    return max(0, ceil((trashed_at + kept - now) / DAY))
