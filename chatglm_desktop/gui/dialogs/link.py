# SPDX-License-Identifier: MIT
"""Asks before a link is opened that leads elsewhere than its text says; opens nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from chatglm_desktop.core.hosts import host, named_host, readable_host, shown_url
from chatglm_desktop.gui.dialogs.frame import Frame
from chatglm_desktop.gui.strings import tr

_LONGEST = 300


class LinkDialog(Frame):
    """Shows both hosts; the way that opens nothing answers Enter."""

    def __init__(self, parent: QWidget, url: str, text: str, on_open: Callable[[], object]) -> None:
        super().__init__(
            parent,
            tr("This link leads elsewhere"),
            tr("Open it only if you expected this address."),
        )
        self.setMinimumWidth(480)
        hosts = QGridLayout()
        hosts.setHorizontalSpacing(16)
        hosts.setVerticalSpacing(8)
        hosts.setColumnStretch(1, 1)
        named = named_host(text, url)
        if named:
            _add(hosts, tr("Its text names"), spelled(named), strong=True)
        _add(hosts, tr("It leads to"), spelled(host(url)), strong=True)
        _add(hosts, tr("Address"), shown_url(url)[:_LONGEST], strong=False)
        self.body.addLayout(hosts)
        self.open_button = self.add_button(tr("Open anyway"))
        self.open_button.clicked.connect(on_open)
        self.open_button.clicked.connect(self.close)
        cancel = self.add_button(tr("Do not open"), primary=True)
        cancel.clicked.connect(self.close)
        cancel.setFocus()


def spelled(name: str) -> str:
    """An ASCII host and, if it has other letters, how it looks in them."""
    readable = readable_host(name)
    if not name:
        return tr("no host")
    return name if readable == name else f"{name} ({readable})"


def ask_link(parent: QWidget, url: str, text: str, on_open: Callable[[], object]) -> LinkDialog:
    """Ask whether ``url`` is to be opened in spite of ``text``; returns at once."""
    dialog = LinkDialog(parent, url, text, on_open)
    dialog.open()
    return dialog


def _add(grid: QGridLayout, caption: str, text: str, *, strong: bool) -> None:
    row = grid.rowCount()
    label = QLabel(caption)
    label.setEnabled(False)
    value = QLabel(text)
    value.setTextFormat(Qt.TextFormat.PlainText)
    value.setWordWrap(True)
    value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    font = value.font()
    font.setBold(strong)
    value.setFont(font)
    grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(value, row, 1)
