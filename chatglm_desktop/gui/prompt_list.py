# SPDX-License-Identifier: MIT
"""The questions of a conversation as a Qt model that can be filtered; knows no widget."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from chatglm_desktop.core.fold import fold
from chatglm_desktop.core.history import Prompt

_NOWHERE = QModelIndex()


class PromptListModel(QAbstractListModel):
    """One row for each question that holds the filter, oldest first."""

    def __init__(self) -> None:
        super().__init__()
        self._prompts: Sequence[Prompt] = ()
        self._folded: list[str] = []
        self._shown: Sequence[Prompt] = ()
        self._filter = ""

    def set_prompts(self, prompts: Sequence[Prompt]) -> None:
        """Show other questions."""
        self._prompts = prompts
        self._folded = [fold(prompt.text) for prompt in prompts]
        self._select()

    def set_filter(self, text: str) -> None:
        """Show only questions with all words of ``text``, without regard to case and accents."""
        self._filter = fold(text)
        self._select()

    def prompt(self, row: int) -> Prompt:
        return self._shown[row]

    def row_before(self, position: int) -> int:
        """The row of the last question at or before ``position``; -1 if there is none."""
        rows = [row for row, prompt in enumerate(self._shown) if prompt.position <= position]
        return rows[-1] if rows else -1

    def _select(self) -> None:
        words = self._filter.split()
        self.beginResetModel()
        self._shown = [
            prompt
            for prompt, folded in zip(self._prompts, self._folded, strict=True)
            if all(word in folded for word in words)
        ]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._shown[index.row()].text
        return None
