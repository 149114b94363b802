# SPDX-License-Identifier: MIT
"""A conversation as plain text without marks; knows no file."""

from __future__ import annotations

from collections.abc import Iterator

from chatglm_desktop.chat.exporting.reading import Reader
from chatglm_desktop.chat.exporting.told import TimeText, Told, local_time, one_line, tell
from chatglm_desktop.chat.exporting.words import Words
from chatglm_desktop.core.deltas import Source
from chatglm_desktop.core.export_choice import ExportContents
from chatglm_desktop.core.exports import SavedConversation
from chatglm_desktop.core.messages import AttachmentPart, Message
from chatglm_desktop.markdown.writing.text import plain

_RULE = "─" * 40


class PlainFormat:
    """Names stand on lines of their own, under a rule."""

    def __init__(self, contents: ExportContents, words: Words, time: TimeText = local_time) -> None:
        self._contents = contents
        self._words = words
        self._time = time
        self._reader = Reader()

    def head(self, conversation: SavedConversation) -> str:
        title = one_line(conversation.summary.title) or self._words.untitled
        made = self._time(conversation.summary.created_at) if self._contents.times else ""
        return f"{title}\n{made}\n" if made else f"{title}\n"

    def message(self, message: Message) -> str:
        told = tell(message, self._contents, self._words, self._time)
        name = " · ".join((told.name, *told.details))
        parts = "\n\n".join(part for part in self._parts(told) if part.strip())
        return f"\n{_RULE}\n{name}\n\n{parts}\n"

    def foot(self) -> str:
        return ""

    def _parts(self, told: Told) -> Iterator[str]:
        yield "\n".join(f"[{_attached(part)}]" for part in told.attachments)
        if told.thinking.strip():
            yield f"({self._words.thinking})\n{self._plain(told.thinking)}"
        yield told.text if told.verbatim else self._plain(told.text, told.sources)
        yield "\n".join(f"[{one_line(image.url)}]" for image in told.images)
        if told.sources:
            listed = (
                f"{number}. {one_line(f'{source.title} {source.url}')}"
                for number, source in enumerate(told.sources, 1)
            )
            yield "\n".join((self._words.sources, *listed))
        yield f"({told.note})" if told.note else ""

    def _plain(self, text: str, sources: tuple[Source, ...] = ()) -> str:
        read = self._reader.read(text, sources)
        return "\n\n".join(plain(block, read.references) for block in read.blocks)


def _attached(part: AttachmentPart) -> str:
    return one_line(part.name)
