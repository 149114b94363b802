# SPDX-License-Identifier: MIT
"""Reads a zip archive that is trusted in nothing; writes no file and follows no name."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import PurePosixPath
from typing import IO
from zipfile import ZipFile, ZipInfo

from chatglm_desktop.core.attachments import MOST_FILE_BYTES
from chatglm_desktop.core.errors import ExportDamaged, ExportTooLarge

MOST_BYTES = 2_000_000_000
"""Bytes of JSON that are read of one file, unpacked."""

MOST_MEMBERS = 500_000

MOST_RATIO = 200
"""How many times larger than packed a member may be: text rarely gets beyond 30."""

_SMALL = 1_000_000
"""Bytes of a member up to which its ratio does not matter."""

_MARKS = re.compile(r"[-_.]")
_MOST_MARKS = 8
"""Of a name: those of a UUID, of its ending, and some more."""

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1


class Member:
    """One member while it is read. Raises ExportDamaged where it is broken."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, count: int = -1) -> bytes:
        with _damage_told():
            return self._file.read(count)


class Archive:
    """The members of the zip archive in ``file``. Raises ExportDamaged and ExportTooLarge."""

    def __init__(self, file: IO[bytes]) -> None:
        with _damage_told():
            self._zip = ZipFile(file)
        if len(self._zip.infolist()) > MOST_MEMBERS:
            raise ExportTooLarge(details="the archive has too many members")
        self._members = [info for info in self._zip.infolist() if _is_plain(info)]
        self._by_id: dict[str, ZipInfo] = {}
        for info in self._members:
            for id in _ids(base_name(info)):
                self._by_id.setdefault(id, info)

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    @property
    def names(self) -> Iterator[str]:
        """The full names of all members, also of those that are not read."""
        return (info.filename for info in self._zip.infolist())

    def documents(self) -> list[ZipInfo]:
        """The members that may be JSON, in the order of their names.

        Raises ExportTooLarge if they are more than can be read, or pretend to be.
        """
        found = [info for info in self._members if info.filename.lower().endswith(".json")]
        for info in found:
            if _is_bomb(info):
                raise ExportTooLarge(details="a member is packed too tightly")
        if sum(info.file_size for info in found) > MOST_BYTES:
            raise ExportTooLarge(details="the archive holds too much")
        return sorted(found, key=lambda info: info.filename)

    @contextmanager
    def open(self, info: ZipInfo) -> Iterator[Member]:
        """A member to read from."""
        with _damage_told():
            file = self._zip.open(info)
        with file:
            yield Member(file)

    def find(self, id: str) -> ZipInfo | None:
        """The member, wherever it lies, whose name is ``id`` or goes on after it with a mark."""
        return self._by_id.get(id)

    def read(self, info: ZipInfo) -> bytes | None:
        """All that is in a small member; None for one that is too large or damaged."""
        if info.file_size > MOST_FILE_BYTES or _is_bomb(info):
            return None
        try:
            with self.open(info) as member:
                return member.read()
        except ExportDamaged:
            return None


def base_name(info: ZipInfo) -> str:
    """The last part of a member's name."""
    return PurePosixPath(info.filename.replace("\\", "/")).name


@contextmanager
def _damage_told() -> Iterator[None]:
    """What zipfile raises for a broken archive is ExportDamaged."""
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        # A wrong offset, a name that is none, a time that is none, a version from the future.
        ValueError,
        NotImplementedError,
        RuntimeError,
        OverflowError,
    ) as error:
        raise ExportDamaged(details=str(error)) from error


def _ids(name: str) -> Iterator[str]:
    """What a file of such a name may be called elsewhere."""
    yield name
    for mark in islice(_MARKS.finditer(name), _MOST_MARKS):
        yield name[: mark.start()]


def _is_plain(info: ZipInfo) -> bool:
    """Whether a member is a file that can be read: with a name, no folder, link or password."""
    mode = info.external_attr >> 16
    return (
        # What zipfile says of folders it does not say of a name that is empty.
        bool(info.filename)
        and not info.is_dir()
        and stat.S_IFMT(mode) in (0, stat.S_IFREG)
        and not info.flag_bits & _ENCRYPTED
        and info.compress_type in _METHODS
        # What macOS keeps beside each file.
        and not base_name(info).startswith("._")
    )


def _is_bomb(info: ZipInfo) -> bool:
    return info.file_size > _SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1)
