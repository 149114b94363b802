# SPDX-License-Identifier: MIT
"""What can be done with a message in the transcript, and what of it now; knows no pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from chatglm_desktop.core.history import Versions
from chatglm_desktop.core.messages import Message, Role

ToolName: TypeAlias = Literal[
    "copy", "regenerate", "edit", "quote", "previous", "next", "delete", "more"
]


@dataclass(frozen=True, slots=True)
class Tool:
    """A button of a message; one that is not ``enabled`` keeps its place."""

    name: ToolName
    enabled: bool = True


def tools_of(
    message: Message, *, locked: bool, selected: bool, versions: Versions | None
) -> tuple[Tool, ...]:
    """The buttons of ``message`` from left to right; none while it is still arriving.

    ``locked`` is whether any reply is running, ``selected`` whether some of the message is.
    """
    if message.state.running:
        return ()
    tools = [Tool("copy", bool(message.text))]
    if message.role is Role.ASSISTANT:
        tools.append(Tool("regenerate", not locked))
    elif message.role is Role.USER:
        tools.append(Tool("edit", not locked))
    tools.append(Tool("quote", selected))
    if versions is not None and versions.count > 1:
        tools.append(Tool("previous", not locked and versions.index > 0))
        tools.append(Tool("next", not locked and versions.index < versions.count - 1))
    tools.append(Tool("delete", not locked))
    tools.append(Tool("more"))
    return tuple(tools)
