# SPDX-License-Identifier: MIT
"""How much of a conversation fits into a model's context; guesses tokens, asks nobody."""

from __future__ import annotations

from collections.abc import Sequence

from chatglm_desktop.core.attachments import token_guess
from chatglm_desktop.core.generation import Generation
from chatglm_desktop.core.messages import Message, Role
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.core.tokens import estimate

_AROUND = 4
"""Tokens that a message takes besides its text: its role and its ends."""

_SHARE_OF_REPLY = 4
"""What part of the context is kept for a reply whose length is not limited by the user."""


def message_tokens(message: Message) -> int:
    """About how many tokens a message takes when it is sent: its text and what goes along."""
    return _AROUND + estimate(message.text) + sum(map(token_guess, message.attachments))


def room(model: ModelInfo, generation: Generation) -> int:
    """Tokens that the messages may take; 0 where the model's context is not known."""
    if not model.context:
        return 0
    reply = min(model.most_output or model.context, model.context // _SHARE_OF_REPLY)
    if generation.max_tokens is not None:
        # What the user wants of the reply goes first, but a question must fit as well.
        reply = min(generation.max_tokens, model.context - model.context // _SHARE_OF_REPLY)
    return max(1, model.context - reply - estimate(generation.system_prompt or ""))


def memory_start(turns: Sequence[tuple[Role, int]], room: int) -> int:
    """From which message on all fit into ``room`` tokens; ``turns`` are role and tokens of each.

    Whole turns are left out, from the oldest: what is sent begins with a question. The last turn
    is always sent, even if it alone is too long. 0 means that all of them fit.
    """
    questions = [index for index, (role, _) in enumerate(turns) if role is Role.USER]
    if not questions or room <= 0:
        return 0
    left = room
    start = len(turns)
    for question in reversed(questions):
        left -= sum(tokens for _, tokens in turns[question:start])
        if left < 0 and start < len(turns):
            return start
        start = question
    # What precedes the first question is sent along if there is room for it.
    return 0 if sum(tokens for _, tokens in turns[:start]) <= left else start
