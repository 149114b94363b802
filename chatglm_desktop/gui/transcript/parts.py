# SPDX-License-Identifier: MIT
"""Everything that a transcript's widget is made of, connected with each other; shows nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea

from chatglm_desktop.core.errors import Failure
from chatglm_desktop.gui.transcript.accessible.assistance import Assistance
from chatglm_desktop.gui.transcript.accessible.scene_surface import SceneSurface
from chatglm_desktop.gui.transcript.contents import Contents
from chatglm_desktop.gui.transcript.copying.clipboard import Clipboard
from chatglm_desktop.gui.transcript.copying.code_saver import CodeSaver
from chatglm_desktop.gui.transcript.copying.picture_saver import PictureSaver
from chatglm_desktop.gui.transcript.finder import Finder
from chatglm_desktop.gui.transcript.input.actions import Actions
from chatglm_desktop.gui.transcript.input.caret import Caret
from chatglm_desktop.gui.transcript.input.keys import Keys
from chatglm_desktop.gui.transcript.input.mouse import Mouse
from chatglm_desktop.gui.transcript.input.pointer import Pointer
from chatglm_desktop.gui.transcript.input.references import References
from chatglm_desktop.gui.transcript.input.selecting import Selecting
from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.overlay.jump import Jump
from chatglm_desktop.gui.transcript.overlay.overlay import Overlay
from chatglm_desktop.gui.transcript.rows.row import FailureText
from chatglm_desktop.gui.transcript.scene.pages import Pages
from chatglm_desktop.gui.transcript.scene.painting import Display
from chatglm_desktop.gui.transcript.scene.repainting import Repainter
from chatglm_desktop.gui.transcript.scene.scene import Scene
from chatglm_desktop.gui.transcript.scene.scroller import Scroller
from chatglm_desktop.gui.transcript.scene.settling import Settler
from chatglm_desktop.gui.transcript.text.words import STEPS
from chatglm_desktop.gui.transcript.upkeep import Upkeep
from chatglm_desktop.transcript.caret import CaretPath


class Parts:
    """Made once, for ``host``. ``describe`` puts a failure into words."""

    def __init__(
        self,
        host: QAbstractScrollArea,
        describe: Callable[[Failure], FailureText],
        look: Look,
        budget: float,
    ) -> None:
        viewport = host.viewport()
        self.display = display = Display()
        self.scene = scene = Scene(describe, look)
        transcript = scene.transcript
        self.settler = Settler(scene, budget)
        self.scroller = scroller = Scroller(scene, self.settler, host.verticalScrollBar(), host)
        self.pages = Pages(scene, host)
        self.pictures = scene.layouts.pictures
        self.clipboard = Clipboard(transcript, display, describe, host)
        self.selecting = Selecting(transcript, display, host)
        path = CaretPath(transcript, STEPS, scene.open)
        self.caret = Caret(scene, scroller, display, path, host)
        self.pointer = Pointer(scene, display, host)
        self.code_saver = CodeSaver(host)
        self.picture_saver = PictureSaver(self.pictures, host)
        self.actions = Actions(scene, display, self.clipboard, self.code_saver, host)
        self.references = References(scene, display, scroller, host)
        self.finder = Finder(scene, display, scroller, host)
        self.jump = Jump(scene, scroller, host)
        self.mouse = Mouse(scene, self.pointer, self.jump, viewport, host)
        self.overlay = Overlay(
            host,
            scene=scene,
            display=display,
            clipboard=self.clipboard,
            actions=self.actions,
            scroller=scroller,
            selecting=self.selecting,
        )
        toolbar = self.overlay.toolbar
        self.keys = Keys(scroller, self.clipboard, self.selecting, self.caret, toolbar)
        surface = SceneSurface(
            viewport,
            scene,
            places=self.caret.places,
            selecting=self.selecting,
            overlay=self.overlay,
            actions=self.actions,
        )
        self.assistance = Assistance(host, surface, describe)
        self.upkeep = Upkeep(self.scene, self.settler, scroller, self.pages, host)
        self.contents = Contents(
            scene,
            display,
            settler=self.settler,
            scroller=scroller,
            pages=self.pages,
            overlay=self.overlay,
            pointer=self.pointer,
            clipboard=self.clipboard,
            finder=self.finder,
            assistance=self.assistance,
            upkeep=self.upkeep,
        )
        self.repainter = Repainter(viewport, scene, display, self.overlay, self.jump)
        self.upkeep.measured.connect(self.repainter.refresh)
        self._connect()
        for news in (
            self.pointer.changed,
            self.caret.changed,
            self.overlay.changed,
            self.references.changed,
            self.finder.changed,
            self.jump.changed,
            self.upkeep.changed,
        ):
            news.connect(viewport.update)

    def _connect(self) -> None:
        self.scroller.settled.connect(self.finder.advance)
        self.scroller.settled.connect(self.upkeep.settled)
        self.upkeep.phase.connect(self._animate)
        self.pointer.scroll_wanted.connect(self.scroller.scroll_by)
        self.pointer.selected.connect(self.clipboard.offer_primary)
        self.pointer.changed.connect(self.caret.forget_column)
        self.pointer.activated.connect(self.actions.perform)
        self.selecting.changed.connect(self._selection_changed)
        self.caret.moved.connect(self._selection_changed)
        self.overlay.changed.connect(self.assistance.moved)
        self.actions.resizing.connect(self.scroller.stay)
        self.actions.changed.connect(self.upkeep.refresh)
        self.actions.picture_kept.connect(self.picture_saver.keep)
        self.actions.reference_wanted.connect(self.references.show)
        # Later: a row may ask for a picture while it is laid out.
        self.pictures.changed.connect(self.upkeep.refresh, Qt.ConnectionType.QueuedConnection)

    def _animate(self, phase: float) -> None:
        self.display.phase = phase

    def _selection_changed(self) -> None:
        self.clipboard.offer_primary_soon()
        self.assistance.selected(self.display.selection)
        self.upkeep.changed.emit()
