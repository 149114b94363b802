# SPDX-License-Identifier: MIT
"""Keeps scene, scroll bar and following in step; paints nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QScrollBar

from chatglm_desktop.core.messages import Role
from chatglm_desktop.core.tabs import Anchor
from chatglm_desktop.gui.transcript.scene.scene import Scene
from chatglm_desktop.gui.transcript.scene.settling import Settler
from chatglm_desktop.transcript.anchors import Target
from chatglm_desktop.transcript.follow import (
    Asked,
    Filled,
    Follow,
    FollowInput,
    FollowMode,
    Placed,
    Scrolled,
    follow,
)

STEP = 24


class Scroller(QObject):
    """Where the view stands, and whether it stays at the end.

    Emits ``moved()`` when the user scrolled, ``settled()`` when rows in view were measured and
    everything is to be painted anew, and ``mode_chosen(mode)`` when the user chose how replies
    are followed.
    """

    moved = Signal()
    mode_chosen = Signal(str)
    settled = Signal()

    def __init__(self, scene: Scene, settler: Settler, bar: QScrollBar, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._settler = settler
        self._bar = bar
        self._telling_bar = False
        self.state = Follow()

    @property
    def jump_shown(self) -> bool:
        """Whether the latest text is out of sight."""
        return not self.state.following and self._scene.limit - self._scene.top > STEP

    def decide(self, event: FollowInput) -> None:
        self.state = follow(self.state, event)

    def set_mode(self, mode: FollowMode) -> None:
        """How replies are followed from the next one on."""
        self.state = Follow(mode, following=self.state.following)

    def choose_mode(self, mode: FollowMode) -> None:
        """The user wants replies to be followed like this."""
        self.set_mode(mode)
        self.mode_chosen.emit(mode)

    def settle(self) -> None:
        """Measure what is in view, and tell the scroll bar."""
        self._settler.settle(following=self.state.following)
        if self.state.following and (reply := self._filling()) is not None:
            self.state = state = follow(self.state, Filled())
            if not state.following:
                self._settler.aim(Target(reply))
                self._settler.settle(following=False)
        self._tell_bar()
        self.settled.emit()

    def anchor(self) -> Anchor | None:
        """The reading position; None if the end is followed."""
        if self.state.following:
            return None
        anchor = self._settler.anchor()
        self._tell_bar()
        return anchor

    def look_ahead(self) -> bool:
        """Use a moment in which nothing else is to do; False if it was not needed."""
        more = self._settler.look_ahead()
        self._tell_bar()
        return more

    def _filling(self) -> int | None:
        """The newest message, if it is a reply whose first line has reached the top."""
        scene = self._scene
        last = len(scene.transcript) - 1
        if last < 0 or scene.transcript[last].message.role is Role.USER:
            return None
        return last if scene.geometry.item_top(last) <= scene.top else None

    def _tell_bar(self) -> None:
        # Its signals are not blocked: by them the bar comes into view when it is needed.
        zoom = self._scene.zoom
        self._telling_bar = True
        self._bar.setPageStep(max(int(self._scene.height * zoom) - STEP, STEP))
        self._bar.setSingleStep(STEP)
        self._bar.setRange(0, round(self._scene.limit * zoom))
        self._bar.setValue(round(self._scene.top * zoom))
        self._telling_bar = False

    def stay(self) -> None:
        """Something in view is about to change its size by the user's doing: do not move."""
        if self.state.following and self._scene.limit > 0:
            self.decide(Placed())

    def show(self, target: Target) -> None:
        """Go to a target, at once or as soon as its message is at hand."""
        self.decide(Placed())
        self._settler.aim(target)
        self.settle()
        self.moved.emit()

    def to_end(self) -> None:
        self._settler.aim(None)
        self.decide(Asked())
        self.settle()
        self.moved.emit()

    def to_top(self) -> None:
        self.decide(Placed())
        self._settler.go(0.0)
        self.settle()
        self.moved.emit()

    def take_bar(self) -> None:
        """The user moved the scroll bar, by whatever means."""
        if self._telling_bar:
            return
        zoom = self._scene.zoom
        if by := self._bar.value() - round(self._scene.top * zoom):
            self.scroll_by(by / zoom)

    def scroll_by(self, by: float) -> None:
        """The user scrolled by ``by`` pixels."""
        if not len(self._scene.transcript):
            return
        self._settler.move(by)
        self._settler.settle(following=False)
        self.decide(Scrolled(by, self._scene.limit - self._scene.top))
        if self.state.following:
            self._settler.settle(following=True)
        self._tell_bar()
        self.settled.emit()
        self.moved.emit()
