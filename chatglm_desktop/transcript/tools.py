# SPDX-License-Identifier: MIT
"""What can be done with a message in the transcript, and what of it now; knows no pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from chatglm_desktop.core.continuing import can_continue
from chatglm_desktop.core.history import Versions
from chatglm_desktop.core.messages import Message, Role

ToolName: TypeAlias = Literal[
    "copy", "regenerate", "continue", "edit", "quote", "previous", "next", "delete", "more"
]


VerbName: TypeAlias = Literal["edit", "retry_with", "compare", "branch_off"]


@dataclass(frozen=True, slots=True)
class Tool:
    """A button of a message; one that is not ``enabled`` keeps its place."""

    name: ToolName
    enabled: bool = True


def tools_of(
    message: Message,
    *,
    locked: bool,
    selected: bool,
    versions: Versions | None,
    last: bool = False,
) -> tuple[Tool, ...]:
    """The buttons of ``message`` from left to right; none while it is still arriving.

    ``locked`` is whether any reply is running, ``selected`` whether some of the message is,
    ``last`` whether nothing follows it.
    """
    if message.state.running:
        return ()
    tools = [Tool("copy", bool(message.text))]
    if message.role is Role.ASSISTANT:
        tools.append(Tool("regenerate", not locked))
        if last and can_continue(message):
            tools.append(Tool("continue", not locked))
    elif message.role is Role.USER:
        tools.append(Tool("edit", not locked))
    tools += [Tool("quote", selected), Tool("delete", not locked), Tool("more")]
    switch = switcher_of(message, locked=locked, versions=versions)
    # At the edge at which the message stands, where the switch is also seen alone.
    return (*tools, *switch) if message.role is Role.USER else (*switch, *tools)


def switcher_of(message: Message, *, locked: bool, versions: Versions | None) -> tuple[Tool, ...]:
    """The buttons that leaf through the versions of ``message``; none where it is the only one."""
    if message.state.running or versions is None or versions.count < 2:
        return ()
    return (
        Tool("previous", not locked and versions.index > 0),
        Tool("next", not locked and versions.index < versions.count - 1),
    )


def verbs_of(message: Message) -> tuple[VerbName, ...]:
    """What can be done with ``message`` besides its buttons, once no reply runs."""
    if message.state.running:
        return ()
    match message.role:
        case Role.ASSISTANT:
            return ("edit", "retry_with", "compare", "branch_off")
        case Role.USER:
            return ("compare", "branch_off")
        case _:
            return ("branch_off",)
