# SPDX-License-Identifier: MIT
"""A user of the real program to whom everything happens that can bring a key to light.

``python -m tests.helpers.clumsy_user FOLDER QUESTION,… ARGUMENTS``: FOLDER receives what was seen,
ARGUMENTS are the program's.
"""

from __future__ import annotations

import asyncio
import faulthandler
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from chatglm_desktop import app, unattended
from chatglm_desktop.gui.dialogs.error import BugDialog
from chatglm_desktop.gui.failures import details
from chatglm_desktop.household import Stage


async def live(stage: Stage, out: Path, questions: list[str]) -> int:
    seen: list[str] = []
    for question in questions:
        seen += await _ask(stage, question)
    accounts, catalogue = stage.services.accounts, stage.services.catalogue
    account = accounts.default
    key = await accounts.key(account.id)
    seen += [repr(key), repr(await catalogue.test(account, key))]
    seen.append(repr(await catalogue.models(account)))
    seen.append(await _meet_a_bug(stage))
    stage.window.settings_requested.emit("accounts")
    await asyncio.sleep(0.05)  # the settings ask where keys are
    services = stage.services
    seen += [repr(thing) for thing in (stage, vars(services), vars(services.backends))]
    seen.append(repr(stage.preferences.options))
    _write(out, seen)
    return 0


def _write(out: Path, seen: list[str]) -> None:
    seen = [*seen, Path("/proc/self/cmdline").read_text()]
    (out / "seen.txt").write_text("\n\n".join(seen))
    with (out / "crash.txt").open("w") as file:
        faulthandler.dump_traceback(file)


async def _ask(stage: Stage, question: str) -> list[str]:
    """Everything that can be copied of one turn."""
    stage.workspace.new_tab()
    page = stage.workspace.page(stage.workspace.current_id or "")
    page.composer.set_text(question)
    page.composer.submit()
    await _until(lambda: not page.composer.running)
    contents = page.transcript.contents
    message = contents.message(contents.ids()[-1])
    seen = [repr(message), page.transcript.clipboard.everything()]
    if message.failure is not None:
        seen.append(details(message.failure))
    return seen


async def _meet_a_bug(stage: Stage) -> str:
    """What its dialog copies."""

    async def stumble() -> None:
        key = await stage.services.accounts.key(stage.services.accounts.default.id)
        raise RuntimeError("a bug", key)

    stage.tasks.spawn(stumble(), name="stumble")
    await _until(lambda: stage.window.findChild(BugDialog))
    dialog = stage.window.findChild(BugDialog)
    assert dialog is not None
    dialog.copy_button.click()
    dialog.close()
    return QGuiApplication.clipboard().text()


async def _until(there: Callable[[], object]) -> None:
    while not there():  # noqa: ASYNC110
        await asyncio.sleep(0.005)  # what a window shows has no event


if __name__ == "__main__":
    folder, questions, *arguments = sys.argv[1:]
    errand = partial(live, out=Path(folder), questions=questions.split(","))
    unattended.errand = lambda arguments: errand
    sys.exit(app.main(arguments))
