# SPDX-License-Identifier: MIT
"""The section of saved texts: system prompts and snippets; knows no conversation."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from chatglm_desktop.gui.settings.desk import Desk
from chatglm_desktop.gui.settings.item_row import ItemRow
from chatglm_desktop.gui.settings.page import Page
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.settings.options import PromptKind, SavedPrompt

_SHOWN = 120
"""Letters of a text that are shown."""


class PromptsPage(Page):
    """One card for each kind, one row for each text."""

    def __init__(self, desk: Desk) -> None:
        help = tr(
            "System prompts can be chosen for a conversation. Snippets are put into the message "
            "with “/”; what stands in {{double braces}} is asked for."
        )
        super().__init__(desk.themes, tr("Prompts"), help)
        self._desk = desk
        self._preferences = desk.preferences
        self._shown: tuple[SavedPrompt, ...] | None = None
        self._system = self.add_card(title=tr("System prompts"))
        self._snippets = self.add_card(title=tr("Snippets"))
        self.system_button = QPushButton(tr("Add a system prompt"))
        self.system_button.clicked.connect(partial(self.edit, None, "system"))
        self.snippet_button = QPushButton(tr("Add a snippet"))
        self.snippet_button.clicked.connect(partial(self.edit, None, "snippet"))
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.system_button)
        row.addWidget(self.snippet_button)
        row.addStretch(1)
        self.add_below(foot)
        self.refresh()

    @property
    def _prompts(self) -> tuple[SavedPrompt, ...]:
        return self._preferences.options.prompts

    def refresh(self) -> None:
        if self._shown != self._prompts:
            self._shown = self._prompts
            for card, kind in ((self._system, "system"), (self._snippets, "snippet")):
                card.replace([self._row(p) for p in self._prompts if p.kind == kind])

    def _row(self, prompt: SavedPrompt) -> ItemRow:
        line = " ".join(prompt.text.split())
        shown = line if len(line) <= _SHOWN else f"{line[:_SHOWN].rstrip()}…"
        name = f"/{prompt.name}" if prompt.kind == "snippet" else prompt.name
        row = ItemRow(self._themes, name, shown, also=prompt.text)
        row.add_icon(
            "rename", tr("Edit “{name}”", name=prompt.name), partial(self.edit, prompt, prompt.kind)
        )
        row.add_icon(
            "trash", tr("Delete “{name}”", name=prompt.name), partial(self._delete, prompt)
        )
        return row

    def edit(self, prompt: SavedPrompt | None, kind: PromptKind) -> None:
        """Let the user change a text, or write a new one."""
        from chatglm_desktop.gui.settings.prompt_editor import PromptEditor

        taken = {p.name for p in self._prompts if p.kind == kind and p != prompt}
        editor = PromptEditor(self.window(), self._themes, prompt, kind, taken)
        editor.saved.connect(partial(self._keep, prompt))
        editor.open()

    def _keep(self, before: SavedPrompt | None, prompt: SavedPrompt) -> None:
        prompts = self._prompts
        if before in prompts:
            changed = tuple(prompt if p == before else p for p in prompts)
        else:
            changed = (*prompts, prompt)
        self._preferences.change(prompts=changed)
        self.refresh()

    def _delete(self, prompt: SavedPrompt) -> None:
        before = self._prompts
        self._preferences.change(prompts=tuple(p for p in before if p != prompt))
        self.refresh()
        self._desk.tell_change(tr("“{name}” is deleted.", name=prompt.name), {"prompts": before})
