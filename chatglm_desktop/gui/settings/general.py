# SPDX-License-Identifier: MIT
"""The section of what concerns the whole program; all of it applies at once but the language."""

from __future__ import annotations

from chatglm_desktop.core.attachments import MOST_TEXT_BYTES
from chatglm_desktop.gui.settings.desk import Desk
from chatglm_desktop.gui.settings.fields import ChoiceField, NumberField, SwitchField
from chatglm_desktop.gui.settings.option_rows import OptionPage
from chatglm_desktop.gui.strings import tr


def general_page(desk: Desk) -> OptionPage:
    """Look, keys, copies, and how replies are followed."""
    themes = desk.themes
    page = OptionPage(desk, tr("General"))
    system = tr("Like the system")
    theme = ChoiceField(
        themes,
        (
            (system, "system"),
            (tr("Light"), "light"),
            (tr("Dark"), "dark"),
            (tr("High contrast"), "high-contrast"),
        ),
    )
    language = ChoiceField(themes, ((system, "system"), ("English", "en"), ("中文", "zh")))
    page.add_card(
        page.option("theme", tr("Theme"), theme),
        page.option("language", tr("Language"), language),
        title=tr("Window"),
    )
    send_key = ChoiceField(themes, ((tr("Enter"), "enter"), (tr("Ctrl+Enter"), "ctrl-enter")))
    page.add_card(
        page.option("send_key", tr("Send with"), send_key),
        page.option(
            "paste_as_file", tr("Long pastes"), NumberField(0, MOST_TEXT_BYTES, whole=True)
        ),
        page.option("spell_check", tr("Check spelling"), SwitchField(themes)),
        title=tr("Writing"),
    )
    follow = ChoiceField(
        themes,
        (
            (tr("To the end"), "follow"),
            (tr("For one screen"), "screen"),
            (tr("Never"), "never"),
        ),
    )
    copies = ChoiceField(themes, (("Markdown", "markdown"), (tr("Plain text"), "plain")))
    page.add_card(
        page.option("follow", tr("Follow replies"), follow),
        page.option("show_metrics", tr("Figures below replies"), SwitchField(themes)),
        page.option("copy_format", tr("Copy as"), copies),
        page.option("model_titles", tr("Titles by the model"), SwitchField(themes)),
        page.option("notify", tr("Notices of the desktop"), SwitchField(themes)),
        title=tr("Reading"),
    )
    page.refresh()
    return page
