# SPDX-License-Identifier: MIT
"""One program for each data folder: a second start raises the first one's window."""

from __future__ import annotations

import contextlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, QThread, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

ANSWER_WITHIN_MS = 3000
"""How long the first program may take to answer; it may be in the middle of its start."""


class SingleInstance(QObject):
    """Holds the folder's lock. Emits ``raise_requested`` when another start was refused."""

    raise_requested = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        with contextlib.suppress(OSError):  # the store will say it better
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = QLockFile(str(folder / "instance.lock"))
        self._lock.setStaleLockTime(0)  # only a dead owner makes a lock stale, never its age
        self._folder = folder
        self._server: QLocalServer | None = None

    @cached_property
    def _name(self) -> str:
        """What the folder's program listens to."""
        # Late: it loads all of OpenSSL, and nobody needs the name before the first paint.
        import hashlib

        digest = hashlib.sha256(str(self._folder.resolve()).encode()).hexdigest()
        return f"chatglm-desktop-{digest[:24]}"

    def claim(self) -> bool:
        """Take the folder. False when a living program has it.

        A folder that cannot be written cannot be locked; it counts as taken by this program.
        """
        return (
            self._lock.tryLock(0) or self._lock.error() is not QLockFile.LockError.LockFailedError
        )

    def listen(self) -> None:
        """Hear later starts. Only this user may connect."""
        # Late: the first paint comes before QtNetwork.
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._answer)
        QLocalServer.removeServer(self._name)  # left behind by a program that was killed
        server.listen(self._name)
        self._server = server

    def raise_other(self, within_ms: int = ANSWER_WITHIN_MS) -> bool:
        """Ask the program that has the folder to show its window. False when it stays silent."""
        from PySide6.QtNetwork import QLocalSocket

        deadline = QDeadlineTimer(within_ms)
        while not deadline.hasExpired():
            socket = QLocalSocket()
            socket.connectToServer(self._name)
            if socket.waitForConnected(100) and (
                socket.bytesAvailable() or socket.waitForReadyRead(deadline.remainingTime())
            ):
                return True
            # It has the lock but does not listen yet.
            QThread.msleep(50)
        return False

    def close(self) -> None:
        """Stop listening and give the folder free."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _answer(self) -> None:
        assert self._server is not None
        socket = self._server.nextPendingConnection()
        socket.write(b"raised")
        socket.flush()
        socket.disconnected.connect(socket.deleteLater)
        socket.disconnectFromServer()
        self.raise_requested.emit()
