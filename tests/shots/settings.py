# SPDX-License-Identifier: MIT
"""Plays every state of the settings in one theme, scale and language, and saves pictures."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chatglm_desktop.chat.catalogue import Verdict
from chatglm_desktop.core.accounts import Account
from chatglm_desktop.core.errors import KeyRejected
from chatglm_desktop.gui import application
from chatglm_desktop.gui.settings.account_editor import AccountEditor
from chatglm_desktop.gui.settings.accounts_page import AccountsPage
from chatglm_desktop.gui.settings.fields import NumberField
from chatglm_desktop.gui.settings.option_rows import OptionRow
from chatglm_desktop.gui.settings.prompt_editor import PromptEditor
from chatglm_desktop.gui.settings.prompts_page import PromptsPage
from chatglm_desktop.gui.settings.window import SettingsWindow
from chatglm_desktop.settings.options import Language, SavedPrompt, ThemeChoice
from tests.helpers.theatre import Play, Theatre
from tests.helpers.widgets import child
from tests.shots.scenes import Photographer

ACCOUNTS = (
    Account("bigmodel", "bigmodel", model="glm-4.5-flash"),
    Account("work", "custom", "Work", "https://llm.example.org/v1", "qwen3-30b", "off", 2),
    Account("ollama", "ollama", model="gemma3:4b"),
)
PROMPTS = (
    SavedPrompt("Teacher 老师", "You are patient and ask back.\n用简单的话解释。", "system"),
    SavedPrompt("translate", "Translate into {{language}}:\n\n{{text}}"),
    SavedPrompt("评审", "请评审下面的代码，指出错误和可以改进的地方：\n\n{{code}}"),
)


async def every_section(camera: Photographer) -> None:
    play = camera.play
    play.preferences.change(
        accounts=ACCOUNTS,
        prompts=PROMPTS,
        default_account="bigmodel",
        model_files=("/models/glm-edge-4b-chat-Q4_K_M.gguf",),
    )
    play.window.settings_requested.emit("")
    settings = child(play.window, SettingsWindow)
    for section in settings.pages:
        settings.show_section(section)
        await camera.picture_of(settings, f"settings-{section}")
    await changed(camera, settings)
    await searched(camera, settings)
    await accounts(camera, settings)
    await prompts(camera, settings)
    settings.resize(settings.minimumSize())
    settings.open_at("network")
    await camera.picture_of(settings, "settings-narrow")
    settings.close()


async def changed(camera: Photographer, settings: SettingsWindow) -> None:
    """Options that differ, one that is wrong, one that a service would refuse, one reset."""
    play = camera.play
    play.preferences.put_all({"generation.temperature": 1.5, "generation.thinking": "on"})
    play.preferences.put_all({"network.proxy_mode": "custom", "network.idle": 60.0})
    settings.show_section("replies")
    await camera.picture_of(settings, "settings-refused-option")
    settings.show_section("network")
    rows = {r.place: r for r in settings.pages["network"].rows() if isinstance(r, OptionRow)}
    line = cast("NumberField", rows["network.connect"].field).line
    line.selectAll()
    QTest.keyClicks(line, "soon")
    QTest.keyClick(line, Qt.Key.Key_Return)
    rows["network.idle"].reset.click()
    settings.pages["network"].ensureWidgetVisible(rows["network.idle"])
    await camera.picture_of(settings, "settings-wrong-option")
    settings.toast.hide()


async def searched(camera: Photographer, settings: SettingsWindow) -> None:
    settings.search.setText("proxy")
    await camera.picture_of(settings, "settings-search")
    settings.search.setText("zzz")
    await camera.picture_of(settings, "settings-nothing-found")
    settings.search.clear()


async def accounts(camera: Photographer, settings: SettingsWindow) -> None:
    settings.show_section("accounts")
    page = child(settings, AccountsPage)
    account = ACCOUNTS[0]
    controller = settings.controller
    failure = KeyRejected("token expired or incorrect", host="open.bigmodel.cn", code="401")
    page.row("bigmodel").say("", "text")
    page.show_verdict(account, Verdict("glm-4.5-flash", 0.42, failure.failure))
    page.show_verdict(ACCOUNTS[2], Verdict("gemma3:4b", 1.3))
    await camera.picture_of(settings, "settings-verdicts")
    page.add()
    editor = child(settings, AccountEditor)
    await camera.picture_of(editor, "settings-add-account")
    controller.tested.emit(editor.account(), Verdict("glm-4.5-flash", 0.4, failure.failure))
    await camera.picture_of(editor, "settings-account-refused")
    editor.close()
    controller.remove(account)
    await play_on(camera.play, settings)
    await camera.picture_of(settings, "settings-removed")


async def play_on(play: Play, settings: SettingsWindow) -> None:
    await play.until(settings.toast.isVisible)


async def prompts(camera: Photographer, settings: SettingsWindow) -> None:
    settings.toast.hide()
    settings.show_section("prompts")
    child(settings, PromptsPage).edit(PROMPTS[1], "snippet")
    editor = child(settings, PromptEditor)
    await camera.picture_of(editor, "settings-snippet")
    editor.close()


def main(theme: str, language: str, name: str, output: str) -> int:
    app = application.create("shots", "0")
    themes = application.dress(app, cast("ThemeChoice", theme), cast("Language", language))
    with tempfile.TemporaryDirectory() as folder:
        theatre = Theatre(app, Path(folder), themes)

        async def act(play: Play) -> None:
            await every_section(Photographer(play, language, name, Path(output)))

        theatre.play(act, "answer")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
