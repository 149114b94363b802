# SPDX-License-Identifier: MIT
"""Tells Qt what stands for a transcript; nothing is made before somebody listens."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface

from chatglm_desktop.gui.transcript.view import TranscriptView


def install() -> None:
    """From now on every transcript is a list of messages."""
    QAccessible.installFactory(_interface)


def _interface(_: str, of: QObject) -> QAccessibleInterface | None:
    return of.assistance.messages() if isinstance(of, TranscriptView) else None
