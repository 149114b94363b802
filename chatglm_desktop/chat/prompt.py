# SPDX-License-Identifier: MIT
"""Turns what was said into a provider's request; pure, knows no transport and no file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatglm_desktop.core.messages import Role
from chatglm_desktop.core.provider import Provider, RequestFile, RequestMessage

_SPEAKER = {Role.USER: "User", Role.ASSISTANT: "Assistant", Role.SYSTEM: "System"}


@dataclass(frozen=True, slots=True)
class Turn:
    """What one message says to the model, the text of attached files included."""

    role: Role
    text: str
    files: tuple[RequestFile, ...] = ()


def request_messages(
    turns: Sequence[Turn], provider: Provider, system_prompt: str = ""
) -> list[RequestMessage]:
    """The request for a reply to ``turns``, in the form that ``provider`` supports.

    A service without history or system role gets one user text (protocol A.8).
    """
    said = [turn for turn in turns if turn.text or turn.files]
    if not provider.supports_message_history:
        return [{"role": "user", "content": fold_history(said, system_prompt)}]
    messages = [_message(turn) for turn in said]
    if system_prompt and provider.supports_system_message:
        messages.insert(0, {"role": "system", "content": system_prompt})
    elif system_prompt:
        messages[0]["content"] = f"{system_prompt}\n\n{messages[0]['content']}"
    return messages


def fold_history(turns: Sequence[Turn], system_prompt: str = "") -> str:
    """One text that holds the system prompt and every turn, each under its speaker.

    A lone question without a system prompt stays as the user wrote it.
    """
    if len(turns) == 1 and not system_prompt:
        return turns[0].text
    parts = [f"System: {system_prompt}"] if system_prompt else []
    parts += [f"{_SPEAKER[turn.role]}: {turn.text}" for turn in turns]
    return "\n\n".join(parts)


def _message(turn: Turn) -> RequestMessage:
    message: RequestMessage = {"role": turn.role.value, "content": turn.text}
    if turn.files:
        message["files"] = turn.files
    return message
