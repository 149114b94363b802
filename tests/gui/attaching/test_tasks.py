# SPDX-License-Identifier: MIT
"""Files are read in threads, a few at a time, and given up when nobody wants them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest_asyncio
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from chatglm_desktop.chat.reading import Reading
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.attachments import Look
from chatglm_desktop.core.messages import AttachmentPart
from chatglm_desktop.gui.attaching.intake import Intake
from chatglm_desktop.gui.attaching.shelf import Shelf
from chatglm_desktop.gui.attaching.sources import FileSource, Source
from chatglm_desktop.gui.attaching.tasks import AT_A_TIME, AttachmentTasks
from chatglm_desktop.store.attachments import AttachmentFiles
from tests.helpers.leftovers import delete_what_waits_for_it
from tests.helpers.pdf_files import pdf


class Slow(Intake):
    """Reads when the test lets it."""

    def __init__(self, intake: Intake) -> None:
        super().__init__(intake._files, intake._texts)
        self.go = threading.Event()
        self.begun = threading.Event()
        self.running = 0
        self.most = 0
        self._lock = threading.Lock()

    def take(self, source: Source, reading: Reading) -> tuple[AttachmentPart, Look]:
        with self._lock:
            self.running += 1
            self.most = max(self.most, self.running)
        self.begun.set()
        try:
            assert self.go.wait(10)
            return super().take(source, reading)
        finally:
            with self._lock:
                self.running -= 1


class Bench:
    def __init__(self, folder: Path, intake: Intake, tasks: Tasks) -> None:
        self.folder = folder
        self.slow = Slow(intake)
        self.page = QObject()
        self.shelf = Shelf(self.page)
        self.tasks = tasks
        self.attachments = AttachmentTasks(tasks, self.slow)
        self.attachments.serve(self.shelf, self.page)
        self.news = asyncio.Event()
        self.shelf.changed.connect(self.news.set)

    def file(self, name: str, data: bytes = b"text") -> FileSource:
        (self.folder / name).write_bytes(data)
        return FileSource(self.folder / name)

    async def add(self, *sources: Source) -> None:
        """Add files and wait until the first is being read."""
        self.shelf.add(sources)
        assert await asyncio.to_thread(self.slow.begun.wait, 10)

    async def until(self, there: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not there():
                self.news.clear()
                await self.news.wait()


@pytest_asyncio.fixture
async def bench(qapp: QApplication, tmp_path: Path, intake: Intake) -> AsyncIterator[Bench]:
    bugs: list[BaseException] = []
    tasks = Tasks(bugs.append)
    yield Bench(tmp_path, intake, tasks)
    await tasks.finish()
    assert bugs == []


async def test_files_are_read_a_few_at_a_time(bench: Bench) -> None:
    bench.slow.go.set()
    bench.shelf.add([bench.file(f"{n}.txt", b"text %d" % n) for n in range(8)])
    await bench.until(lambda: not bench.shelf.busy)
    assert [part.name for part in bench.shelf.parts] == [f"{n}.txt" for n in range(8)]
    assert 1 <= bench.slow.most <= AT_A_TIME


async def test_why_a_file_is_refused_arrives(bench: Bench) -> None:
    bench.slow.go.set()
    bench.shelf.add([bench.file("a.bin", b"\0")])
    await bench.until(lambda: bench.shelf.refused is not None)
    assert bench.shelf.items[0].refusal == "unknown kind"


async def test_how_far_a_long_file_is_arrives(bench: Bench) -> None:
    bench.slow.go.set()
    shares: list[float | None] = []
    bench.shelf.changed.connect(lambda: shares.extend(i.share for i in bench.shelf.items))
    bench.shelf.add([bench.file("a.pdf", pdf(*"abcdefgh"))])
    await bench.until(lambda: not bench.shelf.busy)
    told = [share for share in shares if share]
    assert told == sorted(told)
    assert told


async def test_a_file_that_is_taken_out_is_forgotten(bench: Bench) -> None:
    await bench.add(bench.file("b.bin", b"\0"), bench.file("a.txt"), bench.file("c.txt", b"c"))
    for item in bench.shelf.items:
        bench.shelf.remove(item.id)
    bench.slow.go.set()
    await bench.tasks.finish()
    assert bench.shelf.items == ()


async def test_when_the_page_goes_its_files_are_given_up(bench: Bench) -> None:
    await bench.add(bench.file("a.txt"), bench.file("b.txt", b"b"), bench.file("c.txt", b"c"))
    bench.page.deleteLater()
    delete_what_waits_for_it()
    bench.slow.go.set()
    await bench.tasks.finish()


async def test_at_the_end_nothing_is_waited_for(bench: Bench) -> None:
    await bench.add(bench.file("a.txt"), bench.file("b.txt", b"b"), bench.file("c.txt", b"c"))
    bench.attachments.stop()
    bench.slow.go.set()
    await bench.tasks.finish()
    assert bench.shelf.busy


async def test_what_is_written_in_a_kept_text_is_read_on_demand(bench: Bench) -> None:
    given: list[tuple[int, str]] = []
    bench.shelf.text_given.connect(lambda id, text: given.append((id, text)))
    bench.slow.go.set()
    bench.shelf.add([bench.file("a.txt", "正文".encode()), bench.file("b.txt", b"gone")])
    await bench.until(lambda: not bench.shelf.busy)
    first, second = bench.shelf.items
    assert first.part is not None
    assert second.part is not None
    AttachmentFiles(bench.folder / "kept").path(second.part.digest).unlink()
    for id in (first.id, second.id, 99):
        bench.shelf.text_wanted.emit(id)
    await bench.tasks.finish()
    assert given == [(first.id, "正文")]
    assert [item.refusal for item in bench.shelf.items] == [None, "missing"]


async def test_a_text_that_nobody_waits_for_is_dropped(bench: Bench) -> None:
    given: list[str] = []
    bench.shelf.text_given.connect(lambda id, text: given.append(text))
    bench.slow.go.set()
    bench.shelf.add([bench.file("a.txt")])
    await bench.until(lambda: not bench.shelf.busy)
    (item,) = bench.shelf.items
    bench.shelf.text_wanted.emit(item.id)
    bench.shelf.remove(item.id)
    await bench.tasks.finish()
    assert given == []
