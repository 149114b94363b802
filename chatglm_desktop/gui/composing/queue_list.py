# SPDX-License-Identifier: MIT
"""The questions that wait to be sent, as rows above the draft; sends none."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from chatglm_desktop.core.draft import Queued
from chatglm_desktop.gui.composing.queue_row import HEIGHT, QueueRow
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.elided_label import ElidedLabel
from chatglm_desktop.gui.widgets.link_button import LinkButton

_MOST_ROWS = 3.5
"""Half of a row tells that there are more."""


class QueueList(QWidget):
    """Hidden while nothing waits. Arrows go from row to row, with Alt they move it, Enter edits,
    Delete takes out.

    Emits ``send_now_wanted()``, ``edit_wanted(id)``, ``removed(id)``, ``moved(id, index)``,
    ``resized()``, and ``left()`` when the focus has no row left.
    """

    send_now_wanted = Signal()
    edit_wanted = Signal(int)
    removed = Signal(int)
    moved = Signal(int, int)
    resized = Signal()
    left = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._rows: dict[int, QueueRow] = {}
        self._edited = 0
        self._head = ElidedLabel(themes, 12)
        self._send_now = LinkButton(themes, tr("Send now"))
        self._send_now.clicked.connect(self.send_now_wanted)
        self._board = QWidget()
        self._scroll = QScrollArea()
        self._build()
        themes.changed.connect(self._repaint)
        self.hide()

    def _build(self) -> None:
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(tr("Waiting to be sent"))
        self._column = QVBoxLayout(self._board)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        scroll = self._scroll
        scroll.setWidget(self._board)
        scroll.setWidgetResizable(True)
        self._board.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        head = QHBoxLayout()
        head.setContentsMargins(2, 0, 4, 0)
        head.addWidget(self._head, 1)
        head.addWidget(self._send_now)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(scroll)

    @property
    def ids(self) -> list[int]:
        """The questions that wait, the next one first."""
        return list(self._rows)

    def item(self, id: int) -> Queued:
        """A question that waits. Raises KeyError if it does not."""
        return self._rows[id].item

    def show_items(
        self, items: tuple[Queued, ...], *, stuck: bool, undecided: bool = False
    ) -> None:
        """Show what waits; if it is ``stuck``, that the user must say when to go on.

        ``undecided`` if it waits until one of several answers is kept.
        """
        gone = self._rows.keys() - {item.id for item in items}
        focused = next((n for n, row in enumerate(self._rows.values()) if row.hasFocus()), None)
        for id in gone:
            row = self._rows.pop(id)
            row.hide()
            row.deleteLater()
        self._rows = {item.id: self._rows.get(item.id) or self._new_row(item) for item in items}
        for index, item in enumerate(items):
            row = self._rows[item.id]
            row.show_item(item, index + 1, edited=item.id == self._edited)
            if self._column.indexOf(row) != index:
                self._column.insertWidget(index, row)
                # At once: what is not shown cannot have the focus.
                row.show()
        self._show_head(stuck=stuck, undecided=undecided)
        self._fit()
        if gone and focused is not None:
            self._focus(focused)

    def set_edited(self, id: int) -> None:
        """Which question is in the text field, 0 for none."""
        self._edited = id
        for row in self._rows.values():
            row.show_item(row.item, row.number, edited=row.item.id == id)

    def _show_head(self, *, stuck: bool, undecided: bool) -> None:
        self._send_now.setVisible(stuck)
        if undecided:
            words = tr("Sent when you keep an answer")
        elif stuck:
            words = tr("Not sent yet: the last reply was stopped or failed")
        else:
            words = tr("Sent one by one when the reply has ended")
        self._head.set_text(words)

    def _new_row(self, item: Queued) -> QueueRow:
        row = QueueRow(self._themes, item, self._board)
        row.edit_wanted.connect(self.edit_wanted)
        row.removed.connect(self.removed)
        row.step_wanted.connect(self._step)
        row.neighbour_wanted.connect(self._go)
        row.dragged.connect(self._drag)
        return row

    def _step(self, id: int, steps: int) -> None:
        index = self.ids.index(id) + steps
        if 0 <= index < len(self._rows):
            self.moved.emit(id, index)
            self._scroll.ensureWidgetVisible(self._rows[id], 0, 0)

    def _drag(self, id: int, y: int) -> None:
        index = max(0, min(y // HEIGHT, len(self._rows) - 1))
        if index != self.ids.index(id):
            self.moved.emit(id, index)

    def _go(self, id: int, steps: int) -> None:
        index = self.ids.index(id) + steps
        if index >= len(self._rows):
            self.left.emit()
        else:
            self._focus(max(index, 0))

    def _focus(self, index: int) -> None:
        rows = list(self._rows.values())
        if rows:
            row = rows[min(index, len(rows) - 1)]
            row.setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(row, 0, 0)
        else:
            self.left.emit()

    def _fit(self) -> None:
        rows = len(self._rows)
        self._scroll.setFixedHeight(int(min(rows, _MOST_ROWS) * HEIGHT))
        self.setVisible(bool(rows))
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(QColor(self._themes.theme.line))
            painter.drawLine(0, self.height() - 2, self.width(), self.height() - 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def _repaint(self) -> None:
        self.update()
