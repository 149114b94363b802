# SPDX-License-Identifier: MIT
"""What the user has written and attached but not sent; knows no editor."""

from __future__ import annotations

from dataclasses import dataclass

from chatglm_desktop.core.messages import AttachmentPart


@dataclass(frozen=True, slots=True)
class Draft:
    """False if there is nothing in it.

    ``queued`` are messages that the user has sent while a reply was running: they wait for its
    end. They have no queue themselves.
    """

    text: str = ""
    attachments: tuple[AttachmentPart, ...] = ()
    queued: tuple[Draft, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text or self.attachments or self.queued)
