# SPDX-License-Identifier: MIT
"""Which automatic title a conversation gets, and when; asks no model, saves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatglm_desktop.chat.titles import says_nothing, title_from, title_from_answer

if TYPE_CHECKING:
    from chatglm_desktop.core.conversation import ConversationSummary
    from chatglm_desktop.core.messages import Message


def first_title(question: Message) -> str:
    """What a conversation is called that begins with ``question``: by its files if it is blank."""
    names = ", ".join(part.name for part in question.attachments)
    return title_from(question.text or names)


def title_by_question(summary: ConversationSummary | None, question: Message) -> str:
    """A better title than the one of now, "" if there is none or none is needed."""
    title = first_title(question)
    return title if _nameless(summary) and not says_nothing(title) else ""


def title_by_answer(summary: ConversationSummary | None, answer: Message) -> str:
    """As :func:`title_by_question`, of what nothing that was asked could name."""
    return title_from_answer(answer.text) if _nameless(summary) else ""


def _nameless(summary: ConversationSummary | None) -> bool:
    """Whether a better title is still to come."""
    return summary is not None and not summary.titled_by_user and says_nothing(summary.title)
