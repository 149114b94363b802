# SPDX-License-Identifier: MIT
"""Keeps a view up to date: parses, measures and animates while there is anything to do."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from chatglm_desktop.gui.transcript.animation import Animation, Ticker, next_second
from chatglm_desktop.gui.transcript.scene.pages import Pages
from chatglm_desktop.gui.transcript.scene.scene import Scene
from chatglm_desktop.gui.transcript.scene.scroller import Scroller
from chatglm_desktop.gui.transcript.scene.settling import Settler

_WORK_SECONDS = 0.004
_FRAME_MS = 16
_HURRIED_FRAME_MS = 32


class Upkeep(QObject):
    """Does nothing while ``widget`` is hidden.

    Emits ``measured()`` when rows may be elsewhere, ``changed()`` when everything is to be painted
    anew, ``phase(0…1)`` while something moves.
    """

    measured = Signal()
    changed = Signal()
    phase = Signal(float)

    def __init__(
        self, scene: Scene, settler: Settler, scroller: Scroller, pages: Pages, widget: QWidget
    ) -> None:
        super().__init__(widget)
        self._scene = scene
        self._settler = settler
        self._scroller = scroller
        self._pages = pages
        self._widget = widget
        self._animation = Animation(widget)
        self._ticker = Ticker(widget)
        self._work = QTimer(self, singleShot=True, interval=0)
        self._since_settled = QElapsedTimer()
        self._next_frame = QTimer(self, singleShot=True, interval=_FRAME_MS)
        self._animation.ticked.connect(self._animate)
        self._ticker.timeout.connect(self.refresh)
        self._work.timeout.connect(self._work_on)
        self._next_frame.timeout.connect(self.refresh)

    @property
    def working(self) -> bool:
        """Whether it will measure what is in view anyway, soon."""
        return self._work.isActive()

    @property
    def busy(self) -> bool:
        """Whether text waits to be parsed, or what is in view waits to be read or laid out."""
        return self._unready or self._pages.waiting

    @property
    def _unready(self) -> bool:
        return self._scene.transcript.pending or self._settler.unfinished

    def refresh(self) -> None:
        """Measure what is in view."""
        if self._widget.isVisible():
            self._scroller.settle()

    def refresh_soon(self) -> None:
        """Measure and paint once more in the next frame."""
        if not self._next_frame.isActive():
            self._next_frame.start()

    def stop(self) -> None:
        """Nothing is seen any more."""
        for timer in (self._animation, self._ticker, self._work, self._next_frame):
            timer.stop()

    def settled(self) -> None:
        """What is in view was measured."""
        self._since_settled.start()
        self._pages.ask()
        if not self._work.isActive():
            self._work.start()
        self._animation.run(self._scene.working())
        self._ticker.run(next_second(self._scene))
        self.measured.emit()

    def _work_on(self) -> None:
        """Parse for a while or, now and then, measure what has come into view, or soon will."""
        transcript = self._scene.transcript
        if not self._unready:
            if self._scroller.look_ahead():
                self._work.start()
            return
        if transcript.pending and not self._since_settled.hasExpired(_HURRIED_FRAME_MS):
            for change in transcript.work_for(_WORK_SECONDS):
                self._scene.apply(change)
            if transcript.pending:
                self._work.start()
                return
        self.refresh()

    def _animate(self, phase: float) -> None:
        self.phase.emit(phase)
        self.changed.emit()
