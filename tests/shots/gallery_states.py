# SPDX-License-Identifier: MIT
"""What becomes of messages in the gallery: thinking, pictures, failures, marks, the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QLinearGradient, QPainter
from PySide6.QtTest import QTest

from chatglm_desktop.core.deltas import Image
from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.history import Versions
from chatglm_desktop.core.messages import (
    AttachmentPart,
    ImagesPart,
    Message,
    MessageState,
)
from chatglm_desktop.core.pictures import attached
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.transcript.finding import Match
from chatglm_desktop.transcript.selection import PartKind, Position, Selection
from tests.shots.gallery_texts import pages, question, reply

_QUESTIONS = {
    "en": "What does the picture show, and where was it taken?",
    "zh": "这张图片里是什么，是在哪里拍的？",
    "ar": "ماذا تظهر الصورة وأين التقطت؟",
}
_THOUGHTS = {
    "en": "First the **prior**, then the evidence: $P(A)$ before $P(B)$.\n\n- one\n- two",
    "zh": "先看**先验**，再看证据：先 $P(A)$ 后 $P(B)$。\n\n- 一\n- 二",
    "ar": "أولا **الاحتمال** ثم الدليل $P(A)$.\n\n- واحد\n- اثنان",
}
_HILL = "https://pictures.example.org/hill.png"
_LOADING = "https://pictures.example.org/loading.png"
_FAILED = "https://pictures.example.org/failed.png"
_HIDDEN = "https://pictures.example.org/hidden.png"
_PHOTO = AttachmentPart("hill.png", "image/png", 340_000, "0" * 64)
_FILE = AttachmentPart("a report with a rather long name, 2024.pdf", "application/pdf", 2**21, "1")


@dataclass(frozen=True, slots=True)
class Stage:
    """``messages`` of a language, and what is done to the view that shows them."""

    messages: Callable[[str], Sequence[Message]]
    prepare: Callable[[TranscriptView], None]


def _nothing(view: TranscriptView) -> None:
    pass


def _picture() -> tuple[bytes, QImage]:
    image = QImage(1200, 700, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        sky = QLinearGradient(QPointF(0, 0), QPointF(0, 700))
        sky.setColorAt(0, QColor("#7fb2ff"))
        sky.setColorAt(1, QColor("#ffe3c2"))
        painter.fillRect(image.rect(), sky)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#3f7d58"))
        painter.drawEllipse(QPointF(500, 900), 900, 500)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, QByteArray(b"png")).write(image):
        raise OSError("a picture could not be written")
    return bytes(data.data()), image


def _pictures(language: str) -> list[Message]:
    sizes = {_HILL: (1200, 700), _LOADING: (1024, 512), _FAILED: (0, 0), _HIDDEN: (512, 512)}
    images = tuple(Image(url, *size) for url, size in sizes.items())
    return [
        question(_QUESTIONS[language], _PHOTO, _FILE),
        reply(_QUESTIONS[language], ImagesPart(images)),
    ]


def _load_pictures(view: TranscriptView) -> None:
    for address in (_HILL, attached(_PHOTO.digest)):
        view.pictures.ask(address)
        view.pictures.take(address, *_picture())
    view.pictures.ask(_LOADING)
    view.pictures.ask(_FAILED)
    view.pictures.fail(_FAILED, "unreachable")


def _thinking(language: str) -> list[Message]:
    text, thought = _QUESTIONS[language], _THOUGHTS[language]
    return [
        reply(text, id="folded", thinking=thought),
        reply(text, id="open", thinking=thought),
        reply("", id="running", thinking=thought, state=MessageState.STREAMING),
        reply("", id="sending", state=MessageState.SENDING),
    ]


def _unfold(view: TranscriptView) -> None:
    scene = view.parts.scene
    scene.apply(scene.transcript.fold(1, False))


def _ended(language: str) -> list[Message]:
    text = _QUESTIONS[language]
    failed = reply("", id="refused", state=MessageState.FAILED)
    cut = reply(text, id="cut", state=MessageState.FAILED)
    return [
        question(text, id="q1"),
        reply(text, id="stopped", state=MessageState.STOPPED),
        question(text, id="q2"),
        reply(text, id="interrupted", state=MessageState.INTERRUPTED),
        question(text * 6, id="q3"),
        replace(failed, failure=Failure("QuotaExceeded", "您今日的次数已用完。")),
        question("OK", id="q4"),
        replace(cut, failure=Failure("ConnectionFailed")),
        question("👍", id="q5"),
        reply(text, id="last"),
    ]


def _versions(view: TranscriptView) -> None:
    view.set_versions({"last": Versions(1, 3), "q5": Versions(0, 2)})


def _text(language: str) -> list[Message]:
    return [question(_QUESTIONS[language]), reply(pages(language)["text"])]


def _everything(language: str) -> list[Message]:
    names = ("lists", "tables", "code", "math")
    return [reply(pages(language)[name], id=name) for name in names]


def _find(view: TranscriptView) -> None:
    view.finder.look_for("co")
    view.finder.show(Match(1, 2))


def _select_all(view: TranscriptView) -> None:
    view.selecting.select_all()


def _select(view: TranscriptView) -> None:
    first = Position(1, PartKind.ANSWER, 1, 5)
    view.selecting.select(Selection(first, Position(1, PartKind.ANSWER, 9, 8)))


def _caret(view: TranscriptView) -> None:
    view.toggle_caret()
    for _ in range(6):
        QTest.keyClick(view, Qt.Key.Key_Down)
    for _ in range(9):
        QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)


def _focus(view: TranscriptView) -> None:
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Tab)


STAGES = {
    "thinking": Stage(_thinking, _unfold),
    "pictures": Stage(_pictures, _load_pictures),
    "ended": Stage(_ended, _versions),
    "found": Stage(_text, _find),
    "selected": Stage(_text, _select),
    "all-selected": Stage(_everything, _select_all),
    "caret": Stage(_text, _caret),
    "focused": Stage(_text, _focus),
}
