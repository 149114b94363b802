# SPDX-License-Identifier: MIT
from __future__ import annotations

from dataclasses import replace

import pytest

from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.arranging import (
    Step,
    changes,
    copied,
    difference,
    may_lie_in,
    trashed_around,
    with_folder_prompt,
)
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.generation import Generation

TALK = ConversationSummary("c", "Title", 1.0, 2.0)
OUTER = Folder("o", "Outer", 1.0, system_prompt="Be brief.")
INNER = Folder("i", "Inner", 1.0, "o")
FOLDERS = {folder.id: folder for folder in (OUTER, INNER)}


def test_a_step_turned_round_twice_is_itself() -> None:
    step = Step("move", changes([TALK], folder_id="i"), ((None, OUTER), (INNER, None)))
    assert step.backwards == Step(
        "move",
        ((replace(TALK, folder_id="i"), TALK),),
        ((None, INNER), (OUTER, None)),
    )
    assert step.backwards.backwards == step
    assert step
    assert not Step("move")


def test_what_has_the_values_already_is_not_changed() -> None:
    red = replace(TALK, id="r", colour="red")
    assert changes([TALK, red], colour="red") == ((TALK, replace(TALK, colour="red")),)


def test_the_difference_names_the_fields_that_matter_only() -> None:
    after = replace(TALK, title="Other", updated_at=9.0)
    assert difference(TALK, after, ("title", "pinned")) == {"title": "Other"}


def test_the_folders_in_the_trash_around_something_are_found_once() -> None:
    folders = {
        "o": replace(OUTER, trashed_at=5.0),
        "i": replace(INNER, trashed_at=5.0),
        "k": Folder("k", "Kept", 1.0),
    }
    assert trashed_around(folders, ["i", None, "k", "i"]) == [folders["i"], folders["o"]]


@pytest.mark.parametrize(
    ("id", "parent_id", "may"),
    [("i", None, True), ("i", "o", True), ("o", "i", False), ("o", "o", False), ("o", "x", False)],
)
def test_a_folder_lies_in_none_that_lies_in_it(id: str, parent_id: str | None, may: bool) -> None:
    assert may_lie_in(FOLDERS, id, parent_id) is may


@pytest.mark.parametrize(
    ("title", "copy"),
    [("Plan", "Plan (2)"), ("Plan (2)", "Plan (3)"), ("", ""), ("f (x)", "f (x) (2)")],
)
def test_a_copy_has_a_number_and_lies_beside_its_origin(title: str, copy: str) -> None:
    origin = replace(TALK, title=title, pinned=True, archived_at=3.0, folder_id="i", colour="red")
    assert copied(origin, "new", 7.0) == ConversationSummary(
        "new", copy, 7.0, 7.0, folder_id="i", colour="red"
    )


def test_the_innermost_prompt_is_said_unless_the_conversation_has_its_own() -> None:
    assert with_folder_prompt(Setup(), FOLDERS, None) == Setup()
    told = with_folder_prompt(Setup(model="m"), FOLDERS, "i")
    assert told == Setup(model="m", generation=Generation(system_prompt="Be brief."))
    own = Setup(generation=Generation(system_prompt="Be long."))
    assert with_folder_prompt(own, FOLDERS, "i") == own
