# SPDX-License-Identifier: MIT
"""Lets options that change take effect in the window that is open; chooses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatglm_desktop.gui.conversation_page import ConversationPage
    from chatglm_desktop.gui.spelling.spell_check import SpellCheck
    from chatglm_desktop.gui.theme.manager import ThemeManager
    from chatglm_desktop.gui.workspace import Workspace
    from chatglm_desktop.settings.options import Options
    from chatglm_desktop.settings.preferences import Preferences


class LiveOptions:
    """Ties ``preferences`` to the theme, to ``spelling`` and to the pages of ``workspace``."""

    def __init__(
        self,
        preferences: Preferences,
        themes: ThemeManager,
        workspace: Workspace,
        spelling: SpellCheck,
    ) -> None:
        self._preferences = preferences
        self._themes = themes
        self._workspace = workspace
        self._spelling = spelling
        preferences.changed.connect(self._apply)
        spelling.changed.connect(self._pass_speller)

    def _apply(self, names: frozenset[str]) -> None:
        options = self._preferences.options
        if "theme" in names:
            self._themes.choose(options.theme)
        self._spelling.want(options.spell_check)
        for conversation_id in self._workspace.loaded():
            apply_options(self._workspace.page(conversation_id), options)

    def _pass_speller(self) -> None:
        for conversation_id in self._workspace.loaded():
            page = self._workspace.page(conversation_id)
            page.composer.spelling.set_speller(self._spelling.speller)


def apply_options(page: ConversationPage, options: Options) -> None:
    """Let a page be as the user wants all pages to be."""
    page.composer.set_send_key(options.send_key)
    page.composer.set_paste_limit(options.paste_as_file)
    page.transcript.clipboard.set_format(options.copy_format)
    page.transcript.set_follow_mode(options.follow)
    page.transcript.contents.show_metrics(options.show_metrics)
