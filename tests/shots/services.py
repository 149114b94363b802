# SPDX-License-Identifier: MIT
"""Draws what has to do with services: the first question, what replies wait for, all failures."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from math import inf
from pathlib import Path
from time import monotonic
from typing import TypeAlias, cast

from PySide6.QtWidgets import QApplication, QWidget

from chatglm_desktop.core.accounts import Account
from chatglm_desktop.core.errors import EngineMissing, Failure, KeyRejected, error_kinds
from chatglm_desktop.core.messages import Message, MessageState
from chatglm_desktop.core.metrics import Metrics
from chatglm_desktop.core.status import Loading, Queued, Retrying, Status
from chatglm_desktop.gui import application
from chatglm_desktop.gui.conversation_page import ConversationPage
from chatglm_desktop.gui.failures import describe
from chatglm_desktop.gui.onboarding.page import Occasion, OnboardingPage
from chatglm_desktop.gui.onboarding.setting_up import verdict
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.settings.options import Language, ThemeChoice
from tests.helpers.long_language import speak_long
from tests.helpers.transcripts import show_messages
from tests.shots.gallery_texts import question, reply

SIZES = {"": (1020, 780), "-narrow": (340, 640)}
FREE = ("glm-4.7-flash", "glm-4.6v-flash", "glm-4.5-flash")
FOUND = (Account("ollama", "ollama"), Account("lm-studio", "lm-studio"))
REJECTED = tuple(KeyRejected(host=host).failure for host in ("api.z.ai", "open.bigmodel.cn"))
STATUSES: dict[str, Status] = {
    "queued": Queued(2),
    "retrying": Retrying(Failure("RateLimited", "您的账户已达到速率限制。"), inf, 2, 4),
    "loading": Loading("glm-edge-4b-chat-q4_k_m.gguf", 0.42),
    "opening": Loading("glm-edge-4b-chat-q4_k_m.gguf"),
}
TALL = 6000

Stage: TypeAlias = Callable[[OnboardingPage], None]


def asking(page: OnboardingPage) -> None:
    page.keys.field.setText("0123456789abcdef.abcdefgh")
    page.set_busy(True)
    page.say("api.z.ai · open.bigmodel.cn …")


def rejected(page: OnboardingPage) -> None:
    page.keys.field.setText("0123456789abcdef.abcdefgh")
    page.say(verdict(REJECTED), "bad")


def found(page: OnboardingPage) -> None:
    page.show_servers()
    page.show_running(FOUND)


STAGES: dict[str, tuple[Occasion, Stage]] = {
    "first": (Occasion("first", free=FREE), lambda page: page.show_running(FOUND)),
    "again": (Occasion("again", free=FREE), lambda page: page.keys.focus_field()),
    "asking": (Occasion("first", free=FREE), asking),
    "rejected": (Occasion("first", free=FREE), rejected),
    "no-server": (Occasion("other"), OnboardingPage.show_servers),
    "servers": (Occasion("other"), found),
    "no-engine": (Occasion("other"), OnboardingPage.choose_file),
}


def waiting() -> list[Message]:
    messages = []
    for id in STATUSES:
        messages += [question("?", id=f"q-{id}"), reply("", id=id, state=MessageState.SENDING)]
    return messages


def remembered() -> list[Message]:
    took = Metrics(1204, 356, first_token=0.8, seconds=8.2, cost=0.0016, memory_begins="q2")
    free = Metrics(12_000, 40, seconds=61.0, cost=0.0)
    return [
        question("1 + 1 = ?", id="q1"),
        replace(reply("2", id="a1"), metrics=free),
        question("2 + 2 = ?", id="q2"),
        replace(reply("4 " * 60, id="a2"), metrics=free, finish_reason="length"),
        question("3 + 3 = ?", id="q3"),
        replace(reply("6", id="a3"), metrics=took),
    ]


def failures() -> list[Message]:
    messages = []
    for kind in error_kinds():
        failure = kind("余额不足或无可用资源包。", host="open.bigmodel.cn", code="1113").failure
        failed = reply("", id=kind.__name__, state=MessageState.FAILED)
        messages.append(replace(failed, failure=failure, model=kind.__name__))
    return messages


class Studio:
    """Draws pictures of one theme, scale and language."""

    def __init__(self, themes: ThemeManager, name: str, output: Path) -> None:
        self._themes = themes
        self._name = name
        self._output = output

    def ask(self, state: str, occasion: Occasion, stage: Stage) -> None:
        """The question in a page, wide and narrow."""
        for shape, (width, height) in SIZES.items():
            page = ConversationPage(self._themes)
            page.resize(width, height)
            page.show()
            asked = OnboardingPage(self._themes, occasion, EngineMissing)
            page.offer(asked)
            stage(asked)
            self._save(page, f"service-{state}{shape}")

    def show(self, state: str, messages: Sequence[Message]) -> None:
        """Messages in a view as high as they are."""
        for shape, (width, _) in SIZES.items():
            view = TranscriptView(describe, budget=inf)
            view.setFont(QApplication.font())
            view.apply_theme(self._themes.theme)
            view.resize(width, 600)
            view.show()
            show_messages(view, messages)
            for id in STATUSES.keys() & set(view.contents.ids()):
                view.contents.set_status(id, at_seven(STATUSES[id]))
            for _ in range(3):
                QApplication.processEvents()
                height = view.verticalScrollBar().maximum() + view.height()
                view.resize(width, min(height, TALL))
            self._save(view, f"{state}{shape}")

    def _save(self, widget: QWidget, state: str) -> None:
        for _ in range(4):
            QApplication.processEvents()
        file = self._output / f"{state}-{self._name}.png"
        if not widget.grab().save(str(file)):
            raise OSError(f"cannot write {file}")
        widget.close()
        widget.deleteLater()
        QApplication.processEvents()


def at_seven(status: Status) -> Status:
    """A next try is seven seconds away."""
    return replace(status, at=monotonic() + 6.9) if isinstance(status, Retrying) else status


def main(theme: str, language: str, name: str, output: str) -> int:
    app = application.create("shots", "0")
    spoken = "en" if language == "long" else language
    themes = application.dress(app, cast("ThemeChoice", theme), cast("Language", spoken))
    if language == "long":
        speak_long(app)
    studio = Studio(themes, name, Path(output))
    for state, (occasion, stage) in STAGES.items():
        studio.ask(state, occasion, stage)
    for state, messages in (
        ("waiting", waiting()),
        ("remembered", remembered()),
        ("failures", failures()),
    ):
        studio.show(state, messages)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
