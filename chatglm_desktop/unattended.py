# SPDX-License-Identifier: MIT
"""What the program does by itself when told so on the command line: a picture, the smoke test."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon

from chatglm_desktop import resources
from chatglm_desktop.chat.events import MessageEnded, SessionEvent
from chatglm_desktop.core.messages import Message, MessageState

if TYPE_CHECKING:
    from chatglm_desktop.chat.library import Library
    from chatglm_desktop.cli import Arguments
    from chatglm_desktop.gui.main_window import MainWindow
    from chatglm_desktop.gui.workspace import Workspace
    from chatglm_desktop.store import Store

QUESTION = "How do I merge two sorted lists in Python?"

REPLY_WITHIN = 60.0
"""Seconds after which a reply of the demo is given up."""


def wanted(arguments: Arguments) -> bool:
    """The program is to do something by itself and then end."""
    return arguments.smoke_test or arguments.screenshot is not None


async def run(
    arguments: Arguments,
    window: MainWindow,
    workspace: Workspace,
    library: Library,
    store: Store,
) -> int:
    """Do what the arguments ask for; returns the program's exit code."""
    if arguments.smoke_test:
        return await _smoke_test(workspace, library, store)
    assert arguments.screenshot is not None
    if arguments.demo:
        await _ask(workspace, library)
        page = workspace.page(workspace.current_id or "")
        print(page.transcript.plain_text())
    return _save_picture(window, arguments.screenshot)


def _save_picture(window: MainWindow, file: Path) -> int:
    if not window.grab().save(str(file)):
        print(f"The screenshot could not be saved as {file}.")
        return 1
    print(f"Screenshot: {file}")
    return 0


async def _ask(workspace: Workspace, library: Library) -> Message:
    """Send a question through the page that is in front; returns the reply when it has ended."""
    ended: asyncio.Future[Message] = asyncio.get_running_loop().create_future()

    def hear(news: tuple[str, SessionEvent]) -> None:
        match news[1]:
            case MessageEnded(message) if not ended.done():
                ended.set_result(message)
            case _:
                pass

    library.events.connect(hear)
    workspace.new_tab()
    page = workspace.page(workspace.current_id or "")
    page.composer.set_text(QUESTION)
    page.composer.submit()
    try:
        return await asyncio.wait_for(ended, REPLY_WITHIN)
    finally:
        library.events.disconnect(hear)


async def _smoke_test(workspace: Workspace, library: Library, store: Store) -> int:
    """Exercise what packaging can break; says what it saw, one line each."""
    reply = await _ask(workspace, library)
    saved = await store.load_conversation(workspace.current_id or "")
    checks: dict[str, Callable[[], str]] = {
        "reply": lambda: _expect(reply.state is MessageState.COMPLETE, f"{len(reply.text)} chars"),
        "store": lambda: _expect(saved[reply.id].text == reply.text, "read back"),
        "window": lambda: _expect(
            reply.text.split()[0].strip("#*") in workspace.page(saved.id).transcript.plain_text(),
            "shown",
        ),
        "icon": _check_icon,
        "translation": _check_translation,
        "highlight": _check_highlight,
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

    lines = Highlighter("python").lines("def f():\n    return 1\n")
    return _expect(any(lines), "python")


def _describe_keyring() -> str:
    from chatglm_desktop.settings.secrets import open_secrets

    return open_secrets().describe()
