# SPDX-License-Identifier: MIT
from __future__ import annotations

from dataclasses import replace

import pytest

from chatglm_desktop.core.arranging import Step, StepKind, changes
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.gui.step_words import name_of, said_of

TALKS = [ConversationSummary(id, title, 1.0, 1.0) for id, title in (("a", "Tea"), ("b", ""))]
WORK = Folder("w", "Work", 1.0)
FOLDERS = {"w": WORK}


@pytest.mark.parametrize(
    ("kind", "one", "several"),
    [
        ("trash", "“Tea” is in the trash.", "2 conversations are in the trash."),
        ("archive", "“Tea” is in the archive.", "2 conversations are in the archive."),
        ("unarchive", "“Tea” is back.", "2 conversations are back."),
        ("restore", "“Tea” is back.", "2 conversations are back."),
        ("move", "“Tea” is in no folder now.", "2 conversations are in no folder now."),
        ("pin", "", ""),
    ],
)
def test_what_is_out_of_sight_is_told(kind: StepKind, one: str, several: str) -> None:
    assert said_of(Step(kind, changes(TALKS[:1], colour="red")), {}) == (one, "Tea")
    assert said_of(Step(kind, changes(TALKS, colour="red")), {}) == (several, "")


def test_the_folder_is_told_into_which_something_moved() -> None:
    moved = changes(TALKS, folder_id="w")
    said = "2 conversations are in “Work” now."
    assert said_of(Step("move", moved), FOLDERS) == (said, "Work")
    said = "“Tea” is in “Work” now."
    assert said_of(Step("move", moved[:1]), FOLDERS) == (said, "Tea")


def test_a_conversation_without_a_title_is_told_too() -> None:
    said = "“New conversation” is in the trash."
    step = Step("trash", changes(TALKS[1:], trashed_at=1.0))
    assert said_of(step, {}) == (said, "New conversation")


def test_a_folder_is_named_not_those_in_it() -> None:
    inner = replace(Folder("a", "Inner", 1.0, "w"))
    step = Step("trash_folder", folders=changes([inner, WORK], trashed_at=5.0))
    said = "“Work” is in the trash with all that lay in it."
    assert said_of(step, FOLDERS) == (said, "Work")
    back = Step("restore_folder", folders=step.backwards.folders)
    assert said_of(back, FOLDERS) == ("“Work” is back with all that lay in it.", "Work")


def test_a_step_that_is_not_known_has_a_name_too() -> None:
    assert name_of("move_folder") == "Move"
    assert name_of("something else") == "Change"
