# SPDX-License-Identifier: MIT
"""Puts excerpts on the clipboard in the formats in which others may want them.

In steps, as to write down a conversation may take seconds; what is short is there at once.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

from chatglm_desktop.gui.transcript.copying.steps import Steps
from chatglm_desktop.settings.options import CopyFormat
from chatglm_desktop.transcript.copying.copying import CopyKind, cells_only, copied_pieces
from chatglm_desktop.transcript.copying.excerpt import Excerpt, Extract, complete

_MOST_HTML = 256 * 1024
"""Characters; of longer text no HTML is offered, as to make it would take too long."""

Extracts = Iterator[Extract | None]


class Offers(QObject):
    """Emits ``offered()`` when the text of a copy is on the clipboard, or was found empty."""

    offered = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.format: CopyFormat = "markdown"
        """What copies are as plain text."""
        self._formats: dict[str, str] = {}
        self._copy = Steps(self)
        self._primary = Steps(self)
        QGuiApplication.clipboard().dataChanged.connect(self._changed)

    @property
    def busy(self) -> bool:
        """Whether a copy is still being made."""
        return self._copy.active

    @property
    def waiting(self) -> bool:
        """Whether the text of a copy is not on the clipboard yet."""
        return self._copy.active and not self._formats

    def offer(self, extracts: Extracts) -> None:
        """Copy what is selected in all formats."""
        self._formats = {}
        self._copy.run(self._all_formats(extracts))

    def offer_as(self, extracts: Extracts, kind: CopyKind) -> None:
        """Copy what is selected as text of one kind."""
        self._formats = {}
        self._copy.run(self._one_kind(extracts, kind))

    def offer_primary(self, extracts: Extracts) -> None:
        """Let a middle click elsewhere paste what is selected."""
        self._primary.run(self._as_primary(extracts))

    def stop(self) -> None:
        """The messages change: what has not been looked at yet must not be."""
        if self.waiting:
            self._copy.stop()
        self._primary.stop()

    def text(self, found: Excerpt) -> str:
        """An excerpt as it is offered to those who take text only."""
        return cells_only(found) or "".join(copied_pieces(found, self.format))

    def _text_in_steps(self, found: Excerpt) -> Generator[None, None, str]:
        return cells_only(found) or (yield from _joined(copied_pieces(found, self.format)))

    def _all_formats(self, extracts: Extracts) -> Iterator[None]:
        found = yield from _collected(extracts)
        text = yield from self._text_in_steps(found)
        if not text:
            self.offered.emit()
            return
        written = yield from _joined(copied_pieces(found, "markdown"))
        formats = {"text/plain": text, "text/markdown": written}
        if cells := cells_only(found):
            formats["text/tab-separated-values"] = cells
        # The text is there at once, the HTML as soon as it is made.
        self._put(formats)
        self.offered.emit()
        if len(written) <= _MOST_HTML:
            html = yield from _joined(copied_pieces(found, "html"))
            self._put({**formats, "text/html": html})

    def _one_kind(self, extracts: Extracts, kind: CopyKind) -> Iterator[None]:
        found = yield from _collected(extracts)
        text = yield from _joined(copied_pieces(found, kind))
        if text:
            self._put({"text/plain": text})
        self.offered.emit()

    def _as_primary(self, extracts: Extracts) -> Iterator[None]:
        found = yield from _collected(extracts)
        if text := (yield from self._text_in_steps(found)):
            QGuiApplication.clipboard().setText(text, QClipboard.Mode.Selection)

    def _put(self, formats: dict[str, str]) -> None:
        self._formats = formats
        data = QMimeData()
        for format, text in formats.items():
            data.setData(format, text.encode(errors="replace"))
        data.setText(formats["text/plain"])
        QGuiApplication.clipboard().setMimeData(data)

    def _changed(self) -> None:
        """Something was copied: if not from here, that is what the user wants now."""
        if self.busy and QGuiApplication.clipboard().text() != self._formats.get("text/plain"):
            self._copy.stop()


def _collected(extracts: Extracts) -> Generator[None, None, Excerpt]:
    found = []
    for extract in extracts:
        found.append(extract)
        yield
    return complete(found)


def _joined(pieces: Iterator[str]) -> Generator[None, None, str]:
    texts = []
    for piece in pieces:
        texts.append(piece)
        yield
    return "".join(texts)
