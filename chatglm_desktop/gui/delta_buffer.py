# SPDX-License-Identifier: MIT
"""Gathers the deltas of replies and hands them to a transcript at most once a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from chatglm_desktop.core.deltas import Delta, Images, Reasoning, Revision, Sources, StreamKind

if TYPE_CHECKING:
    from chatglm_desktop.gui.transcript.contents import Contents

FRAME_MS = 16


class DeltaBuffer(QObject):
    """For one reply at a time. ``contents`` must know the message of each delta."""

    def __init__(self, contents: Contents, parent: QObject) -> None:
        super().__init__(parent)
        self._contents = contents
        self._message_id = ""
        self._pending: dict[StreamKind, list[str]] = {}
        self._revised: set[StreamKind] = set()
        self._extras: dict[type[Sources | Images], Sources | Images] = {}
        self._timer = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._timer.timeout.connect(self.flush)

    def stop(self) -> None:
        """Hand over nothing more."""
        self._timer.stop()

    def flush(self) -> None:
        """Hand over all that waits."""
        self._timer.stop()
        pending, self._pending = self._pending, {}
        revised, self._revised = self._revised, set()
        extras, self._extras = self._extras, {}
        for kind, pieces in pending.items():
            text = "".join(pieces)
            if kind in revised:
                self._contents.revise(self._message_id, kind, text)
            else:
                self._contents.append(self._message_id, kind, text)
        for extra in extras.values():
            self._contents.attach(self._message_id, extra)

    def take(self, message_id: str, delta: Delta) -> None:
        """One more delta of the running reply."""
        self._message_id = message_id
        match delta:
            case str():
                self._pending.setdefault("text", []).append(delta)
            case Reasoning(text):
                self._pending.setdefault("reasoning", []).append(text)
            case Revision(text, kind):
                self._pending[kind] = [text]
                self._revised.add(kind)
            case Sources() | Images():
                self._extras[type(delta)] = delta
            case _:
                return
        if not self._timer.isActive():
            self._timer.start()
