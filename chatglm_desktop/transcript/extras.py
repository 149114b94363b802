# SPDX-License-Identifier: MIT
"""What a message shows besides text: attachments, pictures, sources; loads none of it."""

from __future__ import annotations

from typing import assert_never

from chatglm_desktop.core.deltas import Image, Images, Source, Sources
from chatglm_desktop.core.links import is_web
from chatglm_desktop.core.messages import AttachmentPart, ImagesPart, Message, SourcesPart
from chatglm_desktop.transcript.rows import Row, RowKind

SOURCES_SHOWN = 5
"""Sources that are listed before the user asks for all."""


class Extras:
    """The parts of ``message`` that are not text, and the rows below its text."""

    def __init__(self, message: Message) -> None:
        self.attachments: tuple[AttachmentPart, ...] = ()
        self.images: tuple[Image, ...] = ()
        self.sources: tuple[Source, ...] = ()
        self._all_sources = False
        self.take(message)

    def take(self, message: Message) -> None:
        """Take over what a version of the message holds; what it does not hold stays."""
        self.attachments = tuple(p for p in message.parts if isinstance(p, AttachmentPart))
        for part in message.parts:
            match part:
                case SourcesPart(items):
                    self.sources = items
                case ImagesPart(items):
                    self.images = _loadable(items)
                case _:
                    pass

    def attach(self, extra: Sources | Images) -> None:
        """Take over all sources or pictures that are known so far."""
        match extra:
            case Sources(items):
                self.sources = items
            case Images(items):
                self.images = _loadable(items)
            case _:
                assert_never(extra)

    def show_all_sources(self) -> None:
        """List every source from now on."""
        self._all_sources = True

    def rows(self) -> tuple[Row, ...]:
        """What stands below the text, down to the foot."""
        shown = len(self.sources) if self._all_sources else SOURCES_SHOWN
        rows = [Row(RowKind.PICTURE, leaf=number) for number in range(len(self.images))]
        if self.sources:
            rows.append(Row(RowKind.SOURCES))
            numbers = range(len(self.sources))[:shown]
            rows += [Row(RowKind.SOURCE, leaf=number) for number in numbers]
        if len(self.sources) > shown:
            rows.append(Row(RowKind.MORE_SOURCES))
        return (*rows, Row(RowKind.FOOT))


def _loadable(images: tuple[Image, ...]) -> tuple[Image, ...]:
    return tuple(image for image in images if is_web(image.url))
