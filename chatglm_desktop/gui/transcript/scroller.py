# SPDX-License-Identifier: MIT
"""Keeps scene, scroll bar and following in step; paints nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QScrollBar

from chatglm_desktop.gui.transcript.scene import Scene
from chatglm_desktop.transcript.follow import Follow, FollowInput, Placed, Scrolled, Sent, follow

STEP = 24


class Scroller(QObject):
    """Where the view stands, and whether it stays at the end.

    Emits ``moved()`` when the user scrolled, and ``settled()`` when rows in view were
    measured and everything is to be painted anew.
    """

    moved = Signal()
    settled = Signal()

    def __init__(self, scene: Scene, bar: QScrollBar, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._bar = bar
        self._telling_bar = False
        self.state = Follow()

    @property
    def jump_shown(self) -> bool:
        """Whether the latest text is out of sight."""
        return not self.state.following and self._scene.limit - self._scene.top > STEP

    def decide(self, event: FollowInput) -> None:
        self.state = follow(self.state, event)

    def settle(self) -> None:
        """Measure what is in view, and tell the scroll bar."""
        self._scene.settle(following=self.state.following)
        self._tell_bar()
        self.settled.emit()

    def _tell_bar(self) -> None:
        # Its signals are not blocked: by them the bar comes into view when it is needed.
        self._telling_bar = True
        self._bar.setPageStep(max(int(self._scene.height) - STEP, STEP))
        self._bar.setSingleStep(STEP)
        self._bar.setRange(0, round(self._scene.limit))
        self._bar.setValue(round(self._scene.top))
        self._telling_bar = False

    def stay(self) -> None:
        """Something in view is about to change its size by the user's doing: do not move."""
        if self.state.following and self._scene.limit > 0:
            self.decide(Placed())

    def to_end(self) -> None:
        self.decide(Sent())
        self.settle()
        self.moved.emit()

    def to_top(self) -> None:
        self.decide(Placed())
        self._scene.go(0.0)
        self.settle()
        self.moved.emit()

    def take_bar(self) -> None:
        """The user moved the scroll bar, by whatever means."""
        if self._telling_bar:
            return
        if by := float(self._bar.value() - round(self._scene.top)):
            self.scroll_by(by)

    def scroll_by(self, by: float) -> None:
        """The user scrolled by ``by`` pixels."""
        if not len(self._scene.transcript):
            return
        self._scene.move(by)
        self._scene.settle(following=False)
        self.decide(Scrolled(by, self._scene.limit - self._scene.top))
        self.settle()
        self.moved.emit()
