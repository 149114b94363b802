# SPDX-License-Identifier: MIT
"""One program for each data folder: what is started later speaks to the first one.

A client says one line (see ``settings.instance``) and gets an answer when it was heard.
"""

from __future__ import annotations

import contextlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, QThread, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

ANSWER_WITHIN_MS = 3000
"""How long the first program may take to answer; it may be in the middle of its start."""

_LONGEST_LINE = 2_000


class SingleInstance(QObject):
    """Holds the folder's lock.

    Emits ``raise_requested`` when another start was refused, ``link_opened(link)`` when that was
    to open one, and ``store_changed`` when another program has written to the store.
    """

    raise_requested = Signal()
    link_opened = Signal(str)
    store_changed = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        with contextlib.suppress(OSError):  # the store will say it better
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = QLockFile(str(folder / "instance.lock"))
        self._lock.setStaleLockTime(0)  # only a dead owner makes a lock stale, never its age
        self._folder = folder
        self._server: QLocalServer | None = None
        self._sockets: list[QLocalSocket] = []

    @cached_property
    def _name(self) -> str:
        """What the folder's program listens to."""
        # Late: it loads all of OpenSSL, and nobody needs the name before the first paint.
        from chatglm_desktop.settings.instance import instance_name

        return instance_name(self._folder)

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

    def raise_other(self, link: str = "", within_ms: int = ANSWER_WITHIN_MS) -> bool:
        """Ask the program that has the folder to show its window, at a link if there is one.

        False when it stays silent.
        """
        from PySide6.QtNetwork import QLocalSocket

        from chatglm_desktop.settings.instance import OPEN, RAISE

        line = f"{OPEN}{link}\n" if link else f"{RAISE}\n"

        deadline = QDeadlineTimer(within_ms)
        while not deadline.hasExpired():
            socket = QLocalSocket()
            socket.connectToServer(self._name)
            if socket.waitForConnected(100):
                socket.write(line.encode())
                socket.flush()
                if socket.bytesAvailable() or socket.waitForReadyRead(deadline.remainingTime()):
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
        self._sockets.append(socket)
        socket.readyRead.connect(self._hear)
        socket.disconnected.connect(self._forget)
        self._hear()

    def _hear(self) -> None:
        # Not told which one: a slot that holds its sender would be deleted together with it.
        lines = [line for socket in self._sockets if (line := _line_of(socket))]
        for line in lines:
            self._obey(line)

    def _obey(self, line: str) -> None:
        from chatglm_desktop.settings.instance import CHANGED, OPEN, RAISE

        if line == CHANGED:
            self.store_changed.emit()
        elif line == RAISE or line.startswith(OPEN):
            self.raise_requested.emit()
        if line.startswith(OPEN):
            self.link_opened.emit(line.removeprefix(OPEN))

    def _forget(self) -> None:
        gone = [s for s in self._sockets if s.state() is s.LocalSocketState.UnconnectedState]
        for socket in gone:
            self._sockets.remove(socket)
            socket.deleteLater()


def _line_of(socket: QLocalSocket) -> str:
    """What a client has said, which is answered; "" as long as that is no whole line."""
    if not socket.canReadLine():
        if socket.bytesAvailable() > _LONGEST_LINE:
            socket.abort()
        return ""
    line = bytes(socket.readLine().data()).decode(errors="replace").strip()
    socket.write(b"heard")
    socket.flush()
    socket.disconnectFromServer()
    return line
