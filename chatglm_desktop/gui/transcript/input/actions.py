# SPDX-License-Identifier: MIT
"""What a click on a hot area does: wrap, copy, fold, save, or a request to the view's owner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from PySide6.QtCore import QObject, QTimer, Signal

from chatglm_desktop.core.hosts import differs
from chatglm_desktop.core.links import may_open
from chatglm_desktop.gui.transcript.copying.clipboard import Clipboard
from chatglm_desktop.gui.transcript.copying.code_saver import CodeSaver
from chatglm_desktop.gui.transcript.copying.steps import Steps
from chatglm_desktop.gui.transcript.input.hits import Hover
from chatglm_desktop.gui.transcript.rows.row import (
    ActName,
    FailureAction,
    OpenLink,
    OpenNote,
    OpenSource,
    PictureAction,
    RowAction,
    UseTool,
)
from chatglm_desktop.gui.transcript.rows.sideways import DragSideways
from chatglm_desktop.gui.transcript.scene.painting import Display
from chatglm_desktop.gui.transcript.scene.scene import Scene
from chatglm_desktop.transcript.grown import grown
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.leaves import CodeLeaf
from chatglm_desktop.transcript.rows import Row

_COPIED_MS = 1600


class Actions(QObject):
    """Emits ``requested(message id, action)``, ``link(url)``, ``changed()``.

    ``doubtful_link(url, text)`` is one that leads elsewhere than its text says,
    ``tool_used(item, tool)`` a button at a message's foot,
    ``reference_wanted(Hover)`` asks for the source or the footnote that a mark refers to,
    ``picture_kept(PictureAction)`` for one that is to be copied or saved,
    ``resizing()`` comes before a change of size.
    """

    requested = Signal(str, str)
    link = Signal(str)
    doubtful_link = Signal(str, str)
    tool_used = Signal(int, str)
    reference_wanted = Signal(object)
    picture_kept = Signal(object)
    resizing = Signal()
    changed = Signal()

    def __init__(
        self,
        scene: Scene,
        display: Display,
        clipboard: Clipboard,
        saver: CodeSaver,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._scene = scene
        self._display = display
        self._clipboard = clipboard
        self._copied = QTimer(self, singleShot=True, interval=_COPIED_MS)
        self._copied.timeout.connect(self._forget_copied)
        self._saver = saver
        self._saving = Steps(self)

    def perform(self, hover: Hover) -> None:
        """Do what a hot area stands for."""
        match hover.action:
            case OpenLink(url, text):
                # Nothing else may be opened by what a service wrote.
                if may_open(url):
                    self._open(url, text)
            case UseTool(tool):
                self.tool_used.emit(hover.item, tool)
            case FailureAction(action):
                self.requested.emit(self._scene.transcript[hover.item].message.id, action)
            case OpenSource() | OpenNote():
                self.reference_wanted.emit(hover)
            case PictureAction("show", url):
                self._scene.layouts.pictures.ask(url)
            case PictureAction("cancel", url):
                self._scene.layouts.pictures.cancel(url)
            case PictureAction():
                self.picture_kept.emit(hover.action)
            case DragSideways():
                # Dragged, not clicked.
                pass
            case RowAction(name):
                self._act(hover, name)
            case _:
                assert_never(hover.action)

    def _open(self, url: str, text: str) -> None:
        if differs(text, url):
            self.doubtful_link.emit(url, text)
        else:
            self.link.emit(url)

    def _act(self, hover: Hover, name: ActName) -> None:
        item = self._scene.transcript[hover.item]
        match name:
            case "copy_code":
                self._clipboard.copy_code(hover)
                self.show_copied(hover.item, hover.row)
            case "copy_table":
                self._clipboard.copy_table(hover)
                self.show_copied(hover.item, hover.row)
            case "save_code":
                self._saving.run(self._save_code(item, hover.row))
            case "wrap_code":
                self.resizing.emit()
                self._scene.layouts.states.toggle_wrap((item.message.id, hover.row))
            case "fold_code":
                self.resizing.emit()
                self._fold_code(hover.item, hover.row)
            case "fold_thinking":
                self.resizing.emit()
                self._scene.apply(self._scene.transcript.fold(hover.item, not item.folded))
            case "show_sources":
                self.resizing.emit()
                self._scene.apply(self._scene.transcript.show_all_sources(hover.item))
            case _:
                assert_never(name)
        self.changed.emit()

    def _save_code(self, item: Item, row: Row) -> Iterator[None]:
        """Ask where to save code, when all of it has been parsed."""
        item = yield from grown(item, row)
        leaf = item.leaves(row.part)[row.leaf]
        if isinstance(leaf, CodeLeaf):
            self._saver.ask(leaf.code.text, leaf.code.language)

    def _fold_code(self, index: int, row: Row) -> None:
        """Show long code whole or only its first lines; its header stays in view."""
        scene, states = self._scene, self._scene.layouts.states
        item = scene.transcript[index]
        key = (item.message.id, row)
        expanded = states.expanded(key)
        states.set_expanded(key, not expanded)
        place = scene.place
        here = place.item == index and item.row(min(place.row, item.row_count - 1)) == row
        if expanded and here:
            above = item.leaves(row.part)[row.leaf].frame.above
            scene.place = replace(place, offset=min(place.offset, above))

    def show_copied(self, item: int, row: Row) -> None:
        """Tell at a row for a moment that it, or its message, was copied."""
        self._display.copied = (item, row)
        self._copied.start()

    def _forget_copied(self) -> None:
        self._display.copied = None
        self.changed.emit()
