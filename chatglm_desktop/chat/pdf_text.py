# SPDX-License-Identifier: MIT
"""The text in a PDF, within limits of pages, size and time; shows and loads nothing of it."""

from __future__ import annotations

import io
import logging
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from chatglm_desktop.core.attachments import (
    MOST_PDF_CHARACTERS,
    MOST_PDF_PAGES,
    MOST_PDF_SECONDS,
    Refused,
)

if TYPE_CHECKING:
    from types import ModuleType

    from pypdf import PageObject, PdfReader

    from chatglm_desktop.chat.reading import Reading

log = logging.getLogger(__name__)

_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What the library raises besides its own errors when a file is not what it claims to be."""


class PdfPages:
    """Reads the PDF in ``data``; ``elapsed`` gives seconds and never goes back."""

    def __init__(
        self, data: bytes, reading: Reading, elapsed: Callable[[], float] = time.monotonic
    ) -> None:
        self._data = data
        self._reading = reading
        self._elapsed = elapsed
        self._ends = elapsed() + MOST_PDF_SECONDS
        self._characters = 0

    def text(self) -> str:
        """All pages that can be read, under their numbers. Raises Refused and GivenUp."""
        pypdf = _library()
        faults = (pypdf.errors.PyPdfError, *_FAULTS)
        try:
            reader = self._opened(pypdf)
            count = len(reader.pages)
        except faults as error:
            log.info("a PDF cannot be read: %r", error)
            raise Refused("broken pdf") from error
        if count > MOST_PDF_PAGES:
            raise Refused("long pdf")
        pages = list(self._pages(reader, count, faults))
        if not self._characters:
            # Where no page could be read it is no scan.
            raise Refused("broken pdf" if all(page is None for page in pages) else "scanned pdf")
        numbered = enumerate(pages, start=1)
        return "\n\n".join(_page(number, page) for number, page in numbered)

    def _opened(self, pypdf: ModuleType) -> PdfReader:
        try:
            reader: PdfReader = pypdf.PdfReader(io.BytesIO(self._data))
            # Many are encrypted against printing only, with an empty password.
            if not reader.is_encrypted or reader.decrypt(""):
                return reader
        except (pypdf.errors.DependencyError, NotImplementedError) as error:
            log.info("a PDF cannot be unlocked: %r", error)
        raise Refused("locked pdf")

    def _pages(
        self, reader: PdfReader, count: int, faults: tuple[type[Exception], ...]
    ) -> Iterator[str | None]:
        """The text of each page; None for one that is damaged."""
        for number in range(count):
            self._check_time()
            try:
                text = self._page_text(reader.pages[number])
            except faults as error:
                log.info("page %d of a PDF cannot be read: %r", number + 1, error)
                yield None
            else:
                self._characters += len(text)
                if self._characters > MOST_PDF_CHARACTERS:
                    raise Refused("large pdf")
                yield text
            self._reading.tell((number + 1) / count)

    def _page_text(self, page: PageObject) -> str:
        text = page.extract_text(visitor_operand_before=lambda *_: self._check_time())
        # A damaged font leaves halves of characters, which cannot be sent.
        return text.encode("utf-8", "replace").decode().replace("\0", "").strip()

    def _check_time(self) -> None:
        self._reading.go_on()
        if self._elapsed() > self._ends:
            raise Refused("slow pdf")


def pdf_text(data: bytes, reading: Reading, elapsed: Callable[[], float] = time.monotonic) -> str:
    """The text in the PDF ``data``, page by page. Raises Refused and GivenUp."""
    return PdfPages(data, reading, elapsed).text()


def _page(number: int, text: str | None) -> str:
    return f"[Page {number}]\n{'(damaged)' if text is None else text}".rstrip()


def _library() -> ModuleType:
    """The library, which limits by itself what one page may unpack to."""
    # Late: most messages come without a PDF.
    import pypdf

    # It warns of every fault that it gets round.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    return pypdf
