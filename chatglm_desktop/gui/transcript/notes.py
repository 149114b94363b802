# SPDX-License-Identifier: MIT
"""What is said under a message about how it ended; knows no drawing."""

from __future__ import annotations

from chatglm_desktop.core.messages import MessageState
from chatglm_desktop.gui.strings import tr


def state_note(state: MessageState) -> str:
    """A short remark for a reply that did not end by itself, "" for all others."""
    match state:
        case MessageState.STOPPED:
            return tr("Stopped")
        case MessageState.INTERRUPTED:
            return tr("Interrupted: the app was closed before the end")
        case _:
            return ""
