# SPDX-License-Identifier: MIT
"""The states of what stands round the draft: models, options, snippets, the count of tokens."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from chatglm_desktop.chat.model_rows import Choices, Offer
from chatglm_desktop.core.accounts import GUEST, Account, Setup
from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.generation import Generation
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.gui.composer_editor import ComposerEditor
from chatglm_desktop.gui.composing.options_panel import OptionsPanel
from chatglm_desktop.gui.model_picker.picker import ModelPicker
from chatglm_desktop.settings.options import SavedPrompt
from tests.helpers.widgets import child

if TYPE_CHECKING:
    from tests.shots.scenes import Photographer

_GLM = Account("glm", "bigmodel", base_url="http://127.0.0.1:9/v4", model="glm-4.7-flash")
_OLLAMA = Account("ollama", "ollama", base_url="http://127.0.0.1:9/v1", model="qwen3:8b")
_ROUTER = Account("router", "openrouter", base_url="http://127.0.0.1:9/v1", model="z-ai/glm-4.6")
_CELLAR = Account("cellar", "custom", "The server in the cellar", "http://127.0.0.1:9/v1")
_PROMPTS = (
    SavedPrompt("Translate", "Translate this into {{language}}:\n\n{{text}}"),
    SavedPrompt("Explain code", "Explain this code line by line:\n\n{{code}}"),
    SavedPrompt("润色中文", "请润色下面的文字，保持原意：\n\n{{文字}}"),
    SavedPrompt("Reviewer", "You review code, kindly and thoroughly.", "system"),
)
_LISTED = tuple(ModelInfo(name) for name in ("qwen3:8b", "gemma3:270m", "glm-edge:4b"))
_LONG = ModelInfo("hf.co/THUDM/glm-4-9b-chat-hf-with-a-long-name-GGUF:Q4_K_M", context=131_072)


async def choosing(camera: Photographer) -> None:
    """Every state, in a window of the usual size; ends as it began."""
    play = camera.play
    for account in (_CELLAR, _ROUTER, _OLLAMA, _GLM):
        await play.services.accounts.add(account)
    play.preferences.change(prompts=_PROMPTS, recent_models=("ollama/qwen3:8b",))
    play.workspace.new_tab()
    await camera.picture("composer-glm")
    await _models(camera)
    await _options(camera)
    await _snippets(camera)
    await _counts(camera)
    play.preferences.reset(("accounts", "default_account", "prompts", "recent_models"))
    await camera.picture("composer-guest")


async def _models(camera: Photographer) -> None:
    play = camera.play
    known = play.services.catalogue.known(_GLM)
    failed = Offer(_CELLAR, (), Failure("ServerNotRunning", host="cellar.example:8000"))
    many = (
        Offer(_GLM, known),
        Offer(_OLLAMA, (*_LISTED, _LONG)),
        Offer(_ROUTER, loading=True),
        failed,
        Offer(GUEST),
    )
    chosen = ("glm", "glm-4.7-flash")
    recent = (("ollama", "qwen3:8b"), chosen)
    found = (Account("lm-studio", "lm-studio"),)
    states = {
        "models": (Choices(many, recent, chosen, found), ""),
        "models-filtered": (Choices(many, recent, chosen, found), "flash"),
        "models-typed": (Choices(many, recent, chosen), "glm-6-preview"),
        "models-failed": (Choices((failed, Offer(GUEST)), (), ("cellar", "")), ""),
        "models-few": (Choices((Offer(GUEST),), (), ("guest", ""), found), ""),
        "models-nothing": (Choices((Offer(GUEST),), (), ("guest", "")), "gpt"),
    }
    for state, (choices, typed) in states.items():
        play.window.model_requested.emit()
        picker = child(play.page, ModelPicker)
        await _answered(camera, picker)
        button = play.page.composer.controls.model_button
        picker.open_at(QRect(button.mapTo(play.page, QPoint()), button.size()), choices)
        child(picker, QLineEdit).setText(typed)
        await camera.picture(state)
        picker.leave()
        await play.until(lambda: play.page.findChild(ModelPicker) is None)


async def _answered(camera: Photographer, picker: ModelPicker) -> None:
    """All services have been asked, so that nothing changes what is to be seen."""
    await camera.play.until(lambda: not any(offer.loading for offer in picker.choices.offers))


async def _options(camera: Photographer) -> None:
    play = camera.play
    session = await play.conversations.open(play.current_id)
    play.conversations.release(play.current_id)
    wrong = Generation(system_prompt="You review code, kindly.", temperature=1.5, thinking="off")
    states = {
        "options-glm": Setup("glm", "glm-5.2", wrong),
        "options-openai": Setup("router", "z-ai/glm-4.6"),
        "options-guest": Setup("guest"),
    }
    for state, setup in states.items():
        session.choose(setup)
        play.window.options_requested.emit()
        await camera.picture(state)
        child(play.page, OptionsPanel).leave()
    session.choose(Setup("glm", "glm-4.7-flash", Generation(thinking="on", web_search=True)))


async def _snippets(camera: Photographer) -> None:
    play = camera.play
    editor = child(play.page.composer, ComposerEditor)
    play.page.composer.focus_editor()
    QTest.keyClicks(editor, "/")
    await camera.picture("snippets")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    await camera.picture("variables")
    play.page.composer.clear()
    play.preferences.change(prompts=())
    # The card has to have its new height before the list stands above it.
    await asyncio.sleep(0.02)
    QTest.keyClicks(editor, "/")
    await camera.picture("snippets-none")
    play.page.composer.clear()


async def _counts(camera: Photographer) -> None:
    play = camera.play
    composer, size = play.page.composer, play.window.size()
    composer.set_text("What is new in the third edition of this book? 第三版有什么新内容？")
    await play.until(composer.controls.tokens.text)
    await camera.picture("tokens")
    composer.set_context(199_990, 150_000)
    await camera.picture("tokens-too-many")
    play.window.resize(560, 480)
    await camera.picture("composer-narrow")
    play.window.toggle_sidebar()
    await camera.picture("composer-narrow-alone")
    play.window.toggle_sidebar()
    play.window.resize(size)
    composer.clear()
