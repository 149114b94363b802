# SPDX-License-Identifier: MIT
"""One of the answers that are compared: who gives it, what has come, stop or keep; no session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatglm_desktop.core.history import History
from chatglm_desktop.gui.delta_buffer import DeltaBuffer
from chatglm_desktop.gui.failures import describe
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.gui.widgets.elided_label import ElidedLabel
from chatglm_desktop.gui.widgets.icon_button import IconButton
from chatglm_desktop.gui.widgets.link_button import LinkButton

if TYPE_CHECKING:
    from chatglm_desktop.core.deltas import Delta
    from chatglm_desktop.core.messages import Message
    from chatglm_desktop.core.status import Status
    from chatglm_desktop.gui.theme.manager import ThemeManager
    from chatglm_desktop.gui.transcript.look import Looks

_NARROWEST = 220


class Column(QWidget):
    """Shows ``reply``. Emits ``stop_wanted(message id)`` and ``keep_wanted(message id)``."""

    stop_wanted = Signal(str)
    keep_wanted = Signal(str)

    def __init__(self, themes: ThemeManager, reply: Message, looks: Looks | None) -> None:
        super().__init__()
        self._themes = themes
        self._id = reply.id
        self.transcript = TranscriptView(describe, looks=looks)
        self.transcript.set_bare(True)
        # All are read from the top, whoever comes first to the end.
        self.transcript.set_follow_mode("screen")
        self._deltas = DeltaBuffer(self.transcript.contents, self)
        self._name = ElidedLabel(themes, 13, strong=True)
        self._stop = IconButton(themes, "stop", tr("Stop"), side=28)
        # All heads are equally high, also of answers that have ended.
        policy = self._stop.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._stop.setSizePolicy(policy)
        self.keep = LinkButton(themes, tr("Keep this answer"))
        head = QHBoxLayout()
        head.setContentsMargins(16, 6, 12, 7)
        head.setSpacing(8)
        head.addWidget(self._name, 1)
        head.addWidget(self._stop)
        head.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.transcript, 1)
        self._stop.clicked.connect(lambda: self.stop_wanted.emit(self._id))
        self.keep.clicked.connect(lambda: self.keep_wanted.emit(self._id))
        self.transcript.apply_theme(themes.theme)
        themes.changed.connect(self.transcript.apply_theme)
        self.begin(reply)

    def begin(self, reply: Message) -> None:
        """The answer comes, or comes anew, perhaps from another model."""
        self._deltas.flush()
        name = reply.model or tr("Answer")
        self._name.set_text(name)
        self._stop.setAccessibleName(tr("Stop {model}", model=name))
        self._stop.setToolTip(tr("Stop {model}", model=name))
        self.keep.setAccessibleName(tr("Keep the answer of {model}", model=name))
        self.setAccessibleName(name)
        self.transcript.contents.show(History("", reply.id, 1, 0, (reply,)))
        self._show_state(reply)

    def take(self, delta: Delta) -> None:
        """More of the answer."""
        self._deltas.take(self._id, delta)

    def set_status(self, status: Status) -> None:
        """What the answer waits for."""
        self.transcript.contents.set_status(self._id, status)

    def end(self, reply: Message) -> None:
        """The final version."""
        self._deltas.flush()
        self.transcript.contents.update(reply)
        self._show_state(reply)

    def _show_state(self, reply: Message) -> None:
        if self._stop.hasFocus():
            self.keep.setFocus(Qt.FocusReason.OtherFocusReason)
        self._stop.setVisible(reply.state.running)

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, 160)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            theme = self._themes.theme
            painter.fillRect(self.rect(), QColor(theme.surface))
            painter.setPen(QColor(theme.line))
            line = self.transcript.y() - 1
            painter.drawLine(0, line, self.width(), line)
