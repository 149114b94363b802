# SPDX-License-Identifier: MIT
"""One question and its answers side by side, until one is kept; knows no session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from chatglm_desktop.gui.comparing.column import Column
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chatglm_desktop.core.messages import Message
    from chatglm_desktop.gui.theme.manager import ThemeManager
    from chatglm_desktop.gui.transcript.look import Looks


class ComparingView(QWidget):
    """``columns`` are by message id, from left to right."""

    stop_wanted = Signal(str)
    keep_wanted = Signal(str)

    def __init__(
        self,
        themes: ThemeManager,
        question: Message,
        replies: Sequence[Message],
        looks: Looks | None = None,
    ) -> None:
        super().__init__()
        self._themes = themes
        names = ", ".join(part.name for part in question.attachments)
        self._question = ElidedLabel(themes, 15, strong=True)
        self._question.set_text(" ".join(question.text.split()) or names)
        self._hint = ElidedLabel(themes, 12)
        self.set_running(any(reply.state.running for reply in replies))
        self.columns = {reply.id: Column(themes, reply, looks) for reply in replies}
        self._build()
        for column in self.columns.values():
            column.stop_wanted.connect(self.stop_wanted)
            column.keep_wanted.connect(self.keep_wanted)
        themes.changed.connect(self._repaint)
        self.setAccessibleName(tr("Answers side by side"))
        self.setFocusProxy(next(iter(self.columns.values())).keep)

    def set_running(self, running: bool) -> None:
        """Say what becomes of the others, also of those that are still arriving."""
        self._hint.set_text(
            tr("Keep one answer to go on with it. The others are stopped and stay as versions.")
            if running
            else tr("Keep one answer to go on with it. The others stay as versions.")
        )

    def hint(self) -> str:
        """What is said about keeping, as far as there is room for it."""
        return self._hint.text()

    def _build(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(2)
        head.addWidget(self._question)
        head.addWidget(self._hint)
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 1, 0, 0)
        row.setSpacing(1)
        for column in self.columns.values():
            row.addWidget(column, 1)
        # What stands between the columns is the ground of the area.
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(beside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._area, 1)
        self._repaint()

    def _repaint(self) -> None:
        self._area.setStyleSheet(
            f"QScrollArea, QScrollArea > QWidget > QWidget {{ background: "
            f"{self._themes.theme.line}; }}"
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(self._themes.theme.surface))
