# SPDX-License-Identifier: MIT
"""One section of the settings as a page: rows on cards; knows no option."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from chatglm_desktop.core.fold import fold
from chatglm_desktop.gui.settings.marked_label import MarkedLabel
from chatglm_desktop.gui.settings.row import Row
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager

WIDEST = 720


class Page(QScrollArea):
    """Emits ``reset_wanted()`` when everything on it is to be as at first."""

    reset_wanted = Signal()

    def __init__(self, themes: ThemeManager, title: str, help: str = "") -> None:
        super().__init__()
        self.title = title
        self._themes = themes
        self._cards: list[Card] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reset_button = QPushButton(tr("Reset this section"))
        self.reset_button.clicked.connect(self.reset_wanted)
        policy = self.reset_button.sizePolicy()
        # Nothing moves when there is something to reset.
        policy.setRetainSizeWhenHidden(True)
        self.reset_button.setSizePolicy(policy)
        self.reset_button.hide()
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._build(help)

    def _build(self, help: str) -> None:
        head = QHBoxLayout()
        head.addWidget(MarkedLabel(self._themes, self.title, pixels=20, bold=True), 1)
        head.addWidget(self.reset_button)
        column = QWidget()
        column.setMaximumWidth(WIDEST)
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        inner.addLayout(head)
        if help:
            inner.addWidget(MarkedLabel(self._themes, help, tone="dim"))
        inner.addLayout(self._column)
        inner.addStretch(1)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(24, 20, 24, 24)
        row.addWidget(column)
        self.setWidget(body)

    def add_card(self, *rows: Row, title: str = "") -> Card:
        """A group of rows below those before."""
        card = Card(self._themes, title, rows)
        self._cards.append(card)
        self._column.addWidget(card)
        return card

    def add_below(self, widget: QWidget) -> None:
        """Something that is not searched for, below what is there."""
        self._column.addWidget(widget)

    def rows(self) -> list[Row]:
        """All that can be searched, from the top."""
        return [row for card in self._cards for row in card.rows()]

    def search(self, words: tuple[str, ...]) -> int:
        """Show only the rows that fit all ``words``, which are folded. Returns how many these are.

        Where the page's own name fits, all of them do.
        """
        every = all(word in fold(self.title) for word in words)
        return sum(card.search(words, every=every) for card in self._cards)

    def finish(self) -> None:
        """Take what is being written."""
        for row in self.rows():
            row.finish()

    def forget(self) -> None:
        """Do not take what is being written."""
        for row in self.rows():
            row.forget()

    def refresh(self) -> None:
        """Show what is so now."""
        for row in self.rows():
            row.refresh()


class Card(QWidget):
    """Rows with lines between them, and a title above."""

    def __init__(self, themes: ThemeManager, title: str, rows: Sequence[Row]) -> None:
        super().__init__()
        self._themes = themes
        self._title = MarkedLabel(themes, title, pixels=13, bold=True, tone="dim")
        self._title.setVisible(bool(title))
        self._title.setContentsMargins(4, 8, 0, 0)
        self._body = _Body(themes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self._body)
        for row in rows:
            self.add(row)

    def rows(self) -> list[Row]:
        return self._body.rows

    def add(self, row: Row) -> None:
        self._body.rows.append(row)
        self._body.column.addWidget(row)

    def replace(self, rows: Sequence[Row]) -> None:
        """Show other rows instead."""
        for row in self._body.rows:
            self._body.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._body.rows = []
        for row in rows:
            self.add(row)

    def search(self, words: tuple[str, ...], *, every: bool) -> int:
        """How many rows fit, or ``every`` one; the others are hidden."""
        fitting = 0
        for row in self.rows():
            fits = every or row.fits(words)
            row.setVisible(fits)
            row.mark(words if fits else ())
            fitting += fits
        self.setVisible(fitting > 0 or not words)
        return fitting


class _Body(QWidget):
    """The card itself."""

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self._themes = themes
        self.rows: list[Row] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        themes.changed.connect(self._repaint)

    def _repaint(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.line)))
            painter.setBrush(QColor(theme.raised))
            frame = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(frame, 10, 10)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            for row in [row for row in self.rows if not row.isHidden()][1:]:
                painter.drawLine(16, row.y(), self.width() - 17, row.y())
