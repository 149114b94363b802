# SPDX-License-Identifier: MIT
"""Tells the window that runs on the same data, if one does; must not import Qt.

It listens to what Qt calls a local server: a socket in the temporary folder, or a named pipe.
"""

from __future__ import annotations

import contextlib
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from chatglm_desktop.settings.instance import CHANGED, RAISE, instance_name

if TYPE_CHECKING:
    from chatglm_desktop.settings.paths import Paths

PATIENCE = 3.0
"""Seconds to wait for an answer."""


def tell_changed(paths: Paths) -> bool:
    """Say that the store has changed; whether somebody has heard it."""
    return _say(paths.data, CHANGED)


def is_running(paths: Paths) -> bool:
    """Whether a window has the data open; it comes to the front."""
    return _say(paths.data, RAISE)


def _say(folder: Path, line: str) -> bool:
    name, data = instance_name(folder), f"{line}\n".encode()
    with contextlib.suppress(OSError):
        return _through_pipe(name, data) if os.name == "nt" else _through_socket(name, data)
    return False


def _through_socket(name: str, data: bytes) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(PATIENCE)
        connection.connect(str(Path(os.environ.get("TMPDIR") or "/tmp") / name))
        connection.sendall(data)
        return bool(connection.recv(64))


def _through_pipe(name: str, data: bytes) -> bool:
    with Path(rf"\\.\pipe\{name}").open("r+b", buffering=0) as pipe:
        pipe.write(data)
        return bool(pipe.read(1))
