# SPDX-License-Identifier: MIT
"""Shows 40 kB at 200 deltas a second in one widget, then prints the CPU seconds that it took.

Run as a process of its own: ``transcript`` is the program's page behind its bridge,
``text-edit`` appends the same deltas as plain text to a QTextEdit.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget

from chatglm_desktop.core.deltas import StreamKind
from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart
from chatglm_desktop.demo.content import fragments, long_text
from chatglm_desktop.gui import application
from chatglm_desktop.gui.conversation_page import ConversationPage
from chatglm_desktop.gui.delta_buffer import FRAME_MS
from chatglm_desktop.gui.theme.manager import ThemeManager

CHARACTERS = 40_000
EVERY_MS = 5
WARM_UP = 200
"""Deltas before the clock starts: what a first reply loads is not what is measured."""

Take = Callable[[str], None]


def transcript(themes: ThemeManager) -> tuple[QWidget, Take]:
    """The page as the program builds it, with text gathered as its bridge does."""
    page = ConversationPage(themes)
    kind: StreamKind = "text"
    waiting: list[str] = []
    page.add_message(Message("q", Role.USER, (TextPart("Question"),), 0.0))
    page.add_message(Message("r", Role.ASSISTANT, (), 0.0, state=MessageState.STREAMING))
    flush = QTimer(page, singleShot=True, interval=FRAME_MS)

    def hand_on() -> None:
        text = "".join(waiting)
        waiting.clear()
        page.transcript.contents.append("r", kind, text)

    def take(delta: str) -> None:
        waiting.append(delta)
        if not flush.isActive():
            flush.start()

    flush.timeout.connect(hand_on)
    return page, take


def text_edit(_: ThemeManager) -> tuple[QWidget, Take]:
    edit = QTextEdit()
    edit.setReadOnly(True)
    edit.setUndoRedoEnabled(False)

    def take(delta: str) -> None:
        cursor = edit.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(delta)
        edit.ensureCursorVisible()
        bar = edit.verticalScrollBar()
        bar.setValue(bar.maximum())

    return edit, take


def main() -> None:
    app = application.create("bench", "0")
    themes = application.dress(app, "light", "en")
    widget, take = (transcript if sys.argv[1] == "transcript" else text_edit)(themes)
    widget.resize(1000, 720)
    widget.show()
    deltas = fragments(long_text(CHARACTERS))
    _play(app, take, (next(deltas) for _ in range(WARM_UP)))
    began = time.process_time()
    _play(app, take, deltas)
    print(time.process_time() - began)
    sys.stdout.flush()


def _play(app: QApplication, take: Take, deltas: Iterator[str]) -> None:
    """Hand the deltas on at their pace, also those that are due late."""
    began = time.perf_counter()
    given = 0
    timer = QTimer(interval=EVERY_MS, timerType=Qt.TimerType.PreciseTimer)

    def tick() -> None:
        nonlocal given
        due = int((time.perf_counter() - began) * 1000 / EVERY_MS)
        while given < due:
            delta = next(deltas, None)
            if delta is None:
                timer.stop()
                app.quit()
                return
            take(delta)
            given += 1

    timer.timeout.connect(tick)
    timer.start()
    app.exec()


if __name__ == "__main__":
    main()
