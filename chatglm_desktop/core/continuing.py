# SPDX-License-Identifier: MIT
"""How an answer that broke off is gone on with in its place; knows no provider."""

from __future__ import annotations

import re

from chatglm_desktop.core.deltas import Delta, Images, Revision, Sources
from chatglm_desktop.core.messages import (
    ImagesPart,
    Message,
    MessageState,
    Role,
    SourcesPart,
    TextPart,
)

_BROKEN = (MessageState.STOPPED, MessageState.FAILED, MessageState.INTERRUPTED)
_CUT = frozenset({"length", "model_context_window_exceeded"})
_CHINESE = re.compile("[\u4e00-\u9fff]")
_LOOKED_AT = 200
"""Characters at the end of an answer that tell in which language it is."""


def can_continue(message: Message) -> bool:
    """Whether ``message`` is an answer with some text that did not come to its own end."""
    if message.role is not Role.ASSISTANT or not message.text.strip():
        return False
    return message.state in _BROKEN or message.finish_reason in _CUT


def request_to_continue(message: Message) -> Message:
    """What the model is asked after its unfinished ``message``."""
    if _CHINESE.search(message.text[-_LOOKED_AT:]):
        words = "请从你上一条回答中断的地方直接继续写，不要重复已有内容，也不要添加任何开场白。"
    else:
        words = (
            "Continue your last answer exactly where it broke off. Repeat nothing of it and begin"
            " without any introduction."
        )
    return Message("", Role.USER, (TextPart(words),), message.created_at)


def continued(message: Message, delta: Delta) -> Delta:
    """``delta`` of what follows, for the whole answer that begins with ``message``."""
    match delta:
        case Revision(text, "text"):
            return Revision(message.text + text)
        case Revision(text, kind):
            thought = message.reasoning
            return Revision((thought.text if thought else "") + text, kind)
        case Sources(items):
            known = [part.items for part in message.parts if isinstance(part, SourcesPart)]
            return Sources((*sum(known, ()), *items))
        case Images(items):
            shown = [part.items for part in message.parts if isinstance(part, ImagesPart)]
            return Images((*sum(shown, ()), *items))
        case _:
            return delta
