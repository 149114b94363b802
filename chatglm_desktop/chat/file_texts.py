# SPDX-License-Identifier: MIT
"""The text in files that were sent along, kept for the next question; knows no request."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Protocol

from chatglm_desktop.chat.pdf_text import pdf_text
from chatglm_desktop.core.attachments import MOST_TEXT_BYTES, Look, Refused, file_kind, token_guess
from chatglm_desktop.core.file_text import decode_text
from chatglm_desktop.core.tokens import estimate

if TYPE_CHECKING:
    from chatglm_desktop.chat.reading import Reading
    from chatglm_desktop.core.messages import AttachmentPart

_KEPT_CHARACTERS = 8_000_000


class Files(Protocol):
    """Files by their digest; called in threads. Both raise OSError."""

    def put(self, data: bytes) -> str: ...

    def read(self, digest: str) -> bytes: ...


class FileTexts:
    """Call everything here in a thread: it waits for the disk, and a PDF takes its time."""

    def __init__(self, files: Files, kept_characters: int = _KEPT_CHARACTERS) -> None:
        self._files = files
        self._kept_characters = kept_characters
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._keeping = threading.Lock()

    def data(self, part: AttachmentPart) -> bytes:
        """The file itself. Raises Refused if it is gone."""
        try:
            return self._files.read(part.digest)
        except (OSError, ValueError) as error:
            raise Refused("missing") from error

    def text(self, part: AttachmentPart, reading: Reading) -> str:
        """The text in a text file or a PDF. Raises Refused and GivenUp."""
        if file_kind(part) == "text":
            text = decode_text(self.data(part))
            if text is None:
                raise Refused("unknown kind")
            return text
        text = self._texts.get(part.digest)
        if text is None:
            text = pdf_text(self.data(part), reading)
        self._keep(part.digest, text)
        return text

    def look(self, part: AttachmentPart, reading: Reading) -> Look:
        """What there is to be said of a file before it is sent. Raises GivenUp."""
        try:
            if file_kind(part) in ("picture", "document"):
                self.data(part)
                return Look(token_guess(part))
            if file_kind(part) == "text" and part.size > MOST_TEXT_BYTES:
                return Look(token_guess(part), "text too large")
            return Look(estimate(self.text(part, reading)))
        except Refused as error:
            return Look(0, error.refusal)

    def _keep(self, digest: str, text: str) -> None:
        texts = self._texts
        # Several threads read files at a time.
        with self._keeping:
            texts[digest] = text
            texts.move_to_end(digest)
            while len(texts) > 1 and sum(map(len, texts.values())) > self._kept_characters:
                texts.popitem(last=False)
