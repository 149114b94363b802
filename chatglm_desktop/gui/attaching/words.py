# SPDX-License-Identifier: MIT
"""What is said of files: why one cannot be sent, how large one is; knows no widget."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from chatglm_desktop.core.attachments import MANY_TOKENS, REFUSALS, Refusal, file_kind
from chatglm_desktop.gui.attaching.shelf import ShelfItem
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.rows.notes import byte_count


def refusal_text(refusal: Refusal) -> str:
    """Why a file is refused, in the user's language, with the limit."""
    words, most = REFUSALS[refusal]
    return tr(words).format(most=most)


def item_note(item: ShelfItem) -> str:
    """What stands below the name of a file, where there is little room."""
    if item.refusal is not None:
        return _in_short(item.refusal)
    if item.part is None or item.look is None:
        percent = round((item.share or 0.0) * 100)
        return tr("Reading… {percent}%", percent=percent) if percent else tr("Reading…")
    size = byte_count(item.part.size)
    if file_kind(item.part) == "picture" or not item.look.tokens:
        return size
    tokens = QLocale(QLocale.Language.English).toString(item.look.tokens)
    return tr("{size}, ≈ {tokens} tokens", size=size, tokens=tokens)


def is_large(item: ShelfItem) -> bool:
    """Whether a file takes so much of what the model remembers that one should know."""
    return item.look is not None and item.look.tokens >= MANY_TOKENS


def _in_short(refusal: Refusal) -> str:
    shorts: dict[Refusal, str] = {
        "missing": tr("No longer there"),
        "unreadable": tr("Cannot be read"),
        "folder": tr("A folder"),
        "empty": tr("Empty"),
        "not kept": tr("Could not be kept"),
        "too many": tr("Too many files"),
        "too large": tr("Too large"),
        "unknown kind": tr("Unknown kind of file"),
        "text too large": tr("Too large"),
        "broken picture": tr("Damaged or unknown"),
        "too many pixels": tr("Too many pixels"),
        "no pictures": tr("Not seen by this model"),
        "no documents": tr("Not read by this model"),
        "locked pdf": tr("Locked"),
        "broken pdf": tr("Damaged"),
        "scanned pdf": tr("No text in it"),
        "long pdf": tr("Too many pages"),
        "large pdf": tr("Too much text"),
        "slow pdf": tr("Takes too long to read"),
    }
    return shorts[refusal]
