# SPDX-License-Identifier: MIT
"""The sidebar's rows as a Qt model; knows neither the store nor any pixel.

It holds a number for every row, and what is shown of a conversation only for rows near those that
are looked at. Rows come, go and move one by one, so that Qt keeps its place in them.

Its base counts the rows, as empty texts: a view asks for the count once for each row, which for
100,000 of them takes 7 ms, and were it answered in Python, 170.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import IntEnum
from typing import TYPE_CHECKING, TypeAlias, assert_never

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt, Signal

from chatglm_desktop.core.listed_rows import FOLDERS_HEADING, FolderLine, Heading, Rows
from chatglm_desktop.core.listing import TRASH_KEPT
from chatglm_desktop.gui.sidebar.line import (
    Line,
    conversation_line,
    days_left,
    folder_line,
    heading_line,
)
from chatglm_desktop.gui.sidebar.row_marks import RowMarks
from chatglm_desktop.gui.widgets.tool_tip import plain_tip

if TYPE_CHECKING:
    from chatglm_desktop.core.conversation import ConversationSummary
    from chatglm_desktop.core.row_steps import Step

Index: TypeAlias = QModelIndex | QPersistentModelIndex

_KEPT = 2_000
"""Conversations that are remembered after they were shown."""


class RowRole(IntEnum):
    """What is asked beyond Qt's own roles."""

    LINE = Qt.ItemDataRole.UserRole + 1
    ID = Qt.ItemDataRole.UserRole + 2


