# SPDX-License-Identifier: MIT
from __future__ import annotations

from dataclasses import replace

import pytest

from chatglm_desktop.core.conversation import Conversation
from chatglm_desktop.core.history import History
from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart


def message(id: str, parent: str | None = None) -> Message:
    return Message(id, Role.USER, (TextPart(id),), 0.0, parent)


def held(*ids: str, first: int = 0) -> Conversation:
    """A conversation that holds ``ids``, of which the first follows "before" if there is one."""
    parents = ["before" if first else None, *ids]
    messages = tuple(message(id, parent) for id, parent in zip(ids, parents, strict=False))
    leaf_id = ids[-1] if ids else parents[0]
    return Conversation(History("c", leaf_id, first + len(ids), first, messages))


def chain(conversation: Conversation) -> list[tuple[str, str | None]]:
    return [(m.id, m.parent_id) for m in conversation.history.messages]


def test_what_is_held_is_told_as_it_was_given() -> None:
    conversation = held("a", "b", first=5)
    messages = (message("a", "before"), message("b", "a"))
    assert conversation.history == History("c", "b", 7, 5, messages)
    assert (conversation.first, conversation.length) == (5, 7)
    assert ("a" in conversation, "before" in conversation) == (True, False)
    assert conversation.position("b") == 6


def test_added_messages_grow_the_branch_at_its_end() -> None:
    conversation = Conversation(History("c"))
    assert conversation.history == History("c")
    conversation.add(message("a"))
    conversation.add(message("b", "a"))
    assert chain(conversation) == [("a", None), ("b", "a")]
    assert (conversation.leaf_id, conversation.length) == ("b", 2)


@pytest.mark.parametrize(
    ("position", "leaf_id", "left", "first"),
    [
        (7, "b", ["a", "b"], 5),
        (6, "a", ["a"], 5),
        (5, "before", [], 5),
        (2, "early", [], 2),
        (0, None, [], 0),
    ],
)
def test_a_branch_that_is_cut_goes_on_elsewhere(
    position: int, leaf_id: str | None, left: list[str], first: int
) -> None:
    conversation = held("a", "b", "c", first=5)
    conversation.cut(position, leaf_id)
    assert [m.id for m in conversation.history.messages] == left
    assert (conversation.first, conversation.length) == (first, position)
    conversation.add(message("new", leaf_id))
    assert conversation.history.messages[-1] == message("new", leaf_id)
    assert conversation.position("new") == position


def test_a_newer_version_takes_the_place_of_a_message() -> None:
    conversation = held("a", "b")
    conversation.replace(replace(message("b", "elsewhere"), state=MessageState.FAILED))
    assert conversation["b"] == replace(message("b", "a"), state=MessageState.FAILED)


@pytest.mark.parametrize(
    ("gone", "left", "first", "leaf_id"),
    [
        (message("a", "before"), [("b", "before"), ("c", "b")], 5, "c"),
        (message("b", "a"), [("a", "before"), ("c", "a")], 5, "c"),
        (message("c", "b"), [("a", "before"), ("b", "a")], 5, "b"),
        (message("before", "early"), [("a", "early"), ("b", "a"), ("c", "b")], 4, "c"),
        (message("early"), [("a", "before"), ("b", "a"), ("c", "b")], 4, "c"),
    ],
)
def test_what_follows_a_removed_message_follows_its_parent(
    gone: Message, left: list[tuple[str, str | None]], first: int, leaf_id: str
) -> None:
    conversation = held("a", "b", "c", first=5)
    conversation.remove(gone)
    assert chain(conversation) == left
    assert (conversation.first, conversation.length) == (first, first + len(left))
    assert conversation.leaf_id == leaf_id


def test_a_branch_of_which_nothing_is_held_loses_its_end() -> None:
    conversation = held(first=5)
    conversation.remove(message("before", "early"))
    assert conversation.history == History("c", "early", 4, 4)


def test_another_branch_takes_the_place_of_the_one_before() -> None:
    conversation = held("a", "b", first=5)
    revision = conversation.revision
    other = History("c", "z", 2, 1, (message("z", "y"),))
    conversation.reset(other)
    assert conversation.history == other
    assert conversation.revision != revision


def test_mistakes_are_refused() -> None:
    conversation = held("a", "b")
    with pytest.raises(ValueError, match="does not follow"):
        conversation.add(message("c", "a"))
    with pytest.raises(KeyError):
        conversation.replace(message("x"))
    with pytest.raises(KeyError):
        conversation.position("x")


@pytest.mark.parametrize("state", MessageState)
def test_only_unfinished_states_run(state: MessageState) -> None:
    assert state.running == (state.value in ("sending", "streaming"))
