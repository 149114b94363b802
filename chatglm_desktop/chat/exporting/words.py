# SPDX-License-Identifier: MIT
"""The few words that exported files say themselves, in English unless told; knows no format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chatglm_desktop.core.errors import Failure, failure_kind, filled


def english_failure(failure: Failure) -> str:
    """What went wrong, in a sentence."""
    return filled(failure_kind(failure).summary, failure.host, "the service")


@dataclass(frozen=True, slots=True)
class Words:
    """``failed`` says in a sentence what a failure was."""

    you: str = "You"
    assistant: str = "Assistant"
    system: str = "System"
    thinking: str = "Thinking"
    sources: str = "Sources"
    picture: str = "Picture"
    untitled: str = "Conversation"
    attachment: str = "attachment"
    files: str = "files"
    missing: str = "no longer there"
    stopped: str = "Stopped"
    interrupted: str = "Interrupted: the app was closed before the end"
    arriving: str = "Still being written"
    failed: Callable[[Failure], str] = english_failure
