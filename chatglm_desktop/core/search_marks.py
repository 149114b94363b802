# SPDX-License-Identifier: MIT
"""The tokens that stand for what is known of a message besides its words; knows no index."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator

from chatglm_desktop.core.fold import fold
from chatglm_desktop.core.messages import AttachmentPart, ImagesPart, Part, ReasoningPart, TextPart
from chatglm_desktop.core.search import Author, Trait

# Characters that no word consists of, so that no text has such a token.
_AUTHOR = "\ue000"
_TRAIT = "\ue001"
_MODEL = "\ue002"
_CONVERSATION = "\ue003"

_ROLES: dict[str, Author] = {"user": "me", "assistant": "ai"}

_CODE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_TABLE = re.compile(r"^(?=[^\n|]*\|)(?=[^\n-]*-)[ \t|:-]+$", re.MULTILINE)
"""The line below a table's head."""

_LINK = re.compile(r"https?://\S|\]\([^\s)]")


def author_token(author: Author) -> str:
    return _AUTHOR + author


def trait_token(trait: Trait) -> str:
    return _TRAIT + trait


def model_token(model: str) -> str:
    """A name may consist of anything, and be long; two models may share a token."""
    return _MODEL + _short(fold(model))


def conversation_token(id: str) -> str:
    """Two conversations may share a token."""
    return _CONVERSATION + _short(id)


def marks(conversation_id: str, role: str, model: str, parts: Iterable[Part]) -> Iterator[str]:
    """The tokens of a message besides those of its words."""
    yield conversation_token(conversation_id)
    if role in _ROLES:
        yield author_token(_ROLES[role])
    if model:
        yield model_token(model)
    for trait in traits(parts):
        yield trait_token(trait)


def traits(parts: Iterable[Part]) -> set[Trait]:
    """What there is in a message besides its words."""
    found: set[Trait] = set()
    for part in parts:
        match part:
            case TextPart(text):
                found |= _of_text(text)
            case ReasoningPart(text) if text:
                found.add("thinking")
            case ImagesPart(items) if items:
                found.add("image")
            case AttachmentPart(_, media_type):
                found.add("image" if media_type.startswith("image/") else "file")
            case _:
                pass
    return found


def _of_text(text: str) -> set[Trait]:
    found: set[Trait] = set()
    if _CODE.search(text):
        found.add("code")
    if "|" in text and _TABLE.search(text):
        found.add("table")
    if _LINK.search(text):
        found.add("link")
    return found


def _short(text: str) -> str:
    return f"{zlib.crc32(text.encode(errors='replace')):x}"
