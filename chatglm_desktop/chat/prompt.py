# SPDX-License-Identifier: MIT
"""Turns a branch of messages into a provider's request; pure, knows no transport."""

from __future__ import annotations

from collections.abc import Sequence

from chatglm_desktop.core.messages import Message, Role
from chatglm_desktop.core.provider import Provider, RequestMessage

_SPEAKER = {Role.USER: "User", Role.ASSISTANT: "Assistant", Role.SYSTEM: "System"}


def request_messages(
    branch: Sequence[Message], provider: Provider, system_prompt: str = ""
) -> list[RequestMessage]:
    """The request for a reply to ``branch``, in the form that ``provider`` supports.

    A service without history or system role gets one user text (protocol A.8).
    """
    turns = [message for message in branch if message.text]
    if not provider.supports_message_history:
        return [{"role": "user", "content": fold_history(turns, system_prompt)}]
    messages: list[RequestMessage] = [
        {"role": message.role.value, "content": message.text} for message in turns
    ]
    if system_prompt and provider.supports_system_message:
        messages.insert(0, {"role": "system", "content": system_prompt})
    elif system_prompt:
        messages[0] = {
            "role": messages[0]["role"],
            "content": f"{system_prompt}\n\n{messages[0]['content']}",
        }
    return messages


def fold_history(turns: Sequence[Message], system_prompt: str = "") -> str:
    """One text that holds the system prompt and every turn, each under its speaker.

    A lone question without a system prompt stays as the user wrote it.
    """
    if len(turns) == 1 and not system_prompt:
        return turns[0].text
    parts = [f"System: {system_prompt}"] if system_prompt else []
    parts += [f"{_SPEAKER[turn.role]}: {turn.text}" for turn in turns]
    return "\n\n".join(parts)
