# SPDX-License-Identifier: MIT
"""A conversation as Markdown: replies as they were written, but what would run on is closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from chatglm_desktop.chat.exporting.format import LinkOf
from chatglm_desktop.chat.exporting.told import TimeText, Told, local_time, one_line, tell
from chatglm_desktop.chat.exporting.words import Words
from chatglm_desktop.core.attachments import file_kind
from chatglm_desktop.core.export_choice import ExportContents
from chatglm_desktop.core.exports import SavedConversation
from chatglm_desktop.core.links import is_web
from chatglm_desktop.core.messages import AttachmentPart, Message
from chatglm_desktop.markdown.blocks import Span
from chatglm_desktop.markdown.writing.enclosed import Enclosing
from chatglm_desktop.markdown.writing.inline import markdown_inline

_BRACKETS = re.compile(r"[\\\[\]<`*_$!]")
"""What could end the text of a link, or be more than a character in it."""
_ESCAPED = r"\\\g<0>"


class MarkdownFormat:
    """``link`` gives the address of an attachment."""

    def __init__(
        self, contents: ExportContents, words: Words, link: LinkOf, time: TimeText = local_time
    ) -> None:
        self._contents = contents
        self._words = words
        self._link = link
        self._time = time
        self._enclosed = Enclosing().enclosed

    def head(self, conversation: SavedConversation) -> str:
        title = one_line(conversation.summary.title) or self._words.untitled
        head = f"# {_plain(title)}\n"
        if self._contents.times and (made := self._time(conversation.summary.created_at)):
            head += f"\n*{made}*\n"
        return head

    def message(self, message: Message) -> str:
        told = tell(message, self._contents, self._words, self._time)
        return "\n" + "\n\n".join(part for part in self._parts(told) if part) + "\n"

    def foot(self) -> str:
        return ""

    def _parts(self, told: Told) -> Iterator[str]:
        yield f"## {_plain(' · '.join((told.name, *told.details)))}"
        yield "\n".join(map(self._attachment, told.attachments))
        if told.thinking.strip():
            yield _quoted(f"**{_plain(self._words.thinking)}**\n\n{self._enclosed(told.thinking)}")
        yield self._enclosed(told.text)
        for image in told.images:
            if is_web(image.url):
                # A link, as a picture would be loaded from the service when the file is read.
                yield _linked(self._words.picture, image.url)
        if told.sources:
            yield f"**{_plain(self._words.sources)}**"
            yield "\n".join(self._sources(told))
        if told.note:
            yield f"*{_plain(told.note)}*"

    def _sources(self, told: Told) -> Iterator[str]:
        for number, source in enumerate(told.sources, 1):
            title = one_line(source.title) or source.url
            shown = _linked(title, source.url) if is_web(source.url) else _plain(title)
            yield f"{number}. {shown}"

    def _attachment(self, part: AttachmentPart) -> str:
        name = one_line(part.name)
        link = self._link(part)
        if link is None:
            return f"- {_plain(name)} ({_plain(self._words.missing)})"
        picture = "!" if file_kind(part) == "picture" else ""
        return f"- {picture}[{_BRACKETS.sub(_ESCAPED, name)}]({quote(link)})"


def _plain(text: str) -> str:
    """Markdown that is read as ``text``, whatever is in it."""
    return markdown_inline((Span(text),), {}).replace("|", "\\|").replace("#", "\\#")


def _linked(text: str, url: str) -> str:
    """A link that cannot be left by what is in either."""
    target = quote(url, safe="!#$%&'*+,-./:;=?@_~")
    return f"[{_BRACKETS.sub(_ESCAPED, text)}]({target})"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
