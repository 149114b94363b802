# SPDX-License-Identifier: MIT
"""What the window's keys do with the page in front; knows no tab and no session."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chatglm_desktop.gui.navigation import Step
from chatglm_desktop.gui.strings import tr

if TYPE_CHECKING:
    from chatglm_desktop.gui.main_window import MainWindow
    from chatglm_desktop.gui.workspace.opened import Opened


class PageKeys(QObject):
    """``front`` is what has the page in front, None while that is not loaded."""

    def __init__(self, window: MainWindow, front: Callable[[], Opened | None]) -> None:
        super().__init__(window)
        self._window = window
        self._front = front
        window.copy_answer_requested.connect(self._copy_last_answer)
        window.copy_code_requested.connect(self._copy_last_code)
        window.caret_requested.connect(self._toggle_caret)
        window.composer_requested.connect(self._focus_composer)
        window.files_requested.connect(self._add_files)
        window.step_requested.connect(self._navigate)
        window.model_requested.connect(self._choose_model)
        window.options_requested.connect(self._change_options)
        window.regenerate_requested.connect(self._regenerate)
        window.compare_requested.connect(self._compare)
        window.clear_requested.connect(self._clear)

    def _copy_last_answer(self) -> None:
        front = self._front()
        if front is not None and front.page.transcript.clipboard.copy_last_answer():
            self._tell_copied()

    def _copy_last_code(self) -> None:
        front = self._front()
        if front is not None and front.page.transcript.clipboard.copy_last_code():
            self._tell_copied()

    def _toggle_caret(self) -> None:
        if (front := self._front()) is not None:
            front.page.toggle_caret()

    def _focus_composer(self) -> None:
        if (front := self._front()) is not None:
            front.page.composer.focus_editor()

    def _add_files(self) -> None:
        if (front := self._front()) is not None:
            front.page.composer.pick_files()

    def _navigate(self, step: Step) -> None:
        if (front := self._front()) is not None:
            front.navigation.go(step)

    def _choose_model(self) -> None:
        if (front := self._front()) is not None:
            front.setup.choose_model()

    def _change_options(self) -> None:
        if (front := self._front()) is not None:
            front.setup.change_options()

    def _regenerate(self) -> None:
        if (front := self._front()) is not None:
            front.page.retry_last()

    def _compare(self) -> None:
        if (front := self._front()) is not None:
            front.page.compare()

    def _clear(self) -> None:
        if (front := self._front()) is not None:
            front.page.verb_wanted.emit("", "clear")

    def _tell_copied(self) -> None:
        self._window.toast.show_message(tr("Copied"))
