# SPDX-License-Identifier: MIT
"""What may be shown as a picture, and why one cannot be; knows no network and no decoder."""

from __future__ import annotations

from typing import Literal, TypeAlias

MOST_BYTES = 20 * 1024 * 1024
"""Bytes of a file that is loaded as a picture."""

MOST_PIXELS = 40_000_000
"""Pixels of a picture that is decoded: four bytes each."""

_ATTACHED = "attachment:"

PictureProblem: TypeAlias = Literal[
    "unreachable", "timed out", "refused", "too large", "not a picture", "missing"
]


class PictureError(Exception):
    """A picture that cannot be shown."""

    def __init__(self, problem: PictureProblem) -> None:
        super().__init__(problem)
        self.problem: PictureProblem = problem


def attached(digest: str) -> str:
    """The address of an attachment."""
    return _ATTACHED + digest


def attachment_digest(address: str) -> str:
    """The digest in the address of an attachment; "" for an address of the web."""
    return address.removeprefix(_ATTACHED) if address.startswith(_ATTACHED) else ""
