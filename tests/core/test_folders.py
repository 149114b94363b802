# SPDX-License-Identifier: MIT
"""What lies in what, and which prompt holds in a folder."""

from __future__ import annotations

from chatglm_desktop.core.folders import Folder, ancestry, in_order, system_prompt, within

FOLDERS = {
    folder.id: folder
    for folder in (
        Folder("work", "Work", 1.0, system_prompt="Be brief."),
        Folder("glm", "GLM", 2.0, "work"),
        Folder("deep", "Deep", 3.0, "glm", system_prompt=" \n"),
        Folder("home", "Home", 4.0),
        Folder("egg", "Egg", 5.0, "hen"),
        Folder("hen", "Hen", 6.0, "egg"),
    )
}


def test_a_folder_is_listed_with_those_around_it_the_innermost_first() -> None:
    assert [folder.id for folder in ancestry(FOLDERS, "deep")] == ["deep", "glm", "work"]
    assert not list(ancestry(FOLDERS, None))
    assert not list(ancestry(FOLDERS, "gone"))


def test_a_circle_of_folders_ends() -> None:
    assert [folder.id for folder in ancestry(FOLDERS, "egg")] == ["egg", "hen"]
    assert within(FOLDERS.values(), "egg") == {"egg", "hen"}


def test_what_lies_in_a_folder_is_found_however_deep() -> None:
    assert within(FOLDERS.values(), "work") == {"work", "glm", "deep"}
    assert within(FOLDERS.values(), "home") == {"home"}


def test_the_innermost_prompt_that_says_something_holds() -> None:
    assert system_prompt(FOLDERS, "deep") == "Be brief."
    assert system_prompt(FOLDERS, "home") == ""


def test_all_folders_stand_in_the_order_of_the_list_those_in_a_circle_too() -> None:
    found = [(folder.id, depth) for folder, depth in in_order(FOLDERS)]
    assert found == [("home", 0), ("work", 0), ("glm", 1), ("deep", 2), ("egg", 0), ("hen", 1)]
