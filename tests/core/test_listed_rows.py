# SPDX-License-Identifier: MIT
"""The rows of the sidebar: what is pinned, the tree of folders, the groups by age."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.listed_rows import (
    FolderLine,
    Heading,
    HeadNumbers,
    Rows,
    Run,
    archive_rows,
    main_rows,
    trash_rows,
)
from chatglm_desktop.core.listing import ARCHIVE, PINNED, RECENT, TRASH, Outline


def folders(*all: Folder) -> dict[str, Folder]:
    return {folder.id: folder for folder in all}


def outline(ages: tuple[int, ...] = (0, 0, 0, 0), **lists: list[int]) -> Outline:
    return Outline({key: array("q", numbers) for key, numbers in lists.items()}, ages)


def shown(rows: Rows) -> list[str | int]:
    """Rows as words: headings as they are, folders indented with their count, numbers."""
    words: list[str | int] = []
    for number in rows.numbers:
        match rows.heads.get(number):
            case Heading(text):
                words.append(text)
            case FolderLine(folder, depth, count):
                words.append(f"{'.' * depth}{folder.name} {count}")
            case None:
                words.append(number)
    return words


def test_nothing_has_no_rows() -> None:
    rows = main_rows(outline(archive=[1], trash=[2]), {}, HeadNumbers())
    assert shown(rows) == []


def test_groups_by_age_and_none_that_is_empty() -> None:
    rows = main_rows(outline((1, 1, 3, 3), recent=[5, 4, 3, 2, 1]), {}, HeadNumbers())
    assert shown(rows) == ["Folders", "Today", 5, "Previous 7 days", 4, 3, "Older", 2, 1]


def test_what_is_pinned_comes_first() -> None:
    rows = main_rows(outline(pinned=[2, 1]), {}, HeadNumbers())
    assert shown(rows) == ["Pinned", 2, 1, "Folders"]
    assert rows.run(1).key == PINNED


def test_folders_lie_in_folders_and_count_what_is_below() -> None:
    tree = folders(
        Folder("w", "Work", 0),
        Folder("a", "archive of 2025", 0, "w", expanded=False),
        Folder("d", "deep", 0, "a"),
        Folder("b", "Bills", 0, "w"),
        Folder("h", "home", 0),
    )
    listed = outline((1, 1, 1, 1), w=[1, 2], a=[3], d=[4, 5], h=[6], recent=[7])
    rows = main_rows(listed, tree, HeadNumbers())
    assert shown(rows) == [
        "Folders",
        "home 1",
        6,
        "Work 5",
        ".archive of 2025 3",
        ".Bills 0",
        1,
        2,
        "Today",
        7,
    ]
    assert rows.run(6) == Run(6, "w", 1)
    assert rows.run(2) == Run(2, "h", 1)
    assert rows.run(9).key == RECENT


def test_a_folder_above_that_is_gone_does_not_hide_what_lies_in_it() -> None:
    rows = main_rows(outline(b=[1]), folders(Folder("b", "b", 0, "gone")), HeadNumbers())
    assert shown(rows) == ["Folders", "b 1", 1]


def test_rows_know_their_head_and_where_their_run_ends() -> None:
    tree = folders(Folder("w", "Work", 0), Folder("b", "Bills", 0, "w"))
    rows = main_rows(outline((2, 2, 2, 2), w=[1, 2], b=[3], recent=[4, 5]), tree, HeadNumbers())
    assert shown(rows) == ["Folders", "Work 3", ".Bills 1", 3, 1, 2, "Today", 4, 5]
    assert [rows.head_row(row) for row in range(9)] == [0, 1, 2, 2, 1, 1, 6, 6, 6]
    assert [rows.run_end(row) for row in (0, 1, 3, 4, 6, 8)] == [1, 2, 4, 6, 9, 9]
    assert archive_rows(outline(archive=[1])).head_row(0) is None
    assert Rows().run(0) == Run(0, RECENT)


def test_folders_in_a_circle_are_shown() -> None:
    tree = folders(Folder("a", "a", 0, "b"), Folder("b", "b", 0, "a"))
    rows = main_rows(outline(a=[1], b=[2]), tree, HeadNumbers())
    assert shown(rows) == ["Folders", "a 2", ".b 2", 2, 1]
    closed = folders(Folder("a", "a", 0, "b", expanded=False), Folder("b", "b", 0, "a"))
    assert shown(main_rows(outline(a=[1]), closed, HeadNumbers())) == ["Folders", "a 1"]


def test_what_stands_in_a_folder_that_is_not_there_comes_last() -> None:
    rows = main_rows(outline(recent=[1], gone=[2, 3]), {}, HeadNumbers())
    assert shown(rows) == ["Folders", "Older", 1, 2, 3]


def test_the_archive_and_the_trash_stand_alone() -> None:
    listed = outline(archive=[3, 1], trash=[2], recent=[4])
    assert shown(archive_rows(listed)) == [3, 1]
    assert archive_rows(listed).run(1).key == ARCHIVE
    rows = trash_rows(listed, {}, HeadNumbers())
    assert shown(rows) == [2]
    assert rows.run(0).key == TRASH


def test_folders_in_the_trash_stand_there_once() -> None:
    tree = folders(
        Folder("a", "a", 0, trashed_at=5.0),
        Folder("b", "went with a", 0, "a", trashed_at=5.0),
        Folder("c", "went before", 0, "a", trashed_at=4.0),
        Folder("d", "in use", 0),
        Folder("e", "from d", 0, "d", trashed_at=6.0),
    )
    rows = trash_rows(outline(trash=[1]), tree, HeadNumbers())
    assert shown(rows) == ["from d 0", "a 0", "went before 0", 1]


@given(
    st.dictionaries(
        st.sampled_from("abcdef"), st.tuples(st.sampled_from([None, *"abcdefg"]), st.booleans())
    ),
    st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 3)),
)
def test_every_conversation_that_no_closed_folder_hides_is_shown_once(
    tree: dict[str, tuple[str | None, bool]], sizes: dict[str, int]
) -> None:
    known = folders(*(Folder(id, id, 0, up, expanded=open_) for id, (up, open_) in tree.items()))
    ends = [sum(list(sizes.values())[: at + 1]) for at in range(len(sizes))]
    lists = {
        key: list(range(end - size + 1, end + 1))
        for (key, size), end in zip(sizes.items(), ends, strict=True)
    }
    names = HeadNumbers()
    listed = Outline({key: array("q", numbers) for key, numbers in lists.items()})
    rows = main_rows(listed, known, names)
    assert len(set(rows.numbers)) == len(rows.numbers)
    if all(folder.expanded for folder in known.values()):
        assert {n for n in rows.numbers if n > 0} == {n for some in lists.values() for n in some}
    for row, number in enumerate(rows.numbers):
        head = rows.heads.get(number)
        if isinstance(head, FolderLine):
            assert rows.run(row).key == head.folder.id
        elif head is None and rows.run(row).key in known:
            assert number in lists[rows.run(row).key]
    assert main_rows(listed, known, names).numbers == rows.numbers
