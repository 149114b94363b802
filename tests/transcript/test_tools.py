# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from chatglm_desktop.core.history import Versions
from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart
from chatglm_desktop.transcript.tools import tools_of, verbs_of


def message(
    role: Role = Role.ASSISTANT, state: MessageState = MessageState.COMPLETE, text: str = "a"
) -> Message:
    return Message("m", role, (TextPart(text),) if text else (), 0.0, state=state)


def names(
    of: Message, *, locked: bool = False, selected: bool = False, versions: Versions | None = None
) -> str:
    """The names of the tools, those that are disabled in brackets."""
    tools = tools_of(of, locked=locked, selected=selected, versions=versions)
    return " ".join(tool.name if tool.enabled else f"({tool.name})" for tool in tools)


def test_an_answer_can_be_asked_again_and_a_question_edited() -> None:
    assert names(message()) == "copy regenerate (quote) delete more"
    assert names(message(Role.USER)) == "copy edit (quote) delete more"
    assert names(message(Role.SYSTEM)) == "copy (quote) delete more"


@pytest.mark.parametrize("state", [MessageState.SENDING, MessageState.STREAMING])
def test_a_message_that_is_arriving_has_no_tools(state: MessageState) -> None:
    assert names(message(state=state)) == ""


def test_what_would_change_the_conversation_waits_for_the_end_of_the_reply() -> None:
    versions = Versions(1, 3)
    shown = names(message(), locked=True, selected=True, versions=versions)
    assert shown == "(previous) (next) copy (regenerate) quote (delete) more"


def test_only_text_that_is_there_can_be_copied_and_only_selected_text_quoted() -> None:
    failed = message(state=MessageState.FAILED, text="")
    assert names(failed, selected=True) == "(copy) regenerate quote delete more"


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        (Versions(0, 1), "copy regenerate (quote) delete more"),
        (Versions(0, 3), "(previous) next copy regenerate (quote) delete more"),
        (Versions(1, 3), "previous next copy regenerate (quote) delete more"),
        (Versions(2, 3), "previous (next) copy regenerate (quote) delete more"),
    ],
)
def test_versions_can_be_leafed_through_where_there_are_several(
    versions: Versions, expected: str
) -> None:
    assert names(message(), versions=versions) == expected


def test_the_switch_of_a_question_stands_at_its_edge() -> None:
    shown = names(message(Role.USER), versions=Versions(0, 2))
    assert shown == "copy edit (quote) delete more (previous) next"


def test_each_role_has_its_verbs_once_nothing_arrives() -> None:
    def verbs(role: Role, state: MessageState = MessageState.COMPLETE) -> tuple[str, ...]:
        return verbs_of(Message("m", role, (TextPart("text"),), 0.0, state=state))

    assert verbs(Role.ASSISTANT) == ("edit", "retry_with", "compare", "branch_off")
    assert verbs(Role.USER) == ("compare", "branch_off")
    assert verbs(Role.SYSTEM) == ("branch_off",)
    assert verbs(Role.ASSISTANT, MessageState.STREAMING) == ()
