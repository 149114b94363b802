# SPDX-License-Identifier: MIT
"""What a model reads of files: text in fences, pictures and documents as they are."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from chatglm_desktop.chat.attachments import AttachmentReader
from chatglm_desktop.chat.file_texts import FileTexts
from chatglm_desktop.chat.prompt import Turn
from chatglm_desktop.core.attachments import MOST_FILES, PDF_TYPE, TEXT_TYPE, Refusal, refusal_words
from chatglm_desktop.core.errors import FileRefused
from chatglm_desktop.core.generation import Abilities
from chatglm_desktop.core.messages import AttachmentPart, Message, Part, Role, TextPart
from chatglm_desktop.core.provider import RequestFile
from chatglm_desktop.store.attachments import AttachmentFiles
from tests.helpers.pdf_files import pdf

NOTHING = Abilities()
SEES = Abilities(images=True)
READS = Abilities(images=True, uploads=True)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PIXELS = b"\x89PNG and so on"


class Desk:
    """Real files, and a reader of messages that name them."""

    def __init__(self, folder: Path) -> None:
        self.files = AttachmentFiles(folder)
        self.reader = AttachmentReader(FileTexts(self.files))

    def part(self, name: str, data: bytes, media_type: str = TEXT_TYPE) -> AttachmentPart:
        return AttachmentPart(name, media_type, len(data), self.files.put(data))

    async def read(self, *branch: Message, abilities: Abilities = NOTHING) -> list[Turn]:
        return list(await self.reader.read(branch, abilities))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def question(*parts: Part | str) -> Message:
    held = (TextPart(part) if isinstance(part, str) else part for part in parts)
    return Message("q", Role.USER, tuple(held), 1.0)


REPLY = Message("a", Role.ASSISTANT, (TextPart("Yes"),), 2.0)


async def test_text_stands_before_the_question_in_a_fence(desk: Desk) -> None:
    code = desk.part("main.py", b'"""A ``` fence"""\n')
    notes = desk.part("笔记.txt", "你好".encode("gbk"))
    (turn,) = await desk.read(question("What is it?", code, notes))
    assert turn == Turn(
        Role.USER,
        'main.py:\n````python\n"""A ``` fence"""\n````\n\n笔记.txt:\n```\n你好\n```\n\nWhat is it?',
    )


async def test_files_without_words_are_enough(desk: Desk) -> None:
    (turn,) = await desk.read(question(desk.part("a", b"x")))
    assert turn.text == "a:\n```\nx\n```"


async def test_pictures_go_along_as_they_are(desk: Desk) -> None:
    picture = desk.part("a.png", PIXELS, "image/png")
    (turn,) = await desk.read(question("Look", picture), abilities=SEES)
    assert turn == Turn(Role.USER, "Look", (RequestFile("a.png", "image/png", PIXELS),))


async def test_pictures_and_documents_of_a_reply_are_only_named(desk: Desk) -> None:
    picture = desk.part("made.png", PIXELS, "image/png")
    letter = desk.part("b.docx", b"PK\3\4", DOCX)
    reply = Message("a", Role.ASSISTANT, (TextPart("Here"), picture, letter), 2.0)
    _, said, _ = await desk.read(question("Draw"), reply, question("Nice"), abilities=READS)
    assert said == Turn(
        Role.ASSISTANT,
        "[Attached file, not included: made.png]\n\n[Attached file, not included: b.docx]\n\nHere",
    )


async def test_documents_go_where_the_service_reads_them(desk: Desk) -> None:
    data = pdf("Hello")
    report = desk.part("a.pdf", data, PDF_TYPE)
    letter = desk.part("b.docx", b"PK\3\4", DOCX)
    (turn,) = await desk.read(question(report, letter), abilities=READS)
    assert turn.text == ""
    assert [file.data for file in turn.files] == [data, b"PK\3\4"]


async def test_the_text_of_a_pdf_goes_elsewhere(desk: Desk) -> None:
    (turn,) = await desk.read(question("?", desk.part("a.pdf", pdf("Hello"), PDF_TYPE)))
    assert turn == Turn(Role.USER, "a.pdf:\n```\n[Page 1]\nHello\n```\n\n?")


@pytest.mark.parametrize(
    ("name", "data", "media_type", "refusal"),
    [
        ("a.png", PIXELS, "image/png", "no pictures"),
        ("a.docx", b"PK\3\4", DOCX, "no documents"),
        ("a.pdf", pdf(""), PDF_TYPE, "scanned pdf"),
        ("a", b"\0", TEXT_TYPE, "unknown kind"),
    ],
)
async def test_a_refusal_names_the_file_and_why(
    desk: Desk, name: str, data: bytes, media_type: str, refusal: Refusal
) -> None:
    with pytest.raises(FileRefused) as caught:
        await desk.read(question("Look", desk.part(name, data, media_type)))
    failure = caught.value.failure
    assert failure.words == f"{name}: {refusal_words(refusal)}"
    assert (failure.kind, failure.code) == ("FileRefused", refusal)


async def test_a_file_that_is_gone_is_told(desk: Desk) -> None:
    part = desk.part("a.txt", b"x")
    desk.files.path(part.digest).unlink()
    with pytest.raises(FileRefused, match=r"a.txt: The file is no longer on this computer"):
        await desk.read(question(part))


async def test_with_another_model_a_conversation_goes_on(desk: Desk) -> None:
    first = question("Look", desk.part("a\nb.png", PIXELS, "image/png"))
    turns = await desk.read(first, REPLY, question("And now?"), abilities=NOTHING)
    assert [turn.text for turn in turns] == [
        "[Attached file, not included: a b.png]\n\nLook",
        "Yes",
        "And now?",
    ]
    assert not any(turn.files for turn in turns)


async def test_only_the_newest_pictures_go_along(desk: Desk) -> None:
    old = [desk.part(f"{n}.png", PIXELS + bytes([n]), "image/png") for n in range(3)]
    new = [
        desk.part(f"{n}.png", PIXELS + bytes([n]), "image/png") for n in range(3, MOST_FILES + 2)
    ]
    turns = await desk.read(question("1", *old), REPLY, question("2", *new), abilities=SEES)
    assert turns[0].text.count("not included") == 2
    assert [file.name for file in turns[0].files] == ["2.png"]
    assert len(turns[2].files) == MOST_FILES - 1


async def test_reading_ends_soon_when_it_is_stopped(desk: Desk) -> None:
    part = desk.part("a.pdf", pdf(*["Hello"] * 200), PDF_TYPE)
    task = asyncio.ensure_future(desk.read(question(part)))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
