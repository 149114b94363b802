# SPDX-License-Identifier: MIT
"""The files that were sent along, each named by what is in it; knows no message.

Everything here waits for the disk: call it in a thread.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Collection
from pathlib import Path

_DIGEST = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = ".part"


class AttachmentFiles:
    """Files in ``folder``, which need not exist, named by their SHA-256 in hexadecimal digits."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes) -> str:
        """Keep ``data``, once however often it is given; returns its digest. Raises OSError."""
        digest = hashlib.sha256(data).hexdigest()
        file = self.path(digest)
        try:
            if file.stat().st_size == len(data):
                # As good as new: see :meth:`collect`.
                os.utime(file)
                return digest
        except FileNotFoundError:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._write(file, data)
        return digest

    def path(self, digest: str) -> Path:
        """Where the file lies, if it is there. Raises ValueError for what is no digest."""
        if not _DIGEST.fullmatch(digest):
            raise ValueError("not a digest")
        return self._folder / digest

    def size(self, digest: str) -> int:
        """Bytes of a file. Raises OSError if it is not there, ValueError as :meth:`path`."""
        return self.path(digest).stat().st_size

    def read(self, digest: str) -> bytes:
        """What is in a file. Raises ValueError as :meth:`path`, OSError if it is not there.

        One that is no longer what it was counts as not there.
        """
        file = self.path(digest)
        data = file.read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            raise FileNotFoundError(f"{file} was changed")
        return data

    def digests(self, older_than: float) -> set[str]:
        """The files that were kept before a time, in seconds since the epoch. Raises OSError."""
        if not self._folder.exists():
            return set()
        files = (file for file in self._folder.iterdir() if _DIGEST.fullmatch(file.name))
        return {file.name for file in files if file.stat().st_mtime < older_than}

    def collect(self, named: Collection[str], older_than: float) -> int:
        """Delete what nothing names and what was left unfinished; returns how many files.

        Newer files stay: they may belong to a message that is still being written. Raises OSError.
        """
        unused = self.digests(older_than) - set(named)
        unfinished = [
            file.name
            for file in self._folder.glob(f"*{_UNFINISHED}")
            if file.stat().st_mtime < older_than
        ]
        for name in (*unused, *unfinished):
            (self._folder / name).unlink(missing_ok=True)
        return len(unused) + len(unfinished)

    def _write(self, file: Path, data: bytes) -> None:
        # mkstemp makes a file that only its owner can read.
        descriptor, name = tempfile.mkstemp(suffix=_UNFINISHED, dir=self._folder)
        unfinished = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as writing:
                writing.write(data)
                writing.flush()
                os.fsync(writing.fileno())
            unfinished.replace(file)
        except BaseException:
            with contextlib.suppress(OSError):
                unfinished.unlink()
            raise
