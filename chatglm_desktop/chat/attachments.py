# SPDX-License-Identifier: MIT
"""Turns messages and the files that go along into what a model reads; knows no wire format."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, assert_never

from chatglm_desktop.chat.prompt import Turn
from chatglm_desktop.chat.reading import Reading
from chatglm_desktop.core.attachments import (
    Look,
    Refusal,
    Refused,
    file_kind,
    judge,
    newest_pictures,
    refusal_words,
)
from chatglm_desktop.core.errors import FileRefused
from chatglm_desktop.core.file_text import inlined
from chatglm_desktop.core.messages import Role
from chatglm_desktop.core.provider import RequestFile

if TYPE_CHECKING:
    from chatglm_desktop.chat.file_texts import FileTexts
    from chatglm_desktop.core.generation import Abilities
    from chatglm_desktop.core.messages import AttachmentPart, Message


class AttachmentReader:
    """:meth:`read` is how a service reads messages."""

    def __init__(self, texts: FileTexts) -> None:
        self._texts = texts

    async def read(self, branch: Sequence[Message], abilities: Abilities) -> Sequence[Turn]:
        """What the messages of ``branch`` say to a model of such abilities.

        Text stands before the question, in fences. Raises FileRefused where the last message has
        a file that the model does not take; of such files further up only the names are left, or
        a conversation could not go on with another model.
        """
        questions = (m.attachments for m in branch if m.role is Role.USER)
        files = _Files(self._texts, abilities, newest_pictures(questions))
        return [await files.turn(message, asked=message is branch[-1]) for message in branch]


class _Files:
    """The files of one request, with ``pictures`` as many as one may hold."""

    def __init__(self, texts: FileTexts, abilities: Abilities, pictures: frozenset[str]) -> None:
        self._texts = texts
        self._abilities = abilities
        self._pictures = pictures

    async def turn(self, message: Message, *, asked: bool) -> Turn:
        if not message.attachments:
            return Turn(message.role, message.text)
        reading = Reading()
        try:
            return await asyncio.to_thread(self._turn, message, reading, asked=asked)
        finally:
            # Stopped while the thread reads: nobody waits for it any more.
            reading.stop()

    def _turn(self, message: Message, reading: Reading, *, asked: bool) -> Turn:
        texts: list[str] = []
        files: list[RequestFile] = []
        for part in message.attachments:
            try:
                taken = self._take(part, reading)
            except Refused as error:
                if asked:
                    raise _file_refused(part, error.refusal) from error
                taken = _left_out(part)
            if isinstance(taken, str):
                texts.append(taken)
            elif message.role is not Role.USER:
                # A reply of another program; services take files with questions only.
                texts.append(_left_out(part))
            else:
                files.append(taken)
        text = "\n\n".join(filter(None, (*texts, message.text)))
        return Turn(message.role, text, tuple(files))

    def _take(self, part: AttachmentPart, reading: Reading) -> str | RequestFile:
        """What is sent of one file. Raises Refused and GivenUp."""
        if refusal := judge(part, Look(), self._abilities):
            raise Refused(refusal)
        kind = file_kind(part)
        match kind:
            case "picture":
                return self._file(part) if part.digest in self._pictures else _left_out(part)
            case "document":
                return self._file(part)
            case "pdf" if self._abilities.uploads:
                return self._file(part)
            case "pdf":
                return inlined(part.name, self._texts.text(part, reading), "")
            case "text":
                return inlined(part.name, self._texts.text(part, reading))
            case _:
                assert_never(kind)

    def _file(self, part: AttachmentPart) -> RequestFile:
        return RequestFile(part.name, part.media_type, self._texts.data(part))


def _left_out(part: AttachmentPart) -> str:
    """What an earlier message says of a file that cannot go along any more; for the model."""
    return f"[Attached file, not included: {' '.join(part.name.split())}]"


def _file_refused(part: AttachmentPart, refusal: Refusal) -> FileRefused:
    # With the refusal itself, which the window can say in other languages.
    return FileRefused(f"{part.name}: {refusal_words(refusal)}", code=refusal)
