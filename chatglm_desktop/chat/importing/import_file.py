# SPDX-License-Identifier: MIT
"""One file to import, opened as often as it is read; knows no store."""

from __future__ import annotations

import gzip
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO
from zipfile import ZipInfo

from chatglm_desktop.chat.importing.archive import MOST_BYTES, Archive
from chatglm_desktop.chat.importing.detection import Kind, detect
from chatglm_desktop.chat.importing.journey import Found, Journey
from chatglm_desktop.chat.importing.json_stream import JsonStream, Readable
from chatglm_desktop.chat.reading import Reading
from chatglm_desktop.core.errors import (
    ChatError,
    ExportDamaged,
    ExportIsCopy,
    ExportTooLarge,
    ImportUnreadable,
    NotAnExport,
)
from chatglm_desktop.core.imports import ImportSource

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP = b"\x1f\x8b"
_COPIES = ("IndexedDB/", "cherrystudio.sqlite")
"""What lies in an archive that is a copy of Cherry Studio's database."""


class ImportFile:
    """The file at ``path``. All methods wait for the disk; they raise ImportFailed and GivenUp."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._documents: list[tuple[str, Kind]] | None = None

    @property
    def path(self) -> Path:
        return self._path

    def source(self, reading: Reading) -> ImportSource:
        """Which program has written it. Raises NotAnExport if that is not known."""
        return self._kinds(reading)[0][1].source

    def read(self, journey: Journey, reading: Reading) -> Iterator[Found]:
        """All conversations and folders; ``reading`` hears how far that is."""
        kinds = dict(self._kinds(reading))
        with self._opened() as file, _archive_in(file) as archive:
            members = _members(archive)
            read = _Share(sum(_size(file, member) for name, member in members if name in kinds))
            inside = replace(journey, archive=archive)
            for name, member in members:
                if name in kinds:
                    with _document(file, archive, member) as document:
                        stream = JsonStream(document, lambda count: reading.tell(read.add(count)))
                        for found in kinds[name].read(stream, inside):
                            reading.go_on()
                            yield found
                        stream.finish()

    def _kinds(self, reading: Reading) -> list[tuple[str, Kind]]:
        """The documents that can be read, by their names in the archive."""
        if self._documents is None:
            self._documents = list(self._detected(reading))
        return self._documents

    def _detected(self, reading: Reading) -> Iterator[tuple[str, Kind]]:
        problem: ChatError = NotAnExport()
        some = False
        with self._opened() as file, _archive_in(file) as archive:
            for name, member in _members(archive):
                try:
                    with _document(file, archive, member) as document:
                        kind = detect(JsonStream(document, lambda _: reading.go_on()))
                except (ExportDamaged, NotAnExport) as error:
                    # An archive may hold other files too, that are none of ours.
                    problem, kind = error, None
                if kind is not None:
                    some = True
                    yield name, kind
            names = [] if archive is None else archive.names
            if any(copy in name for name in names for copy in _COPIES):
                problem = ExportIsCopy()
        if not some:
            raise problem

    @contextmanager
    def _opened(self) -> Iterator[IO[bytes]]:
        try:
            found = self._path.stat()
            # A device or a pipe could go on for ever.
            if not stat.S_ISREG(found.st_mode):
                raise ImportUnreadable
            file = self._path.open("rb")
        except (OSError, ValueError) as error:
            # A name with a null in it is not even asked for.
            raise ImportUnreadable(details=str(error)) from error
        with file:
            yield file


class _Share:
    """How much of ``whole`` bytes is done."""

    def __init__(self, whole: int) -> None:
        self._whole = max(whole, 1)
        self._done = 0

    def add(self, count: int) -> float:
        self._done += count
        return min(self._done / self._whole, 1.0)


class _Plain:
    """A file or what is packed in it, of which at most so much is read."""

    def __init__(self, file: Readable) -> None:
        self._file = file
        self._read = 0

    def read(self, count: int) -> bytes:
        try:
            data = self._file.read(count)
        except (zlib.error, EOFError, gzip.BadGzipFile) as error:
            raise ExportDamaged(details=str(error)) from error
        except OSError as error:
            raise ImportUnreadable(details=str(error)) from error
        self._read += len(data)
        if self._read > MOST_BYTES:
            raise ExportTooLarge(details="more than can be read is packed in the file")
        return data


@contextmanager
def _archive_in(file: IO[bytes]) -> Iterator[Archive | None]:
    """The archive that ``file`` is; None if it is none."""
    begin = _begin(file)
    if begin.startswith(_ZIP):
        with Archive(file) as archive:
            yield archive
        return
    if not begin.startswith(_GZIP) and _length(file) > MOST_BYTES:
        raise ExportTooLarge(details="the file has more bytes than can be read")
    yield None


def _members(archive: Archive | None) -> list[tuple[str, ZipInfo | None]]:
    """The documents with their names; a file that is no archive is one without a name."""
    if archive is None:
        return [("", None)]
    return [(info.filename, info) for info in archive.documents()]


@contextmanager
def _document(
    file: IO[bytes], archive: Archive | None, member: ZipInfo | None
) -> Iterator[Readable]:
    if archive is not None and member is not None:
        with archive.open(member) as document:
            yield document
    elif _begin(file).startswith(_GZIP):
        with gzip.GzipFile(fileobj=file) as unpacked:
            yield _Plain(unpacked)
    else:
        yield _Plain(file)


def _begin(file: IO[bytes]) -> bytes:
    """The first bytes; the file stands at its beginning afterwards."""
    try:
        file.seek(0)
        begin = file.read(4)
        file.seek(0)
    except OSError as error:
        raise ImportUnreadable(details=str(error)) from error
    return begin


def _length(file: IO[bytes]) -> int:
    length = file.seek(0, 2)
    file.seek(0)
    return length


def _size(file: IO[bytes], member: ZipInfo | None) -> int:
    if member is not None:
        return member.file_size
    length = _length(file)
    # What is packed with gzip does not say how long it is; text shrinks to about a quarter.
    return 4 * length if _begin(file).startswith(_GZIP) else length
