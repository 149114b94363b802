# SPDX-License-Identifier: MIT
"""Conversations are listed and searched from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.terminal.conftest import OLD, RECIPE, WEATHER, Shell


async def test_conversations_are_listed_the_newest_first(shell: Shell, library: Path) -> None:
    printed = await shell.run("list")
    first, second = printed.out.splitlines()
    assert first.startswith("11111111  2023-11-14")
    assert first.endswith("天气 & weather")
    assert second.endswith("Soup  [Kitchen]")
    assert (printed.code, printed.err) == (0, "")


async def test_a_list_can_be_of_a_folder_the_archive_or_the_trash(
    shell: Shell, library: Path
) -> None:
    titles = {
        options: [one["title"] for one in (await shell.run("list", "--json", *options)).objects()]
        for options in (
            ("--limit", "1"),
            ("--folder", "kitchen"),
            ("--archived",),
            ("--trash",),
        )
    }
    assert list(titles.values()) == [["天气 & weather"], ["Soup"], ["Old"], ["Gone"]]
    (soup,) = (await shell.run("list", "--json", "--folder", "Kitchen")).objects()
    assert (soup["id"], soup["folder"], soup["archived_at"]) == (RECIPE, "Kitchen", None)
    missing = await shell.run("list", "--folder", "Cellar")
    assert (missing.code, missing.out, missing.err) == (2, "", "There is no folder 'Cellar'.\n")


async def test_a_new_library_is_an_empty_list(shell: Shell) -> None:
    printed = await shell.run("list")
    assert (printed.code, printed.out, printed.err) == (0, "", "")


async def test_words_and_chinese_are_found_with_their_place(shell: Shell, library: Path) -> None:
    printed = await shell.run("search", "下雨", "--json")
    assert [hit["conversation"] for hit in printed.objects()] == [WEATHER, RECIPE, OLD]
    hit = printed.objects()[0]
    start, end = hit["marks"][0]
    assert hit["snippet"][start:end] == "下雨"
    assert (hit["role"], hit["place"], hit["model"]) == ("assistant", "text", "glm-5")
    assert [h["archived"] for h in printed.objects()] == [False, False, True]


async def test_hits_are_printed_with_what_is_special_of_them(shell: Shell, library: Path) -> None:
    printed = await shell.run("search", "ponder", "--limit", "1")
    head, snippet = printed.out.splitlines()
    assert head.endswith("天气 & weather  (thinking)")
    assert snippet.strip() == "Let me ponder."
    title = await shell.run("search", "title:soup")
    assert title.out.splitlines()[0].endswith("Soup")


async def test_what_is_not_there_is_not_found(shell: Shell, library: Path) -> None:
    printed = await shell.run("search", "nowhere")
    assert (printed.code, printed.out, printed.err) == (1, "", "")
