# SPDX-License-Identifier: MIT
"""What may go along with a message, and why something may not (protocol B.7); reads no file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal, TypeAlias, assert_never

from chatglm_desktop.core.generation import Abilities
from chatglm_desktop.core.messages import AttachmentPart
from chatglm_desktop.core.pictures import MOST_PIXELS

MOST_FILES = 50
"""Files of one message, and pictures of one request."""

MOST_FILE_BYTES = 50_000_000
"""Bytes of a file that is taken at all. Pictures become smaller before they are sent."""

MOST_TEXT_BYTES = 2_000_000
"""Bytes of a text file: all of it becomes part of the question."""

MOST_PICTURE_BYTES = 4_900_000
"""Bytes of a picture as it is sent: the service wants less than 5 MB."""

MOST_PICTURE_SIDE = 4096
"""Pixels of a picture's longer side as it is sent. 6000 would be taken, but show no more."""

MOST_PDF_PAGES = 1000
MOST_PDF_CHARACTERS = 2_000_000
MOST_PDF_SECONDS = 60

MANY_TOKENS = 32_000
"""From here on a file is marked as large: a quarter of what most models remember."""

FileKind: TypeAlias = Literal["picture", "text", "pdf", "document"]

Refusal: TypeAlias = Literal[
    "missing",
    "unreadable",
    "folder",
    "empty",
    "not kept",
    "too many",
    "too large",
    "unknown kind",
    "text too large",
    "broken picture",
    "too many pixels",
    "no pictures",
    "no documents",
    "locked pdf",
    "broken pdf",
    "scanned pdf",
    "long pdf",
    "large pdf",
    "slow pdf",
]

REFUSALS: Mapping[Refusal, tuple[str, int]] = {
    "missing": ("The file is no longer on this computer.", 0),
    "unreadable": ("The file cannot be read.", 0),
    "folder": ("A folder cannot be sent. Choose the files in it.", 0),
    "empty": ("The file is empty.", 0),
    "not kept": ("The file could not be kept. Is there space left on the disk?", 0),
    "too many": ("At most {most} files can go along.", MOST_FILES),
    "too large": ("A file can have at most {most} MB.", MOST_FILE_BYTES // 1_000_000),
    "unknown kind": ("Files of this kind cannot be sent. Pictures, text, code and PDF can.", 0),
    "text too large": ("A text file can have at most {most} MB.", MOST_TEXT_BYTES // 1_000_000),
    "broken picture": ("The picture is damaged, or of a kind that is not known here.", 0),
    "too many pixels": (
        "A picture can have at most {most} million pixels.",
        MOST_PIXELS // 1_000_000,
    ),
    "no pictures": ("This model does not see pictures. Choose one that does.", 0),
    "no documents": ("This model does not read such documents. Save it as PDF or text.", 0),
    "locked pdf": ("The PDF is locked with a password.", 0),
    "broken pdf": ("The PDF is damaged.", 0),
    "scanned pdf": ("The PDF holds pictures of pages, but no text.", 0),
    "long pdf": ("A PDF can have at most {most} pages.", MOST_PDF_PAGES),
    "large pdf": (
        "A PDF can hold at most {most} million characters.",
        MOST_PDF_CHARACTERS // 1_000_000,
    ),
    "slow pdf": ("The PDF takes more than {most} seconds to read.", MOST_PDF_SECONDS),
}
"""What is said of each refusal: a catalogue key, and the limit that stands for ``{most}``."""

_BEYOND_THIS_PROGRAM: frozenset[Refusal] = frozenset(
    {"scanned pdf", "long pdf", "large pdf", "slow pdf"}
)
"""Why this program finds no text in a PDF in which a service may find some."""

_DOCUMENTS: Mapping[str, str] = {
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF = b"%PDF-"
_PDF_BEGINS_WITHIN = 1024
"""Bytes that may precede a PDF's first line."""

PDF_TYPE = "application/pdf"
TEXT_TYPE = "text/plain"

_TOKENS_OF_PICTURE = 1_200
"""About as many as for 1024 by 1024 pixels."""

_BYTES_PER_TOKEN: Mapping[FileKind, int] = {"text": 3, "pdf": 40, "document": 20}
"""A PDF is mostly fonts and pictures."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was found in a file: about how many ``tokens`` its text takes, or why there is none."""

    tokens: int = 0
    refusal: Refusal | None = None


class Refused(Exception):
    """A file that cannot be sent."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal: Refusal = refusal


def refusal_words(refusal: Refusal) -> str:
    """Why a file is refused, in English, with the limit."""
    words, most = REFUSALS[refusal]
    return words.format(most=most)


def file_kind(part: AttachmentPart) -> FileKind:
    """What is done with an attachment."""
    if part.media_type.startswith("image/"):
        return "picture"
    if part.media_type == PDF_TYPE:
        return "pdf"
    return "document" if part.media_type in _DOCUMENTS.values() else "text"


def document_type(name: str, data: bytes) -> str:
    """The media type of a PDF or an office document; "" for anything else."""
    if _PDF in data[:_PDF_BEGINS_WITHIN]:
        return PDF_TYPE
    if data.startswith((_ZIP, _OLE)):
        return _DOCUMENTS.get(PurePath(name).suffix.lower(), "")
    return ""


def judge(part: AttachmentPart, look: Look, abilities: Abilities) -> Refusal | None:
    """Why ``part`` cannot be sent to a model of such abilities; None if it can."""
    kind = file_kind(part)
    match kind:
        case "picture":
            return look.refusal or (None if abilities.images else "no pictures")
        case "document":
            return look.refusal or (None if abilities.uploads else "no documents")
        case "pdf":
            elsewhere = abilities.uploads and look.refusal in _BEYOND_THIS_PROGRAM
            return None if elsewhere else look.refusal
        case "text":
            return look.refusal
        case _:
            assert_never(kind)


def token_guess(part: AttachmentPart) -> int:
    """About how many tokens an attachment takes, by its size alone."""
    kind = file_kind(part)
    return _TOKENS_OF_PICTURE if kind == "picture" else part.size // _BYTES_PER_TOKEN[kind]


def newest_pictures(questions: Iterable[tuple[AttachmentPart, ...]]) -> frozenset[str]:
    """The digests of the pictures that one request may hold, of all ``questions`` in order."""
    pictures = [p.digest for parts in questions for p in parts if file_kind(p) == "picture"]
    return frozenset(pictures[-MOST_FILES:])
