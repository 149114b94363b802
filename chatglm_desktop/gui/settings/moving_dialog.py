# SPDX-License-Identifier: MIT
"""Asks whether the data is to lie in another folder; moves nothing."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from PySide6.QtWidgets import QWidget

from chatglm_desktop.gui.dialogs.frame import Frame
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.settings.moving import MoveRefusal, holds_data, place_in

if TYPE_CHECKING:
    from chatglm_desktop.gui.settings.safe import Safe


def ask_to_move(parent: QWidget, safe: Safe, folder: Path) -> str:
    """Open the question; returns why there is none to ask, "" if there is."""
    folder = place_in(folder)
    refused = safe.refusal(folder)
    if refused is not None:
        return refusal_words(refused)
    if holds_data(folder):
        dialog = Frame(
            parent,
            tr("Use the conversations in that folder?"),
            tr(
                "There are saved conversations in {new} already. The program starts again with "
                "those. Yours of now stay in {old}.",
                new=folder,
                old=safe.folder,
            ),
        )
        agree, act = tr("Use them and start again"), partial(safe.use, folder)
    else:
        dialog = Frame(
            parent,
            tr("Move the conversations?"),
            tr(
                "From {old}\nto {new}\n\nThe program ends, moves them, and starts again. "
                "Settings and keys stay where they are.",
                new=folder,
                old=safe.folder,
            ),
        )
        agree, act = tr("Move and start again"), partial(safe.move, folder)
    dialog.add_button(tr("Cancel")).clicked.connect(dialog.reject)
    button = dialog.add_button(agree, primary=True)
    button.clicked.connect(dialog.accept)
    button.setFocus()
    dialog.accepted.connect(act)
    dialog.open()
    return ""


def refusal_words(refused: MoveRefusal) -> str:
    """Why the data cannot go there."""
    match refused:
        case "there already":
            return tr("The conversations are there already.")
        case "into itself":
            return tr("A folder cannot be moved into itself.")
        case "taken":
            return tr("Something with the same name is in that folder already.")
        case "not writable":
            return tr("That folder cannot be written. Choose another one.")
        case _:
            assert_never(refused)
