# SPDX-License-Identifier: MIT
"""Drags conversations and folders within the list, and says where they may be dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QPersistentModelIndex, QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QDrag, QFontMetrics, QPainter, QPen, QPixmap

from chatglm_desktop.core.folders import within
from chatglm_desktop.core.listed_rows import FOLDERS_HEADING
from chatglm_desktop.core.listing import PINNED, RECENT
from chatglm_desktop.gui.sidebar.wish import MIME, Verb, Wish
from chatglm_desktop.gui.strings import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QDragMoveEvent, QDropEvent

    from chatglm_desktop.core.folders import Folder
    from chatglm_desktop.gui.sidebar.view import LibraryView
    from chatglm_desktop.gui.theme.tokens import Theme

EXPAND_AFTER_MS = 700
"""How long a drag rests on a closed folder before it opens."""

_LONGEST = 180


@dataclass(frozen=True, slots=True)
class Dragged:
    """What is dragged: conversations, from which lists, and folders."""

    numbers: tuple[int, ...] = ()
    keys: frozenset[str] = frozenset()
    folder_ids: tuple[str, ...] = ()


def wishes(dragged: Dragged, key: str, folders: Mapping[str, Folder]) -> list[Wish]:
    """What to do with what is dropped on the list ``key``; nothing where it cannot go.

    It cannot go where it is, and no folder into itself or one that lies in it.
    """
    found: list[Wish] = []
    if dragged.numbers and dragged.keys != {key}:
        if key == PINNED:
            found.append(Wish("pin", dragged.numbers))
        elif key == RECENT or key in folders:
            found.append(Wish("move", dragged.numbers, None if key == RECENT else key))
    for id in dragged.folder_ids:
        top = key in (RECENT, FOLDERS_HEADING)
        parent_id = None if top else key
        inside = within(folders.values(), id)
        moves = folders[id].parent_id != parent_id if id in folders else False
        if moves and key not in inside and (top or key in folders):
            found.append(Wish("move_folder", folder_id=id, parent_id=parent_id))
    return found


class Dragging(QObject):
    """One drag after the other. ``dragged`` is None between them."""

    def __init__(self, view: LibraryView) -> None:
        super().__init__(view)
        self._view = view
        self.dragged: Dragged | None = None
        self._target = QPersistentModelIndex()
        self._opens = QTimer(self, singleShot=True, interval=EXPAND_AFTER_MS)
        self._opens.timeout.connect(self._open_target)

    def start(self) -> None:
        """Drag what is selected until it is dropped."""
        self.dragged = self.take()
        if not (self.dragged.numbers or self.dragged.folder_ids):
            self.dragged = None
            return
        mime = QMimeData()
        mime.setData(MIME, b"1")
        drag = QDrag(self._view)
        drag.setMimeData(mime)
        drag.setPixmap(self._picture())
        drag.setHotSpot(QPoint(-10, -6))
        self._view.dragging.emit(True)
        try:
            drag.exec(Qt.DropAction.MoveAction)
        finally:
            self.end()

    def take(self) -> Dragged:
        """What is selected."""
        view = self._view
        keys = (view.list.keys(first, last) for first, last in view.stretches())
        return Dragged(view.chosen(), frozenset().union(*keys), view.chosen_folders())

    def dropped_on(self, verb: Verb) -> list[Wish]:
        """What to do with what is dropped on something outside the list that does ``verb``."""
        dragged = self.dragged or Dragged()
        found = [Wish(verb, dragged.numbers)] if dragged.numbers else []
        if verb == "trash":
            found += [Wish("trash_folder", folder_id=id) for id in dragged.folder_ids]
        return found

    def end(self) -> None:
        """Nothing is dragged any more."""
        self.dragged = None
        self._aim(-1)
        self._view.dragging.emit(False)

    def enter(self, event: QDragMoveEvent) -> None:
        if self.dragged is not None and event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
        else:
            event.ignore()

    def move(self, event: QDragMoveEvent) -> None:
        row = self._view.indexAt(event.position().toPoint()).row()
        found = self._wishes(row)
        self._aim(row if found else -1)
        if found:
            event.acceptProposedAction()
        else:
            event.ignore()

    def leave(self) -> None:
        self._aim(-1)

    def drop(self, event: QDropEvent) -> None:
        found = self._wishes(self._view.indexAt(event.position().toPoint()).row())
        self._aim(-1)
        if found:
            event.acceptProposedAction()
        else:
            event.ignore()
        for wish in found:
            self._view.ask(wish)

    def _wishes(self, row: int) -> list[Wish]:
        if self.dragged is None or self._view.shelf:
            return []
        # Below the last row are the recent ones too.
        key = self._view.list.key(row) if row >= 0 else RECENT
        return wishes(self.dragged, key, self._view.folders)

    def _aim(self, row: int) -> None:
        view = self._view
        target = view.list.head_row(row) if row >= 0 else None
        if target == view.rows.target:
            return
        view.rows.target = target
        self._target = QPersistentModelIndex(view.list.index(-1 if target is None else target))
        line = view.list.line(target) if target is not None else None
        if line is not None and line.kind == "folder" and not line.expanded:
            self._opens.start()
        else:
            self._opens.stop()
        view.viewport().update()

    def _open_target(self) -> None:
        if self._target.isValid():
            self._view.toggle(self._view.list.index(self._target.row()), expanded=True)

    def _picture(self) -> QPixmap:
        assert self.dragged is not None
        count = len(self.dragged.numbers) + len(self.dragged.folder_ids)
        text = self._view.line(self._view.currentIndex()).text
        if count > 1:
            text = tr("{count} selected", count=count)
        return _pill(text, self._view.themes.theme, self._view.devicePixelRatioF(), self._view)


def _pill(text: str, theme: Theme, ratio: float, view: LibraryView) -> QPixmap:
    """What hangs at the pointer."""
    metrics = QFontMetrics(view.font())
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, _LONGEST)
    width, height = metrics.horizontalAdvance(text) + 24, metrics.height() + 12
    pixmap = QPixmap(round(width * ratio), round(height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.accent), 1))
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(QRectF(0.5, 0.5, width - 1, height - 1), 8, 8)
        painter.setFont(view.font())
        painter.setPen(QColor(theme.text))
        painter.drawText(QRectF(12, 0, width - 12, height), Qt.AlignmentFlag.AlignVCenter, text)
    return pixmap
