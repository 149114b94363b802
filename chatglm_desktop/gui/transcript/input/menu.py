# SPDX-License-Identifier: MIT
"""The menus of the transcript: for what is under the pointer or has the keyboard's place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.copying.clipboard import Clipboard
from chatglm_desktop.gui.transcript.input.actions import Actions
from chatglm_desktop.gui.transcript.input.hits import Hover
from chatglm_desktop.gui.transcript.input.selecting import Selecting
from chatglm_desktop.gui.transcript.input.tool_actions import ToolActions
from chatglm_desktop.gui.transcript.overlay.toolbar import Toolbar, tool_label
from chatglm_desktop.gui.transcript.rows.row import (
    Action,
    ActName,
    OpenLink,
    PictureAction,
    RowAction,
)
from chatglm_desktop.gui.transcript.scene.scene import Scene
from chatglm_desktop.gui.transcript.scene.scroller import Scroller
from chatglm_desktop.transcript.copying.copying import CopyKind
from chatglm_desktop.transcript.follow import FollowMode
from chatglm_desktop.transcript.leaves import CODE_UNFOLDED, CodeLeaf, MathLeaf, TableLeaf
from chatglm_desktop.transcript.rows import Row, RowKind
from chatglm_desktop.transcript.tools import ToolName, VerbName, verbs_of


@dataclass(frozen=True, slots=True)
class Target:
    """What a menu is for: a row of an item and, if there is one, the action there."""

    item: int
    row: Row
    action: Action | None = None


class Menus:
    """Makes menus that belong to ``widget`` and end with their closing."""

    def __init__(
        self,
        widget: QWidget,
        *,
        scene: Scene,
        scroller: Scroller,
        selecting: Selecting,
        clipboard: Clipboard,
        actions: Actions,
        tools: ToolActions,
        toolbar: Toolbar,
    ) -> None:
        self._widget = widget
        self._scroller = scroller
        self._selecting = selecting
        self._scene = scene
        self._clipboard = clipboard
        self._actions = actions
        self._tools = tools
        self._toolbar = toolbar

    def at(self, target: Target | None) -> QMenu:
        """All that can be done with what is at a place, with the selection and the view."""
        menu = self._new()
        if target is not None:
            self._add_link(menu, target)
            if target.row.kind is RowKind.PICTURE:
                self._add_picture(menu, target)
            if target.row.kind is RowKind.LEAF:
                self._add_leaf(menu, target)
            menu.addSeparator()
        self._add_selection(menu)
        menu.addSeparator()
        if target is not None:
            self._add_message(menu, target.item)
            menu.addSeparator()
        self._add_view(menu, target)
        return menu

    def message(self, index: int) -> QMenu:
        """All that can be done with a message."""
        menu = self._new()
        self._add_message(menu, index)
        menu.addSeparator()
        menu.addAction(tr("Select message"), lambda: self._selecting.select_message(index))
        return menu

    def _new(self) -> QMenu:
        menu = QMenu(self._widget)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _add_link(self, menu: QMenu, target: Target) -> None:
        copy = self._clipboard.copy
        match target.action:
            case OpenLink(url, text):
                menu.addAction(tr("Open link"), self._performs(target, target.action))
                menu.addAction(tr("Copy link"), lambda: copy(url))
                if text and text != url:
                    menu.addAction(tr("Copy link text"), lambda: copy(text))
            case PictureAction("show", url):
                menu.addAction(tr("Show picture"), self._performs(target, target.action))
                menu.addAction(tr("Copy link"), lambda: copy(url))
            case _:
                pass

    def _add_picture(self, menu: QMenu, target: Target) -> None:
        url = self._scene.transcript[target.item].extras.images[target.row.leaf].url
        if self._scene.layouts.pictures.state(url) == "shown":
            copy, save = PictureAction("copy", url), PictureAction("save", url)
            menu.addAction(tr("Copy picture"), self._performs(target, copy))
            menu.addAction(tr("Save picture as…"), self._performs(target, save))

    def _add_leaf(self, menu: QMenu, target: Target) -> None:
        row = target.row
        leaf = self._scene.transcript[target.item].leaves(row.part)[row.leaf]
        hover = Hover(target.item, row, RowAction("copy_code"))
        match leaf:
            case CodeLeaf():
                self._add_code(menu, target, leaf)
            case TableLeaf():
                kinds = menu.addMenu(tr("Copy table as"))
                for kind, label in _TABLE_KINDS:
                    kinds.addAction(label, partial(self._clipboard.copy_table, hover, kind))
            case MathLeaf():
                menu.addAction(tr("Copy LaTeX"), lambda: self._clipboard.copy_formula(hover))
            case _:
                pass

    def _add_code(self, menu: QMenu, target: Target, leaf: CodeLeaf) -> None:
        states = self._scene.layouts.states
        key = (self._scene.transcript[target.item].message.id, target.row)

        def add(label: str, name: ActName) -> QAction:
            return menu.addAction(label, self._performs(target, RowAction(name)))

        add(tr("Copy code"), "copy_code")
        add(tr("Save code as…"), "save_code")
        wrap = add(tr("Wrap lines"), "wrap_code")
        wrap.setCheckable(True)
        wrap.setChecked(states.wrapped(key))
        if leaf.line_count > CODE_UNFOLDED:
            add(tr("Fold code") if states.expanded(key) else tr("Show all lines"), "fold_code")

    def _performs(self, target: Target, action: Action) -> Callable[[], None]:
        hover = Hover(target.item, target.row, action)
        return lambda: self._actions.perform(hover)

    def _add_selection(self, menu: QMenu) -> None:
        clipboard = self._clipboard
        selected = clipboard.has("markdown")
        copy = menu.addAction(tr("Copy"), clipboard.copy_selection)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setEnabled(selected)
        if not selected:
            return
        kinds = menu.addMenu(tr("Copy as"))
        for kind, label in _kinds():
            if clipboard.has(kind):
                kinds.addAction(label, partial(clipboard.copy_selection_as, kind))
        menu.addAction(tool_label("quote"), self._tools.quote)
        if self._toolbar.bare:
            return
        first, count = self._clipboard.selected_items()
        export = partial(self._tools.export_wanted.emit, first, count)
        menu.addAction(tr("Export selected messages…"), export)

    def _add_message(self, menu: QMenu, index: int) -> None:
        clipboard = self._clipboard
        tools = {tool.name: tool.enabled for tool in self._toolbar.tools(index)}
        menu.addAction(tool_label("copy"), lambda: clipboard.copy_message(index))
        kinds = menu.addMenu(tr("Copy message as"))
        for kind, label in _kinds()[:3]:
            kinds.addAction(label, partial(clipboard.copy_message, index, kind))
        add_tools = partial(self._add_tools, menu, index, tools)
        add_tools("edit", "regenerate", "continue")
        locked = self._toolbar.locked
        verbs = () if self._toolbar.bare else verbs_of(self._scene.transcript[index].message)
        for verb in verbs:
            action = menu.addAction(verb_label(verb), partial(self._tools.request, index, verb))
            action.setEnabled(not locked)
        add_tools("previous", "next", "delete")
        if not self._toolbar.bare:
            export = partial(self._tools.export_wanted.emit, index, 1)
            menu.addAction(tr("Export message…"), export)

    def _add_tools(
        self, menu: QMenu, index: int, tools: Mapping[ToolName, bool], *names: ToolName
    ) -> None:
        for name in names:
            if name in tools:
                action = menu.addAction(tool_label(name), partial(self._tools.use, index, name))
                action.setEnabled(tools[name])

    def _add_view(self, menu: QMenu, target: Target | None) -> None:
        follow = menu.addMenu(tr("Follow replies"))
        group = QActionGroup(follow)
        for mode, label in _follow_modes():
            action = follow.addAction(label, partial(self._scroller.choose_mode, mode))
            action.setCheckable(True)
            action.setChecked(mode == self._scroller.state.mode)
            group.addAction(action)
        if target is not None:
            index = target.item
            menu.addAction(tr("Select message"), lambda: self._selecting.select_message(index))
        everything = menu.addAction(tr("Select all"), self._selecting.select_all)
        everything.setShortcut(QKeySequence(QKeySequence.StandardKey.SelectAll))
        if not self._toolbar.bare:
            menu.addSeparator()
            self._add_conversation(menu)

    def _add_conversation(self, menu: QMenu) -> None:
        request = self._tools.requested.emit
        if removed := self._toolbar.removed:
            words = tr("Restore deleted messages ({number})", number=removed)
            menu.addAction(words, lambda: request("", "restore"))
        clear = menu.addAction(tr("Clear the conversation"), lambda: request("", "clear"))
        clear.setEnabled(not self._toolbar.locked)


_TABLE_KINDS: tuple[tuple[CopyKind, str], ...] = (
    ("markdown", "Markdown"),
    ("tsv", "TSV"),
    ("csv", "CSV"),
    ("html", "HTML"),
)


def _kinds() -> tuple[tuple[CopyKind, str], ...]:
    """In what form text can be copied; the first three also whole messages."""
    return (
        ("markdown", "Markdown"),
        ("plain", tr("Plain text")),
        ("html", "HTML"),
        ("latex", "LaTeX"),
        ("without_thinking", tr("Without thinking")),
    )


def _follow_modes() -> tuple[tuple[FollowMode, str], ...]:
    return (
        ("follow", tr("To the end")),
        ("screen", tr("For one screen")),
        ("never", tr("Never")),
    )


def verb_label(verb: VerbName) -> str:
    """What a verb without a button does, in words."""
    labels: dict[VerbName, str] = {
        "edit": tr("Edit the answer"),
        "retry_with": tr("Regenerate with…"),
        "compare": tr("Compare models…"),
        "branch_off": tr("Go on in a new conversation"),
    }
    return labels[verb]
