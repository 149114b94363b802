# SPDX-License-Identifier: MIT
"""Whole messages set as pieces for paper; knows no page and no file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from chatglm_desktop.chat.exporting.format import DataOf
from chatglm_desktop.chat.exporting.reading import Reader
from chatglm_desktop.chat.exporting.told import TimeText, Told, local_time, one_line, tell
from chatglm_desktop.chat.exporting.words import Words
from chatglm_desktop.core.attachments import file_kind
from chatglm_desktop.core.deltas import Source
from chatglm_desktop.core.export_choice import ExportContents
from chatglm_desktop.core.exports import SavedConversation
from chatglm_desktop.core.links import is_web
from chatglm_desktop.core.messages import AttachmentPart, Message
from chatglm_desktop.gui.exporting.pages import Draw, Ground, Piece, kept_together
from chatglm_desktop.gui.exporting.setting import Setting
from chatglm_desktop.gui.transcript.look import Face, Look
from chatglm_desktop.gui.transcript.text.flow import Flow
from chatglm_desktop.markdown.blocks import Span
from chatglm_desktop.transcript.leaves import Frame, flatten, plain_leaves

_BUBBLE_PAD = 12.0
_THINKING_INDENT = 14.0
_LINE = 2.5
_TALLEST_PICTURE = 480.0
"""Pixels that a picture may be high."""


class MessageSetting:
    """Sets messages in ``width`` pixels; ``data`` gives attached pictures."""

    def __init__(
        self,
        look: Look,
        width: float,
        contents: ExportContents,
        words: Words,
        data: DataOf,
        *,
        time: TimeText = local_time,
    ) -> None:
        self._look = look
        self._width = width
        self._contents = contents
        self._words = words
        self._data = data
        self._time = time
        self._reader = Reader()

    def title(self, conversation: SavedConversation) -> str:
        return one_line(conversation.summary.title) or self._words.untitled

    def head(self, conversation: SavedConversation) -> Iterator[Piece]:
        yield from self._words_in(self.title(conversation), self._look.headings[0])
        if self._contents.times and (made := self._time(conversation.summary.created_at)):
            yield from self._words_in(made, self._look.small, colour=self._look.theme.dim)

    def message(self, message: Message) -> Iterator[Piece]:
        told = tell(message, self._contents, self._words, self._time)
        look = self._look
        spans = [Span(told.name, bold=True)]
        if told.details:
            spans.append(Span(f"   {' · '.join(told.details)}"))
        flow = Flow(spans, look.small, look, self._width, colour=look.theme.dim)
        for piece in self._plain().lines(flow, Frame(above=24.0), look.small):
            yield replace(piece, joins=True)
        for part in told.attachments:
            yield from self._attachment(part)
        if told.thinking.strip():
            yield from self._thinking(told.thinking)
        if told.verbatim:
            yield from self._said(told.text)
        else:
            yield from self._markdown(told.text, told.sources, self._plain())
        yield from self._extras(told)

    def _plain(self) -> Setting:
        return Setting(self._look, self._width)

    def _said(self, text: str) -> Iterator[Piece]:
        """The user's words, on a ground of their own."""
        if not text.strip():
            return
        ground = Ground(0.0, self._width, self._look.theme.user, radius=10.0)
        inner = Setting(self._look, self._width - 2 * _BUBBLE_PAD)
        said = inner.leaves(plain_leaves(text.strip("\n"), first=True), {})
        lines = [replace(piece, ground=ground) for piece in _moved(said, _BUBBLE_PAD)]
        yield Piece(_BUBBLE_PAD / 2, above=6.0, joins=True, ground=ground)
        kept = list(kept_together(lines))
        yield from (*kept[:-1], replace(kept[-1], joins=True))
        yield Piece(_BUBBLE_PAD / 2, ground=ground)

    def _thinking(self, text: str) -> Iterator[Piece]:
        """What was thought, dim beside a line."""
        inner = Setting(self._look, self._width - _THINKING_INDENT, dim=True)
        dim = self._look.theme.dim
        name = self._words_in(self._words.thinking, self._look.small_bold, colour=dim)
        head = [replace(piece, joins=True) for piece in name]
        pieces = _moved((*head, *self._markdown(text, (), inner)), _THINKING_INDENT)
        yield Piece(8.0, joins=True)
        for piece in pieces:
            if piece.above:
                yield self._beside_line(Piece(piece.above, joins=True))
            yield self._beside_line(replace(piece, above=0.0))
        yield Piece(14.0)

    def _beside_line(self, piece: Piece) -> Piece:
        colour = self._look.colour(self._look.theme.line)

        def draw(painter: QPainter, top: float) -> None:
            # A little longer, so that no gap can be seen between two pieces.
            painter.fillRect(QRectF(0.0, top - 0.25, _LINE, piece.height + 0.5), colour)
            if piece.draw is not None:
                piece.draw(painter, top)

        return replace(piece, draw=draw)

    def _markdown(
        self, text: str, sources: tuple[Source, ...], setting: Setting
    ) -> Iterator[Piece]:
        read = self._reader.read(text, sources)
        for number, block in enumerate(read.blocks):
            yield from setting.leaves(flatten(block, first=not number), read.references)

    def _extras(self, told: Told) -> Iterator[Piece]:
        small, theme = self._look.small, self._look.theme
        for image in told.images:
            if is_web(image.url):
                picture = Span(self._words.picture, link=image.url)
                yield from self._spans_in((picture,), small, theme.dim)
        if told.sources:
            head = self._words_in(self._words.sources, self._look.small_bold)
            for piece in head:
                yield replace(piece, above=10.0, joins=True)
            for number, source in enumerate(told.sources, 1):
                title = one_line(source.title) or source.url
                link = source.url if is_web(source.url) else ""
                spans = (Span(f"{number}. "), Span(title, link=link))
                yield from self._spans_in(spans, small, theme.dim)
        if told.note:
            yield from self._words_in(told.note, small, colour=theme.dim)

    def _attachment(self, part: AttachmentPart) -> Iterator[Piece]:
        name = one_line(part.name)
        if file_kind(part) == "picture":
            data = self._data(part)
            picture = QImage.fromData(data) if data is not None else QImage()
            if not picture.isNull():
                yield from self._picture(picture, name)
                return
            name = f"{name} ({self._words.missing})"
        yield from self._words_in(f"[{name}]", self._look.small, colour=self._look.theme.dim)

    def _picture(self, picture: QImage, name: str) -> Iterator[Piece]:
        wide, high = float(picture.width()), float(picture.height())
        scale = min(1.0, self._width / wide, _TALLEST_PICTURE / high)

        def draw(painter: QPainter, top: float) -> None:
            painter.drawImage(QRectF(0.0, top, wide * scale, high * scale), picture)

        yield Piece(high * scale, draw, above=6.0, joins=True)
        yield from self._words_in(name, self._look.small, colour=self._look.theme.dim)

    def _words_in(self, text: str, face: Face, *, colour: str = "") -> Iterator[Piece]:
        return self._spans_in((Span(text),), face, colour)

    def _spans_in(self, spans: Sequence[Span], face: Face, colour: str) -> Iterator[Piece]:
        flow = Flow(spans, face, self._look, self._width, colour=colour)
        return kept_together(self._plain().lines(flow, Frame(), face))


def _moved(pieces: Iterable[Piece], by: float) -> Iterator[Piece]:
    """``pieces`` so many pixels further to the right, with what they stand on."""
    grounds: dict[Ground, Ground] = {}
    for piece in pieces:
        ground = piece.ground
        if ground is not None:
            further = replace(ground, left=ground.left + by, right=ground.right + by)
            ground = grounds.setdefault(ground, further)
        draw = None if piece.draw is None else partial(_draw_moved, piece.draw, by)
        yield replace(piece, draw=draw, ground=ground)


def _draw_moved(draw: Draw, by: float, painter: QPainter, top: float) -> None:
    painter.translate(by, 0.0)
    draw(painter, top)
    painter.translate(-by, 0.0)
