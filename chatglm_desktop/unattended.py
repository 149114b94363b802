# SPDX-License-Identifier: MIT
"""What the program does by itself when told so on the command line: a picture, the smoke test."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QIcon

from chatglm_desktop import resources
from chatglm_desktop.chat.events import MessageEnded, SessionEvent
from chatglm_desktop.core.messages import Message, MessageState

if TYPE_CHECKING:
    from chatglm_desktop.cli import Arguments
    from chatglm_desktop.gui.main_window import MainWindow
    from chatglm_desktop.household import Stage
    from chatglm_desktop.program import Errand

QUESTION = "Write a Python function that counts words."

REPLY_WITHIN = 60.0
"""Seconds after which a reply of the demo is given up."""


def errand(arguments: Arguments) -> Errand | None:
    """What the arguments ask the program to do by itself, if anything."""
    if arguments.smoke_test:
        return smoke_test
    if arguments.screenshot is None:
        return None
    return partial(take_picture, file=arguments.screenshot, ask_first=arguments.demo)


async def take_picture(stage: Stage, file: Path, ask_first: bool) -> int:
    """Save a picture of the window; with the demo, of a whole turn, which is also printed."""
    complete = True
    if ask_first:
        complete = (await ask(stage)).state is MessageState.COMPLETE
        page = stage.workspace.page(stage.workspace.current_id or "")
        print(page.transcript.clipboard.everything())
    return 0 if _save_picture(stage.window, file) and complete else 1


def _save_picture(window: MainWindow, file: Path) -> bool:
    saved = window.grab().save(str(file))
    if saved:
        print(f"Screenshot: {file}")
    else:
        print(f"The screenshot could not be saved as {file}.", file=sys.stderr)
    return saved


async def ask(stage: Stage, question: str = QUESTION) -> Message:
    """Send a question in a new tab; returns the reply when it has ended."""
    ended: asyncio.Future[Message] = asyncio.get_running_loop().create_future()

    def hear(news: tuple[str, SessionEvent]) -> None:
        match news[1]:
            case MessageEnded(message) if not ended.done():
                ended.set_result(message)
            case _:
                pass

    stage.conversations.events.connect(hear)
    stage.workspace.new_tab()
    page = stage.workspace.page(stage.workspace.current_id or "")
    page.composer.set_text(question)
    page.composer.submit()
    try:
        return await asyncio.wait_for(ended, REPLY_WITHIN)
    finally:
        stage.conversations.events.disconnect(hear)


async def smoke_test(stage: Stage) -> int:
    """Exercise what packaging can break; says what it saw, one line each."""
    reply = await ask(stage)
    await stage.tasks.finish()
    id = stage.workspace.current_id or ""
    saved = (await stage.store.load_history(id, newest=1)).messages[0]
    shown = stage.workspace.page(id).transcript.clipboard.everything()
    checks: dict[str, Callable[[], str]] = {
        "reply": lambda: _expect(reply.state is MessageState.COMPLETE, f"{len(reply.text)} chars"),
        "store": lambda: _expect(saved.text == reply.text, "read back"),
        "window": lambda: _expect(QUESTION in shown and len(shown) > len(QUESTION), "shown"),
        "icon": _check_icon,
        "translation": _check_translation,
        "highlight": _check_highlight,
        "formula": _check_formula,
        "keyring": _describe_keyring,
    }
    for name, check in checks.items():
        print(f"{name}: {check()}")
    return 0


def _expect(true: bool, what: str) -> str:
    if not true:
        raise AssertionError(f"not {what}")
    return what


def _check_icon() -> str:
    icon = QIcon(str(resources.path("icons/chatglm-desktop.svg")))
    return _expect(not icon.pixmap(64, 64).isNull(), "drawn")


def _check_translation() -> str:
    from chatglm_desktop.gui.strings import load_catalogue

    return _expect(load_catalogue("zh")["New conversation"] == "新对话", "Chinese")


def _check_highlight() -> str:
    from chatglm_desktop.markdown.highlight import Highlighter

    lines = Highlighter("python").feed(["def f():", "    return 1"])
    return _expect(any(lines), "python")


def _check_formula() -> str:
    from chatglm_desktop.gui.transcript.math.formula import Formula
    from chatglm_desktop.gui.transcript.math.renderer import Renderer

    formula = Renderer(QGuiApplication.font()).render(r"\frac{a}{b} \text{中}", display=True)
    return _expect(isinstance(formula, Formula), "typeset")


def _describe_keyring() -> str:
    from chatglm_desktop.settings.keyring_secrets import find_keyring
    from chatglm_desktop.settings.location import APP_NAME
    from chatglm_desktop.settings.secrets import MemorySecrets

    return str((find_keyring(APP_NAME) or MemorySecrets()).describe())
