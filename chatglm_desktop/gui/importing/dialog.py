# SPDX-License-Identifier: MIT
"""The window of an import, from the look at the file to what was done; reads no file."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from chatglm_desktop.chat.importing.plan import Preview, Report
from chatglm_desktop.core.errors import ChatError, StoreError
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.gui.dialogs.frame import Frame
from chatglm_desktop.gui.importing import words
from chatglm_desktop.gui.importing.folder_choice import FolderChoice
from chatglm_desktop.gui.settings.look import form_sheet
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import Theme
from chatglm_desktop.gui.widgets.progress import Progress


class Stage(Enum):
    """How far the import is."""

    LOOKING = auto()
    PREVIEW = auto()
    IMPORTING = auto()
    DONE = auto()
    FAILED = auto()


class ImportDialog(Frame):
    """Emits ``import_requested(target)``, ``stop_requested``, ``another_requested`` for another
    file, and ``undo_requested``. Closed while it imports, it asks to stop instead.
    """

    import_requested = Signal(object)
    stop_requested = Signal()
    another_requested = Signal()
    undo_requested = Signal()

    def __init__(self, parent: QWidget, themes: ThemeManager) -> None:
        super().__init__(parent, tr("Import conversations"), " ")
        self.setMinimumWidth(520)
        self.stage = Stage.LOOKING
        self._themes = themes
        self._build()
        self._connect()
        self._dress(themes.theme)

    def _build(self) -> None:
        self.rows = QGridLayout()
        self.rows.setHorizontalSpacing(24)
        self.rows.setVerticalSpacing(8)
        self.rows.setColumnStretch(0, 1)
        self.skipped = QLabel()
        self.skipped.setTextFormat(Qt.TextFormat.PlainText)
        self.skipped.setWordWrap(True)
        self.folder = FolderChoice(self._themes)
        self._folder_label = QLabel(tr("Folder"))
        self._folder_label.setBuddy(self.folder)
        self.progress = Progress(self._themes, tr("Progress"))
        self.body.setSpacing(12)
        self.body.addLayout(self.rows)
        self.body.addWidget(self.skipped)
        self.body.addWidget(self._folder_label)
        self.body.addWidget(self.folder)
        self.body.addWidget(self.progress)
        self.another = self.add_button(tr("Choose another file…"))
        self.undo = self.add_button(tr("Undo"))
        self.stop = self.add_button(tr("Cancel"))
        self.start = self.add_button(tr("Import"), primary=True)
        self.done_button = self.add_button(tr("Close"), primary=True)

    def _connect(self) -> None:
        self.start.clicked.connect(lambda: self.import_requested.emit(self.folder.target))
        self.stop.clicked.connect(self.reject)
        self.another.clicked.connect(self.another_requested)
        self.undo.clicked.connect(self.undo_requested)
        self.done_button.clicked.connect(self.close)
        self._themes.changed.connect(self._dress)

    def show_looking(self, name: str) -> None:
        """The file ``name`` is being looked through."""
        self._show_rows([])
        self.skipped.clear()
        self.progress.show_share(0)
        self._enter(Stage.LOOKING, tr("Looking through “{file}”…", file=name))

    def show_share(self, share: float) -> None:
        """How far that is, or the import."""
        self.progress.show_share(share)

    def show_preview(self, preview: Preview, folders: Mapping[str, Folder]) -> None:
        """What importing would do."""
        self._show_rows(words.preview_rows(preview))
        self.skipped.setText(words.skipped_text(preview.skipped))
        self.folder.offer(preview, folders)
        text = words.source_text(preview)
        if not preview.has_news:
            text = tr("There is nothing new in this file.")
        self._enter(Stage.PREVIEW, text, can_import=preview.has_news)

    def show_importing(self) -> None:
        """The conversations are being added."""
        self._show_rows([])
        self.skipped.clear()
        self.progress.show_share(0)
        self._enter(Stage.IMPORTING, tr("Conversations are being added…"))

    def show_report(self, report: Report) -> None:
        """What was done, and why no more."""
        self._show_rows(words.report_rows(report))
        self.skipped.clear()
        text = tr("The import is finished.")
        if report.error is not None:
            text = "\n".join(
                (*words.error_text(report.error), tr("What had been added by then is complete."))
            )
        elif report.stopped:
            text = tr("The import was stopped. What had been added by then is complete.")
        self._enter(Stage.DONE, text, can_undo=bool(report.new))

    def show_error(self, error: ChatError | StoreError) -> None:
        """Why the file cannot be imported."""
        self._show_rows([])
        self.skipped.clear()
        self._enter(Stage.FAILED, "\n".join(words.error_text(error)))

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(520, 200))

    def reject(self) -> None:
        if self.stage is Stage.IMPORTING:
            self.stop.setEnabled(False)
            self.stop_requested.emit()
        else:
            super().reject()

    def _enter(
        self, stage: Stage, text: str, *, can_import: bool = False, can_undo: bool = False
    ) -> None:
        self.stage = stage
        self.set_text(text)
        at_work = stage in (Stage.LOOKING, Stage.IMPORTING)
        self.progress.setVisible(at_work)
        self.skipped.setVisible(bool(self.skipped.text()))
        for widget in (self._folder_label, self.folder):
            widget.setVisible(can_import)
        self.start.setVisible(can_import)
        self.another.setVisible(
            stage is Stage.FAILED or (stage is Stage.PREVIEW and not can_import)
        )
        self.undo.setVisible(can_undo)
        self.stop.setEnabled(True)
        self.stop.setVisible(at_work or can_import)
        self.stop.setText(tr("Stop") if stage is Stage.IMPORTING else tr("Cancel"))
        self.done_button.setVisible(not self.stop.isVisibleTo(self))
        first = next(b for b in (self.start, self.done_button, self.stop) if b.isVisibleTo(self))
        self._make_default(first)
        self._fit()

    def _make_default(self, button: QPushButton) -> None:
        button.setDefault(button is not self.stop)
        button.setFocus()

    def _fit(self) -> None:
        """Be as high as what is shown, which may be less than before."""
        layout = self.layout()
        assert layout is not None
        # Labels know how large they are once they wear their style.
        for label in self.findChildren(QLabel):
            label.ensurePolished()
        for inner in (self.rows, self.body, layout):
            inner.invalidate()
        height = layout.totalHeightForWidth(self.width())
        self.setMinimumHeight(height)
        self.resize(self.width(), height)

    def _show_rows(self, rows: words.Rows) -> None:
        while item := self.rows.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for place, (caption, number) in enumerate(rows):
            value = QLabel(number)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label = QLabel(caption)
            label.setBuddy(value)
            self.rows.addWidget(label, place, 0)
            self.rows.addWidget(value, place, 1, Qt.AlignmentFlag.AlignRight)
            # At once, so that they count when the dialog takes its size.
            label.show()
            value.show()

    def _dress(self, theme: Theme) -> None:
        self.folder.setStyleSheet(form_sheet(theme))
        self.skipped.setStyleSheet(f"color: {theme.dim};")
