# SPDX-License-Identifier: MIT
from __future__ import annotations

from dataclasses import replace

import pytest

from chatglm_desktop.core.conversation import Conversation
from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart


def message(id: str, parent: str | None = None) -> Message:
    return Message(id, Role.USER, (TextPart(id),), 0.0, parent)


def test_added_messages_form_the_active_branch() -> None:
    conversation = Conversation("c")
    conversation.add(message("a"))
    conversation.add(message("b", "a"))
    assert [m.id for m in conversation.branch()] == ["a", "b"]
    assert conversation.leaf_id == "b"
    assert len(conversation) == 2


def test_a_sibling_hides_the_other_branch_but_keeps_it() -> None:
    conversation = Conversation("c", [message("a"), message("b", "a")], "b")
    conversation.add(message("b2", "a"))
    assert [m.id for m in conversation.branch()] == ["a", "b2"]
    assert conversation["b"].text == "b"
    assert [m.id for m in conversation.path_to("b")] == ["a", "b"]


def test_an_empty_conversation_has_an_empty_branch() -> None:
    assert Conversation("c").branch() == []


def test_a_message_can_be_replaced_by_a_newer_version() -> None:
    conversation = Conversation("c", [message("a")], "a")
    conversation.replace(replace(message("a"), state=MessageState.FAILED))
    assert conversation["a"].state is MessageState.FAILED


def test_mistakes_are_refused() -> None:
    conversation = Conversation("c", [message("a")], "a")
    with pytest.raises(ValueError, match="already there"):
        conversation.add(message("a"))
    with pytest.raises(ValueError, match="unknown"):
        conversation.add(message("b", "nobody"))
    with pytest.raises(ValueError, match="unknown"):
        conversation.replace(message("x"))


@pytest.mark.parametrize("state", MessageState)
def test_only_unfinished_states_run(state: MessageState) -> None:
    assert state.running == (state.value in ("sending", "streaming"))
