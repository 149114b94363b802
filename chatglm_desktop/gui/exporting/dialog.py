# SPDX-License-Identifier: MIT
"""Asks what to export, in which form and where; writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from chatglm_desktop.core.export_choice import ExportChoice, ExportContents, ExportFormat
from chatglm_desktop.core.exports import SUFFIXES
from chatglm_desktop.gui.dialogs.frame import Frame
from chatglm_desktop.gui.exporting.offer import (
    ExportOffer,
    free_target,
    is_folder,
    is_many,
    order_of,
    suffix,
)
from chatglm_desktop.gui.exporting.words import format_help, format_label
from chatglm_desktop.gui.settings.look import form_sheet
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.choice import Choice
from chatglm_desktop.gui.widgets.elided_label import ElidedLabel
from chatglm_desktop.gui.widgets.segments import Segments
from chatglm_desktop.gui.widgets.switch import Switch

_FORMATS: tuple[ExportFormat, ...] = tuple(SUFFIXES)

_PLACES = (
    QStandardPaths.StandardLocation.DocumentsLocation,
    QStandardPaths.StandardLocation.DownloadLocation,
)


class ExportDialog(Frame):
    """One of ``offers``, the first unless the user chooses another.

    Emits ``ordered(ExportOrder, ExportChoice)``.
    """

    ordered = Signal(object, object)

    def __init__(
        self,
        parent: QWidget,
        themes: ThemeManager,
        offers: Sequence[ExportOffer],
        choice: ExportChoice,
    ) -> None:
        super().__init__(parent, tr("Export"), "")
        self._themes = themes
        self._offers = offers
        self._choice = choice
        self._chosen_target: Path | None = None
        self.setMinimumWidth(520)
        self._build()
        self._dress()
        themes.changed.connect(self._dress)
        self._show()

    def _build(self) -> None:
        themes = self._themes
        self.what = Choice(themes, [(offer.label, n) for n, offer in enumerate(self._offers)])
        self.what.setAccessibleName(tr("What"))
        self.what.show_value(0)
        # There is nothing to choose from where there is only one.
        self.what.setEnabled(len(self._offers) > 1)
        self.formats = Segments(themes, [format_label(format) for format in _FORMATS])
        self.formats.set_accessible(tr("Format"))
        self._help = QLabel()
        self._help.setWordWrap(True)
        self._help.setEnabled(False)
        # Two lines at any time, so that nothing moves.
        self._help.setMinimumHeight(2 * self._help.fontMetrics().lineSpacing())
        self._help.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.thinking = Switch(themes, tr("Thinking"))
        self.times = Switch(themes, tr("Times"))
        self.model = Switch(themes, tr("Model names"))
        self.zipped = Switch(themes, tr("One zip file"))
        self._name = ElidedLabel(themes, 13)
        self._place = ElidedLabel(themes, 13)
        self.where = QPushButton(tr("Change…"))
        self.where.setAccessibleName(tr("Change where it is written"))
        self.where.setAutoDefault(False)
        self.body.addLayout(self._grid())
        self.cancel_button = self.add_button(tr("Cancel"))
        self.export_button = self.add_button(tr("Export"), primary=True)
        self._connect()

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        rows: list[tuple[str, QWidget]] = [
            (tr("What"), self.what),
            (tr("Format"), self.formats),
            ("", self._help),
            (tr("With thinking"), self.thinking),
            (tr("With times"), self.times),
            (tr("With model names"), self.model),
            (tr("As one zip file"), self.zipped),
        ]
        self._labels: dict[QWidget, QLabel] = {}
        for row, (words, widget) in enumerate(rows):
            self._labels[widget] = label = QLabel(words)
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
        target = QHBoxLayout()
        target.setSpacing(8)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(self._name)
        lines.addWidget(self._place)
        target.addLayout(lines, 1)
        target.addWidget(self.where)
        grid.addWidget(QLabel(tr("Where")), len(rows), 0)
        grid.addLayout(target, len(rows), 1)
        return grid

    def _connect(self) -> None:
        self.what.chosen.connect(self._take_offer)
        self.formats.chosen.connect(self._take_format)
        for switch in (self.thinking, self.times, self.model, self.zipped):
            switch.toggled.connect(self._take_switches)
        self.where.clicked.connect(self._ask_where)
        self.cancel_button.clicked.connect(self.reject)
        self.export_button.clicked.connect(self._order)

    def _dress(self) -> None:
        self.what.setStyleSheet(form_sheet(self._themes.theme))

    @property
    def offer(self) -> ExportOffer:
        """What is chosen to be exported."""
        return self._offers[cast("int", self.what.value)]

    @property
    def target(self) -> Path:
        """Where it will be written."""
        if self._chosen_target is not None:
            return self._chosen_target
        return free_target(self._folder(), self.offer, self._choice, tr("Conversation"))

    def write_to(self, path: str) -> None:
        """Take a file, or a folder in which a folder is made, that the user has chosen."""
        chosen = Path(path)
        if is_folder(self.offer, self._choice):
            self._choice = replace(self._choice, folder=path)
            self._chosen_target = None
        else:
            end = suffix(self.offer, self._choice)
            if chosen.suffix.lower() != end:
                chosen = chosen.with_name(chosen.name + end)
            self._choice = replace(self._choice, folder=str(chosen.parent))
            self._chosen_target = chosen
        self._show()

    def _folder(self) -> Path:
        """The folder of the last time, or the first of the usual ones that is there."""
        usual = (Path(QStandardPaths.writableLocation(place)) for place in _PLACES)
        known = (Path(self._choice.folder), *usual) if self._choice.folder else usual
        return next((folder for folder in known if folder.is_dir()), Path.home())

    def _take_offer(self) -> None:
        self._chosen_target = None
        self._show()

    def _take_format(self, number: int) -> None:
        self._choice = replace(self._choice, format=_FORMATS[number])
        self._chosen_target = None
        self._show()

    def _take_switches(self) -> None:
        contents = ExportContents(
            self.thinking.isChecked(), self.times.isChecked(), self.model.isChecked()
        )
        zipped = self.zipped.isChecked()
        if zipped != self._choice.zipped:
            self._chosen_target = None
        self._choice = replace(self._choice, contents=contents, zipped=zipped)
        self._show()

    def _show(self) -> None:
        choice, contents = self._choice, self._choice.contents
        whole = choice.format == "json"
        self.formats.set_current(_FORMATS.index(choice.format))
        self._help.setText(format_help(choice.format))
        shown = (
            (self.thinking, contents.thinking),
            (self.times, contents.times),
            (self.model, contents.model),
        )
        for switch, on in shown:
            switch.blockSignals(True)
            switch.setChecked(on or whole)
            switch.blockSignals(False)
            switch.setEnabled(not whole)
            self._labels[switch].setEnabled(not whole)
        many = is_many(self.offer, choice)
        self.zipped.blockSignals(True)
        self.zipped.setChecked(choice.zipped and many)
        self.zipped.blockSignals(False)
        self.zipped.setEnabled(many)
        self._labels[self.zipped].setEnabled(many)
        target = self.target
        self._name.set_text(target.name)
        self._place.set_text(tr("in {folder}", folder=target.parent))

    def _ask_where(self) -> None:
        target = self.target
        dialog = QFileDialog(self, tr("Export"), str(target.parent))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if is_folder(self.offer, self._choice):
            dialog.setFileMode(QFileDialog.FileMode.Directory)
        else:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(suffix(self.offer, self._choice).removeprefix("."))
            dialog.selectFile(target.name)
        dialog.fileSelected.connect(self.write_to)
        dialog.open()

    def _order(self) -> None:
        target = self.target
        self._choice = replace(self._choice, folder=str(target.parent))
        self.accept()
        self.ordered.emit(order_of(self.offer, self._choice, target), self._choice)
