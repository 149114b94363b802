# SPDX-License-Identifier: MIT
"""Where the buttons of a message stand beside each other; knows no scene and paints nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from chatglm_desktop.core.history import Versions
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.transcript.tools import Tool

SIDE = 26.0
WIDE = 28.0
SPACE = 8.0
"""Pixels beside what the versions hide."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Buttons in pixels of the view; ``texts`` stand between them."""

    frame: QRectF
    buttons: tuple[tuple[Tool, QRectF], ...]
    texts: tuple[tuple[QRectF, str], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Texts and their widths: which version of how many, and what the others hold."""

    count: str = ""
    count_width: float = 0.0
    sign: str = ""
    sign_width: float = 0.0


def place(corner: QPointF, tools: Sequence[Tool], words: Words, *, from_right: bool) -> Placed:
    """Lay out ``tools`` from ``corner``, the upper left one or the upper right one.

    What the other versions hold stands at the inner side of the switch.
    """
    pieces = list(_pieces(tools, words, sign_first=from_right))
    width = sum(wide for _, wide in pieces)
    x = corner.x() - width if from_right else corner.x()
    frame = QRectF(round(x), round(corner.y()), width, SIDE)
    buttons: list[tuple[Tool, QRectF]] = []
    texts: list[tuple[QRectF, str]] = []
    x = frame.left()
    for piece, wide in pieces:
        rect = QRectF(x, frame.top(), wide, SIDE)
        if isinstance(piece, str):
            texts.append((rect, piece))
        else:
            buttons.append((piece, rect))
        x += wide
    return Placed(frame, tuple(buttons), tuple(texts))


def _pieces(
    tools: Sequence[Tool], words: Words, *, sign_first: bool
) -> list[tuple[Tool | str, float]]:
    pieces: list[tuple[Tool | str, float]] = []
    sign = (words.sign, words.sign_width + 2 * SPACE)
    for tool in tools:
        if tool.name == "previous" and words.sign and sign_first:
            pieces.append(sign)
        if tool.name == "next":
            pieces.append((words.count, words.count_width))
        pieces.append((tool, WIDE))
        if tool.name == "next" and words.sign and not sign_first:
            pieces.append(sign)
    return pieces


def count_words(versions: Versions) -> str:
    """Which version of how many it is."""
    return f"{versions.index + 1}/{versions.count}"


def hidden_words(versions: Versions) -> str:
    """How much cannot be seen where other versions go on, \"\" where they do not."""
    if versions.hidden < versions.count:
        return ""
    if versions.count == 2:
        return tr("The other version holds {number} messages", number=versions.hidden)
    return tr("The other versions hold {number} messages", number=versions.hidden)
