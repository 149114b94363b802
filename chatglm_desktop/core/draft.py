# SPDX-License-Identifier: MIT
"""What the user has written and attached but not sent; knows no editor."""

from __future__ import annotations

from dataclasses import dataclass

from chatglm_desktop.core.messages import AttachmentPart


@dataclass(frozen=True, slots=True)
class Draft:
    """False if there is nothing in it."""

    text: str = ""
    attachments: tuple[AttachmentPart, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text or self.attachments)


@dataclass(frozen=True, slots=True)
class Queued:
    """A question that waits until a reply has ended; ``id`` is its own as long as it waits."""

    id: int
    question: Draft
