# SPDX-License-Identifier: MIT
"""What can be exported now, and where it goes; knows no widget and writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from chatglm_desktop.chat.exporting.making import is_single
from chatglm_desktop.chat.exporting.names import safe_name
from chatglm_desktop.core.export_choice import ExportChoice
from chatglm_desktop.core.exports import SUFFIXES, ExportOrder, ExportScope


@dataclass(frozen=True, slots=True)
class ExportOffer:
    """Something that can be exported: how it is called for the user, and as a file."""

    label: str
    scope: ExportScope
    name: str


def order_of(offer: ExportOffer, choice: ExportChoice, target: Path) -> ExportOrder:
    return ExportOrder(offer.scope, choice.format, choice.contents, target, choice.zipped)


def is_folder(offer: ExportOffer, choice: ExportChoice) -> bool:
    """Whether the result is a folder."""
    return is_many(offer, choice) and not choice.zipped


def is_many(offer: ExportOffer, choice: ExportChoice) -> bool:
    """Whether the result are several files unless they are packed."""
    return not is_single(order_of(offer, choice, Path()))


def suffix(offer: ExportOffer, choice: ExportChoice) -> str:
    """How the name of the result ends."""
    if is_folder(offer, choice):
        return ""
    return ".zip" if is_many(offer, choice) else SUFFIXES[choice.format]


def free_target(folder: Path, offer: ExportOffer, choice: ExportChoice, fallback: str) -> Path:
    """Where the result can go without taking the place of anything."""
    stem, end = safe_name(offer.name, fallback), suffix(offer, choice)
    target, number = folder / f"{stem}{end}", 1
    while target.exists():
        number += 1
        target = folder / f"{stem} ({number}){end}"
    return target
