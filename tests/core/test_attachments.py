# SPDX-License-Identifier: MIT
"""What may go along with a message, and what is said of the rest."""

from __future__ import annotations

from string import Formatter
from typing import get_args

import pytest

from chatglm_desktop.core.attachments import (
    MOST_FILES,
    PDF_TYPE,
    REFUSALS,
    TEXT_TYPE,
    FileKind,
    Look,
    Refusal,
    Refused,
    document_type,
    file_kind,
    judge,
    newest_pictures,
    refusal_words,
    token_guess,
)
from chatglm_desktop.core.generation import Abilities
from chatglm_desktop.core.messages import AttachmentPart

NOTHING = Abilities()
SEES = Abilities(images=True)
READS = Abilities(uploads=True)

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def part(media_type: str, size: int = 9, digest: str = "d") -> AttachmentPart:
    return AttachmentPart("name", media_type, size, digest)


PICTURE, TEXT, PDF, DOCUMENT = map(part, ("image/png", TEXT_TYPE, PDF_TYPE, DOCX))


def test_every_refusal_has_words_and_those_with_a_limit_name_it() -> None:
    assert set(REFUSALS) == set(get_args(Refusal))
    for words, most in REFUSALS.values():
        named = {name for _, name, _, _ in Formatter().parse(words) if name is not None}
        assert named == ({"most"} if most else set())
    assert refusal_words("too large") == "A file can have at most 50 MB."
    assert refusal_words("empty") == "The file is empty."
    assert Refused("empty").refusal == "empty"


@pytest.mark.parametrize(
    ("attachment", "kind"),
    [(PICTURE, "picture"), (TEXT, "text"), (PDF, "pdf"), (DOCUMENT, "document")],
)
def test_the_media_type_tells_the_kind(attachment: AttachmentPart, kind: FileKind) -> None:
    assert file_kind(attachment) == kind


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.pdf", b"%PDF-1.7\n", PDF_TYPE),
        ("a", b"junk before it\n%PDF-1.4", PDF_TYPE),
        ("late.pdf", b" " * 1024 + b"%PDF-1.4", ""),
        ("Report.DOCX", b"PK\x03\x04rest", DOCX),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/vnd.ms-excel"),
        ("archive.zip", b"PK\x03\x04rest", ""),
        ("not.docx", b"text", ""),
    ],
)
def test_documents_are_known_by_what_is_in_them(name: str, data: bytes, media_type: str) -> None:
    assert document_type(name, data) == media_type


@pytest.mark.parametrize(
    ("attachment", "abilities", "refusal"),
    [
        (PICTURE, SEES, None),
        (PICTURE, NOTHING, "no pictures"),
        (PICTURE, READS, "no pictures"),
        (TEXT, NOTHING, None),
        (PDF, NOTHING, None),
        (DOCUMENT, SEES, "no documents"),
        (DOCUMENT, READS, None),
    ],
)
def test_the_model_decides(
    attachment: AttachmentPart, abilities: Abilities, refusal: Refusal | None
) -> None:
    assert judge(attachment, Look(), abilities) == refusal


@pytest.mark.parametrize("refusal", ["scanned pdf", "long pdf", "large pdf", "slow pdf"])
def test_a_service_may_read_what_this_program_does_not(refusal: Refusal) -> None:
    assert judge(PDF, Look(0, refusal), NOTHING) == refusal
    assert judge(PDF, Look(0, refusal), READS) is None


@pytest.mark.parametrize("refusal", ["locked pdf", "broken pdf", "missing"])
def test_what_nobody_can_read_is_not_sent_anywhere(refusal: Refusal) -> None:
    for attachment in (PICTURE, TEXT, PDF, DOCUMENT):
        assert judge(attachment, Look(0, refusal), Abilities(images=True, uploads=True)) == refusal


def test_sizes_tell_about_how_many_tokens() -> None:
    sizes = (part(kind, 12_000) for kind in ("image/png", TEXT_TYPE, PDF_TYPE, DOCX))
    assert [token_guess(attachment) for attachment in sizes] == [1200, 4000, 300, 600]


def test_a_request_holds_the_newest_pictures() -> None:
    old = tuple(part("image/png", digest=f"old {n}") for n in range(3))
    new = tuple(part("image/png", digest=f"new {n}") for n in range(MOST_FILES - 1))
    kept = newest_pictures([old, (TEXT,), new])
    assert kept == {"old 2", *(f"new {n}" for n in range(MOST_FILES - 1))}
