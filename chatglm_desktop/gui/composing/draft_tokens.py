# SPDX-License-Identifier: MIT
"""Counts the tokens of a draft while it is written, only where it changes; knows no label."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextBlock, QTextDocument

from chatglm_desktop.core.tokens import LineCosts

COUNT_AFTER_MS = 120
"""How long the count may stay behind what is typed."""


class DraftTokens(QObject):
    """Emits ``changed(tokens)`` soon after a change of the document."""

    changed = Signal(int)

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._costs = LineCosts()
        self._costs.replace(0, 0, _texts(document.firstBlock(), document.blockCount()))
        self._first, self._kept_after = 0, 0
        self._clean = True
        self._told = self._costs.tokens
        self._timer = QTimer(self, singleShot=True, interval=COUNT_AFTER_MS)
        self._timer.timeout.connect(self.count)
        document.contentsChange.connect(self._note)

    @property
    def tokens(self) -> int:
        """The count as it was last told."""
        return self._told

    def count(self) -> None:
        """Bring the count up to date now."""
        self._timer.stop()
        if self._clean:
            return
        self._clean = True
        blocks = self._document.blockCount()
        first = min(self._first, blocks)
        last = max(blocks - self._kept_after, first)
        lines = _texts(self._document.findBlockByNumber(first), last - first)
        self._costs.replace(first, len(self._costs) - self._kept_after - first, lines)
        if self._costs.tokens != self._told:
            self._told = self._costs.tokens
            self.changed.emit(self._told)

    def _note(self, position: int, removed: int, added: int) -> None:
        """Widen what has to be counted by the blocks that a change touches."""
        document = self._document
        first = document.findBlock(position).blockNumber()
        end = document.findBlock(position + added)
        last = end.blockNumber() if end.isValid() else document.blockCount() - 1
        after = document.blockCount() - 1 - last
        if self._clean:
            self._first, self._kept_after = first, after
        else:
            self._first, self._kept_after = min(self._first, first), min(self._kept_after, after)
        self._clean = False
        if not self._timer.isActive():
            self._timer.start()


def _texts(block: QTextBlock, count: int) -> list[str]:
    texts: list[str] = []
    for _ in range(count):
        texts.append(block.text())
        block = block.next()
    return texts
