# SPDX-License-Identifier: MIT
"""Lets an export be dropped on the sidebar; reads none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from chatglm_desktop.gui.attaching.dropping import DropVeil
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager


class ImportDrop(QObject):
    """Emits ``dropped(path)`` when one file was let go over ``sidebar``."""

    dropped = Signal(object)

    def __init__(self, themes: ThemeManager, sidebar: QWidget) -> None:
        super().__init__(sidebar)
        self._veil = DropVeil(themes, sidebar)
        self._veil.setAccessibleName(tr("Drop a file to import its conversations"))
        sidebar.setAcceptDrops(True)
        sidebar.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.DragEnter | QEvent.Type.DragMove if isinstance(event, QDropEvent):
                if one_file(event.mimeData()) is None:
                    return False
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                self._veil.show_over(True)
                return True
            case QEvent.Type.Drop if isinstance(event, QDropEvent):
                self._veil.show_over(False)
                file = one_file(event.mimeData())
                if file is None:
                    return False
                # A file manager that is told of a move would delete the file.
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                self.dropped.emit(file)
                return True
            case QEvent.Type.DragLeave | QEvent.Type.Hide:
                self._veil.show_over(False)
        return False


def one_file(data: QMimeData) -> Path | None:
    """The only file that is held, if it is one of this computer."""
    urls = data.urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
