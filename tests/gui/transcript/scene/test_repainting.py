# SPDX-License-Identifier: MIT
"""What is on the screen after partial repaints is what a full one would paint, to the pixel."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart
from chatglm_desktop.demo.content import long_text
from chatglm_desktop.gui.theme.tokens import DARK, LIGHT
from chatglm_desktop.gui.transcript.rows.row import RowAction
from chatglm_desktop.gui.transcript.view import TranscriptView
from tests.helpers.transcripts import show_messages

REPLY = "r"
CODE = "```python\n" + "".join(f"value_{n} = {n}  # {'wide ' * n}\n" for n in range(25)) + "```\n"
TABLE = "| a | b |\n|---|---|\n" + "".join(f"| {n} | {'wide' * 20} |\n" for n in range(30))


def conversation() -> list[Message]:
    texts = [long_text(3000)[500:], CODE, "Some [link](https://example.org) text.\n\n" + TABLE]
    messages = []
    for number, text in enumerate(texts * 2):
        for role, content in ((Role.USER, f"Question {number}\n\nlonger"), (Role.ASSISTANT, text)):
            id = f"{number} {role.value}"
            messages.append(Message(id, role, (TextPart(content),), float(number)))
    running = Message(REPLY, Role.ASSISTANT, (TextPart("Begun "),), 0.0)
    return [*messages, running]


def paint(view: TranscriptView) -> None:
    """Do what the platform does when a frame is due."""
    QApplication.sendEvent(view.window(), QEvent(QEvent.Type.UpdateRequest))


def on_screen(view: TranscriptView) -> QImage:
    picture = view.screen().grabWindow(view.winId()).toImage()
    return picture.convertToFormat(QImage.Format.Format_RGB32)


def in_full(view: TranscriptView) -> QImage:
    return view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def differing(first: QImage, second: QImage) -> list[int]:
    """The lines of pixels in which two pictures differ."""
    assert first.size() == second.size()
    return [y for y in range(first.height()) if first.scanLine(y) != second.scanLine(y)]


def rest(view: TranscriptView, qtbot: QtBot) -> None:
    """Until nothing more comes by itself, and all of it is painted."""
    qtbot.waitUntil(lambda: not view.busy)
    paint(view)
    qtbot.waitUntil(lambda: not view.parts.display.unfinished)
    paint(view)


@pytest.fixture
def shown(view: TranscriptView, qtbot: QtBot) -> TranscriptView:
    view.apply_theme(LIGHT)
    show_messages(view, conversation())
    last = view.contents.message(REPLY)
    view.contents.update(Message(last.id, last.role, last.parts, 0.0, state=MessageState.STREAMING))
    rest(view, qtbot)
    return view


class Painted(QObject):
    """Counts the pixels that a view paints."""

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self.pixels = 0
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            region = event.region()
            for rect in region:  # type: ignore[attr-defined] # missing in the stubs
                self.pixels += rect.width() * rect.height()
        return False


def test_scrolling_paints_only_what_comes_into_view(shown: TranscriptView, qtbot: QtBot) -> None:
    painted = Painted(shown)
    bar = shown.verticalScrollBar()
    bar.setValue(bar.value() - 1500)
    rest(shown, qtbot)
    for _ in range(2):
        painted.pixels = 0
        bar.setValue(bar.value() - 30)
        paint(shown)
    viewport = shown.viewport()
    assert 0 < painted.pixels < viewport.width() * viewport.height() / 2
    rest(shown, qtbot)
    assert differing(on_screen(shown), in_full(shown)) == []


def test_a_delta_paints_only_the_row_that_grows(shown: TranscriptView) -> None:
    painted = Painted(shown)
    shown.contents.append(REPLY, "text", "more")
    paint(shown)
    assert 0 < painted.pixels < shown.viewport().width() * 150
    assert differing(on_screen(shown), in_full(shown)) == []


@pytest.mark.parametrize("seed", [*range(7), 58])
def test_no_pixel_is_stale_after_anything(shown: TranscriptView, seed: int, qtbot: QtBot) -> None:
    random = Random(seed)
    bar, viewport = shown.verticalScrollBar(), shown.viewport()
    words = ["word ", "a longer bit of text, ", "\n\n", "- item\n", "`code` ", "**bold** ", "# H\n"]

    def somewhere() -> QPoint:
        return QPoint(random.randrange(viewport.width()), random.randrange(viewport.height()))

    def scroll() -> None:
        bar.setValue(bar.value() + random.choice([-700, -72, -31, -3, 5, 24, 72, 300]))

    def append() -> None:
        shown.contents.append(REPLY, "text", random.choice(words))

    def click_a_button() -> None:
        scene = shown.parts.scene
        places = [
            (hot.rect.center() + QPointF(scene.bubble(index).text_left, y)) * scene.zoom
            for index, number, y in scene.visible_rows(0.0, scene.height)
            for hot in scene.layout(index, number).hots
            if isinstance(hot.action, RowAction) and hot.action.name != "save_code"
        ]
        if places:
            QTest.mouseClick(
                viewport, Qt.MouseButton.LeftButton, pos=random.choice(places).toPoint()
            )

    def select() -> None:
        QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=somewhere())
        QTest.mouseMove(viewport, somewhere())
        QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=somewhere())

    acts: list[Callable[[], object]] = [
        *[scroll] * 8,
        *[append] * 6,
        *[lambda: QTest.mouseMove(viewport, somewhere())] * 3,
        click_a_button,
        select,
        shown.to_end,
        lambda: shown.apply_theme(random.choice([LIGHT, DARK])),
        lambda: shown.set_zoom(random.choice([1.0, 1.0, 1.25])),
        lambda: shown.resize(random.choice([900, 700, 420]), 600),
        lambda: shown.set_locked(random.random() < 0.5),
        shown.parts.pointer.leave,
    ]
    for _ in range(60):
        act = random.choice(acts)
        act()
        if random.random() < 0.7:
            paint(shown)
            if shown.parts.display.unfinished:
                rest(shown, qtbot)
            assert differing(on_screen(shown), in_full(shown)) == [], act
