# SPDX-License-Identifier: MIT
"""The files that come along with a conversation: counts them, or has them kept; knows no format."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TypeAlias

from chatglm_desktop.core.attachments import MOST_FILE_BYTES, Refused
from chatglm_desktop.core.messages import AttachmentPart

log = logging.getLogger(__name__)

Keep: TypeAlias = Callable[[str, bytes], AttachmentPart]
"""Keeps a file under its name, made fit as one that the user has chosen. Raises Refused."""

Put: TypeAlias = Callable[[bytes], str]
"""Keeps a file as it is; returns its digest. Raises OSError."""

_LONGEST_NAME = 120


class Luggage:
    """Without ``keep`` and ``put`` files are only counted; what stands for them names no file.

    So they are while it is not ``keeping``. ``count``, ``size`` (bytes) and ``left_out`` (files)
    are of all conversations so far.
    """

    def __init__(self, keep: Keep | None = None, put: Put | None = None) -> None:
        self._keep = keep
        self._put = put
        self.keeping = True
        self.count = 0
        self.size = 0
        self.left_out = 0

    def take(self, name: str, size: int, load: Callable[[], bytes | None]) -> AttachmentPart | None:
        """A file of ``size`` bytes; None for one that cannot be taken along."""
        part = None
        if 0 < size <= MOST_FILE_BYTES:
            part = self._taken(safe_name(name), size, load)
        if part is None:
            self.left_out += 1
            return None
        self.count += 1
        self.size += size
        return part

    def restore(self, digest: str, size: int, load: Callable[[], bytes | None]) -> None:
        """Keep a file of this program's own, if it is the one that its ``digest`` says."""
        if not 0 < size <= MOST_FILE_BYTES + 2:
            self.left_out += 1
            return
        if self._put is not None:
            data = load()
            if data is None or hashlib.sha256(data).hexdigest() != digest:
                self.left_out += 1
                return
            try:
                self._put(data)
            except OSError as error:
                log.info("a file of the export is not kept: %s", error)
                self.left_out += 1
                return
        self.count += 1
        self.size += size

    def leave(self) -> None:
        """Count a file that the export names but does not hold."""
        self.left_out += 1

    def _taken(
        self, name: str, size: int, load: Callable[[], bytes | None]
    ) -> AttachmentPart | None:
        if self._keep is None or not self.keeping:
            return AttachmentPart(name, "", size, "")
        data = load()
        if not data:
            return None
        try:
            return self._keep(name, data)
        except Refused:
            return None


def safe_name(name: str) -> str:
    """The last part of a name that may be a path, without what no name should hold."""
    last = PurePosixPath(name.replace("\\", "/")).name
    printable = "".join(c for c in last if c.isprintable()).strip(" .")
    if len(printable) > _LONGEST_NAME:
        suffix = PurePosixPath(printable).suffix[:16]
        printable = printable[: _LONGEST_NAME - len(suffix)] + suffix
    return printable or "file"