class LibraryListModel(QStringListModel):
    """Headings, folders and conversations in one list.

    Emits ``renamed(id, title)`` and ``folder_renamed(id, name)`` when the user asks.
    """

    renamed = Signal(str, str)
    folder_renamed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._rows = Rows()
        self._numbers = self._coming = array("q")
        self._heads: dict[int, Heading | FolderLine] = {}
        self._summaries: dict[int, ConversationSummary] = {}
        self.marks = RowMarks()
        self._now = 0.0
        # First of all, so that everybody else sees the rows as they are then.
        for changed in (self.rowsInserted, self.rowsRemoved, self.rowsMoved, self.modelReset):
            changed.connect(self._arrive)

    @property
    def is_empty(self) -> bool:
        return not self._numbers

    def show(self, rows: Rows, now: float, *, afresh: bool = False) -> list[Step]:
        """Show ``rows`` at the time ``now``; returns the steps that led to them.

        They are shown ``afresh`` if they have nothing to do with the old ones.
        """
        self._now = now
        if afresh:
            self._rows, self._heads = rows, self._heads | dict(rows.heads)
            self._coming = array("q", rows.numbers)
            self.setStringList([""] * len(rows.numbers))
            self._heads = dict(rows.heads)
            return []
        from chatglm_desktop.core.row_steps import steps  # late: no row is in the first paint

        found = list(steps(self._numbers, rows.numbers))
        self._rows, self._heads = rows, self._heads | dict(rows.heads)
        for step in found:
            self._take(step)
        self._heads = dict(rows.heads)
        self.remark()
        return found

    def put(self, summaries: Mapping[int, ConversationSummary]) -> None:
        """These rows were read."""
        for number, summary in summaries.items():
            self._summaries.pop(number, None)
            self._summaries[number] = summary
        for number in list(self._summaries)[: max(0, len(self._summaries) - _KEPT)]:
            del self._summaries[number]
        self.remark()

    def forget_but(self, first: int, last: int) -> None:
        """What is shown outside these rows may have changed: read it again when it is needed."""
        near = self._numbers[max(0, first) : last + 1]
        self._summaries = {n: self._summaries[n] for n in near if n in self._summaries}

    def missing(self, first: int, last: int) -> list[int]:
        """The conversations from row to row whose rows are still to be read."""
        near = self._numbers[max(0, first) : last + 1]
        return [n for n in near if n > 0 and n not in self._summaries]

    def shown(self, first: int, last: int) -> list[int]:
        """The conversations from row to row."""
        return [n for n in self._numbers[max(0, first) : last + 1] if n > 0]

    def remark(self) -> None:
        """Show all that is seen again. To say which rows have changed, they would be looked for."""
        if self._numbers:
            self.dataChanged.emit(self.index(0), self.index(len(self._numbers) - 1))

    def numbers(self, first: int, last: int) -> Sequence[int]:
        """What stands in the rows from ``first`` to ``last``: above zero conversations."""
        return self._numbers[first : last + 1]

    def number(self, row: int) -> int:
        """What stands in a row: above zero a conversation."""
        return self._numbers[row]

    def row_of(self, number: int) -> int | None:
        """Where a number stands."""
        try:
            return self._numbers.index(number)
        except ValueError:
            return None

    def key(self, row: int) -> str:
        """The list that a row belongs to; a folder's row belongs to the folder."""
        return self._rows.run(row).key

    def head_rows(self) -> list[int]:
        """Where headings and folders stand, from the top."""
        return sorted(row for n in self._heads if (row := self.row_of(n)) is not None)

    def head_row(self, row: int) -> int | None:
        """The heading or folder that a row stands below, or the row itself if it is one."""
        return self._rows.head_row(row)

    def folder_row(self, folder_id: str) -> int | None:
        """Where a folder stands."""
        lines = self._heads.items()
        is_it = (
            n for n, head in lines if isinstance(head, FolderLine) and head.folder.id == folder_id
        )
        number = next(is_it, None)
        return None if number is None else self.row_of(number)

    def keys(self, first: int, last: int) -> frozenset[str]:
        """The lists of the conversations in the rows from ``first`` to ``last``."""
        found: set[str] = set()
        row = first
        while row <= last:
            is_head = self._numbers[row] < 0
            if not is_head:
                found.add(self.key(row))
            row = row + 1 if is_head else self._rows.run_end(row)
        return frozenset(found)

    def summary(self, number: int) -> ConversationSummary | None:
        """What is known of a conversation."""
        return self._summaries.get(number)

    def line(self, row: int) -> Line:
        """How a row is shown."""
        number = self._numbers[row]
        match self._heads.get(number):
            case Heading() as heading:
                return heading_line(heading, adds=heading.key == FOLDERS_HEADING)
            case FolderLine() as line:
                folder = line.folder
                return folder_line(
                    line,
                    self.marks.folder_badge(folder.id),
                    current=self.marks.holds_current(folder.id),
                    days_left=days_left(folder.trashed_at, self._now, TRASH_KEPT),
                )
            case None:
                depth = self._rows.run(row).depth
                return self._conversation(number, depth)
            case unknown:
                assert_never(unknown)

    def _conversation(self, number: int, depth: int) -> Line:
        summary = self._summaries.get(number)
        if summary is None:
            return Line("waiting", depth=depth)
        return conversation_line(
            summary,
            depth,
            self.marks.badge(summary.id),
            current=summary.id == self.marks.current,
            days_left=days_left(summary.trashed_at, self._now, TRASH_KEPT),
        )

    def _take(self, step: Step) -> None:
        from chatglm_desktop.core.row_steps import Inserted, Moved, Removed, Reordered

        nowhere = QModelIndex()
        coming = self._coming = self._numbers[:]
        match step:
            case Removed(first, last):
                del coming[first : last + 1]
                self.removeRows(first, last - first + 1)
            case Moved(source, target):
                coming.insert(target, coming.pop(source))
                after = target if target < source else target + 1
                self.moveRows(nowhere, source, 1, nowhere, after)
            case Inserted(first, numbers):
                coming[first:first] = numbers
                self.insertRows(first, len(numbers))
            case Reordered(first, numbers):
                self._reorder(first, numbers)
            case _:
                assert_never(step)

    def _arrive(self) -> None:
        self._numbers = self._coming

    def _reorder(self, first: int, numbers: Sequence[int]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = {number: row for row, number in enumerate(numbers, first)}
        after = [
            self.index(places.get(self._numbers[index.row()], index.row())) for index in before
        ]
        self._numbers[first : first + len(numbers)] = array("q", numbers)
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.line(index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                answer: object = line.text
            case Qt.ItemDataRole.ToolTipRole:
                answer = plain_tip(line.text) if line.named else None
            case Qt.ItemDataRole.AccessibleTextRole:
                answer = line.spoken()
            case RowRole.LINE:
                answer = line
            case RowRole.ID:
                answer = line.id
            case _:
                answer = None
        return answer

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line = self.line(index.row())
        text = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or not line.named or not text or text == line.text:
            return False
        number = self._numbers[index.row()]
        if isinstance(head := self._heads.get(number), FolderLine):
            self._heads[number] = replace(head, folder=replace(head.folder, name=text))
            self.folder_renamed.emit(line.id, text)
        else:
            self._summaries[number] = replace(self._summaries[number], title=text)
            self.renamed.emit(line.id, text)
        self.dataChanged.emit(index, index)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._heads.get(self._numbers[index.row()]), Heading):
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsEditable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )
