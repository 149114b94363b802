# SPDX-License-Identifier: MIT
"""The menus of the list: for conversations, for a folder, for the list itself; does nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu

from chatglm_desktop.core.folders import Folder, in_order, within
from chatglm_desktop.core.listing import ARCHIVE, PINNED
from chatglm_desktop.gui.sidebar.wish import Wish
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.label_colours import COLOURS, label_colour

if TYPE_CHECKING:
    from chatglm_desktop.core.folders import Colour
    from chatglm_desktop.gui.sidebar.view import LibraryView
    from chatglm_desktop.gui.theme.tokens import Theme

_DEEPEST = 8
"""Folders further down than this stand no further to the right."""


def menu_for(view: LibraryView, index: QModelIndex) -> QMenu | None:
    """What can be done at ``index``; the menu ends with its closing."""
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    line = view.line(index)
    build = _Menu(view, menu)
    if line.kind == "folder":
        build.trashed_folder(line.id) if view.shelf else build.folder(line.id, index)
    elif line.named:
        number = view.list.number(index.row())
        chosen = view.chosen()
        # A menu on a row outside of what is selected is about that row alone.
        build.conversations(chosen if number in chosen else (number,), index)
    elif not view.shelf:
        build.add("folder", tr("New folder"), Wish("new_folder"))
    if menu.isEmpty():
        menu.deleteLater()
        return None
    return menu


class _Menu:
    """Fills ``menu`` with actions that tell the view what is wanted."""

    def __init__(self, view: LibraryView, menu: QMenu) -> None:
        self._view = view
        self._menu = menu
        self._theme = view.themes.theme
        self._icons = view.themes.icons

    def add(self, icon: str, text: str, wish: Wish, key: str = "") -> None:
        self._do(icon, text, partial(self._view.ask, wish), key)

    def conversations(self, numbers: tuple[int, ...], index: QModelIndex) -> None:
        match self._view.shelf:
            case "trash":
                self.add("restore", tr("Restore"), Wish("restore", numbers))
                self._menu.addSeparator()
                wish = Wish("delete_forever", numbers)
                self.add("trash", tr("Delete for good…"), wish, "Del")
            case shelf:
                if len(numbers) == 1:
                    self._one(numbers, index)
                if shelf == ARCHIVE:
                    wish = Wish("unarchive", numbers)
                    self.add("archive", tr("Take out of the archive"), wish)
                else:
                    self._order(numbers, index)
                self.add("export", tr("Export…"), Wish("export", numbers))
                self._menu.addSeparator()
                self.add("trash", tr("Delete"), Wish("trash", numbers), "Del")

    def folder(self, id: str, index: QModelIndex) -> None:
        folders = self._view.folders
        self.add("plus", tr("New conversation here"), Wish("new_in_folder", folder_id=id))
        self.add("folder", tr("New folder inside"), Wish("new_folder", parent_id=id))
        self._menu.addSeparator()
        self._do("rename", tr("Rename"), partial(self._view.start_rename, index), "F2")
        self._colours(folders[id].colour, Wish("colour_folder", folder_id=id))
        self.add("think", tr("System prompt…"), Wish("folder_prompt", folder_id=id))
        self._move_folder(folders, id)
        self.add("export", tr("Export…"), Wish("export_folder", folder_id=id))
        self._menu.addSeparator()
        self.add("trash", tr("Delete"), Wish("trash_folder", folder_id=id), "Del")

    def trashed_folder(self, id: str) -> None:
        self.add("restore", tr("Restore"), Wish("restore_folder", folder_id=id))

    def _one(self, numbers: tuple[int, ...], index: QModelIndex) -> None:
        view = self._view
        id = view.line(index).id
        self._do("open", tr("Open"), partial(view.open_requested.emit, id), "")
        self.add("window", tr("Open in a new window"), Wish("open_in_window", numbers))
        self._do("rename", tr("Rename"), partial(view.start_rename, index), "F2")
        self.add("duplicate", tr("Duplicate"), Wish("duplicate", numbers))
        self._menu.addSeparator()

    def _order(self, numbers: tuple[int, ...], index: QModelIndex) -> None:
        if self._view.list.key(index.row()) == PINNED:
            self.add("pin", tr("Unpin from the top"), Wish("unpin", numbers))
        else:
            self.add("pin", tr("Pin to the top"), Wish("pin", numbers))
        self._move(numbers)
        summary = self._view.list.summary(numbers[0]) if len(numbers) == 1 else None
        self._colours(summary.colour if summary else None, Wish("colour", numbers))
        self.add("archive", tr("Archive"), Wish("archive", numbers))

    def _move(self, numbers: tuple[int, ...]) -> None:
        menu = self._sub("folder", tr("Move to folder"))
        menu.add("plus", tr("New folder"), Wish("new_folder", numbers))
        menu.add("", tr("No folder"), Wish("move", numbers))
        menu._menu.addSeparator()
        for folder, depth in in_order(self._view.folders):
            wish = Wish("move", numbers, folder.id)
            menu._folder(folder, depth, wish)

    def _move_folder(self, folders: Mapping[str, Folder], id: str) -> None:
        menu = self._sub("folder", tr("Move to folder"))
        menu.add("", tr("No folder"), Wish("move_folder", folder_id=id))
        menu._menu.addSeparator()
        inside = within(folders.values(), id)
        for folder, depth in in_order(folders):
            if folder.id not in inside:
                wish = Wish("move_folder", folder_id=id, parent_id=folder.id)
                menu._folder(folder, depth, wish)

    def _folder(self, folder: Folder, depth: int, wish: Wish) -> None:
        name = "    " * min(depth, _DEEPEST) + folder.name.replace("&", "&&")
        colour = label_colour(folder.colour, self._theme)
        action = self._menu.addAction(self._icons.icon("folder", colour), name)
        action.triggered.connect(partial(self._view.ask, wish))

    def _colours(self, chosen: Colour | None, wish: Wish) -> None:
        menu = self._sub("palette", tr("Colour"))._menu
        for colour, name in COLOURS.items():
            mark = "\t✓" if colour == chosen else ""
            action = menu.addAction(_dot(colour, self._theme), tr(name) + mark)
            action.setCheckable(True)
            action.setChecked(colour == chosen)
            told = Wish(wish.verb, wish.numbers, wish.folder_id, value=colour)
            action.triggered.connect(partial(self._view.ask, told))

    def _sub(self, icon: str, text: str) -> _Menu:
        menu = self._menu.addMenu(self._icons.icon(icon, self._theme.dim), text)
        return _Menu(self._view, menu)

    def _do(self, icon: str, text: str, act: Callable[[], object], key: str) -> None:
        text = f"{text}\t{key}" if key else text
        action = self._menu.addAction(text)
        if icon:
            action.setIcon(self._icons.icon(icon, self._theme.dim))
        # Qt says whether it is checked; a partial does not take that.
        action.triggered.connect(partial(act))


def _dot(colour: Colour, theme: Theme) -> QIcon:
    """A disc of the colour; an empty icon for none."""
    icon = QIcon()
    for ratio in (1.0, 2.0, 3.0):
        pixmap = QPixmap(round(16 * ratio), round(16 * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        if colour:
            with QPainter(pixmap) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(label_colour(colour, theme)))
                painter.drawEllipse(QRectF(3, 3, 10, 10))
        icon.addPixmap(pixmap)
    return icon
