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
    """What stands below the name of a file."""
    if item.refusal is not None:
        return refusal_text(item.refusal)
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
