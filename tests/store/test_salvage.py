# SPDX-License-Identifier: MIT
"""A damaged database: set aside, and saved as far as SQLite can read it."""

# ruff: noqa: ASYNC240 # files are small here

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from chatglm_desktop.core.draft import Draft
from chatglm_desktop.core.errors import (
    DatabaseDamaged,
)
from chatglm_desktop.store import Store, drafts
from chatglm_desktop.store.database import open_database
from chatglm_desktop.store.functions import register
from chatglm_desktop.store.salvage import salvage
from chatglm_desktop.store.schema import Schema
from chatglm_desktop.store.snapshot_files import SnapshotFiles
from tests.helpers.damage import (
    CONVERSATIONS,
    EACH,
    PAGE,
    all_texts,
    fill,
    is_sound,
    leaves,
    overwrite,
    page_with,
    root_page,
    said,
)


async def test_a_database_without_damage_is_saved_whole(file: Path) -> None:
    fill(file)
    before = await all_texts(file)
    rescue = salvage(file)
    assert await all_texts(file) == before
    assert (rescue.conversations, rescue.messages) == (CONVERSATIONS, CONVERSATIONS * EACH)
    assert (rescue.incomplete, rescue.lost, rescue.from_snapshot) == (0, 0, None)
    assert rescue.set_aside.exists()
    with closing(open_database(file)) as connection:
        assert drafts.drafts(connection) == {"c1": Draft("not sent")}


async def test_only_what_lay_on_a_damaged_page_is_missing(file: Path) -> None:
    fill(file)
    pages = leaves(file, "message")
    overwrite(file, pages[len(pages) // 2])
    rescue = salvage(file)
    assert is_sound(file)
    saved = await all_texts(file)
    everything = {said(c, n) for c in range(CONVERSATIONS) for n in range(EACH) if n != 7}
    kept = everything & {text for texts in saved.values() for text in texts}
    assert len(saved) == CONVERSATIONS
    # A page holds a handful of messages; the text of these is there as it was kept to find them.
    assert len(everything) - len(kept) < 20
    assert rescue.lost < 20
    assert rescue.messages + rescue.lost == CONVERSATIONS * EACH


async def test_a_text_whose_own_page_is_damaged_comes_from_where_it_is_found(file: Path) -> None:
    fill(file)
    long = said(3, 7) * 20
    page = page_with(file, long[-200:].encode())
    overwrite(file, page, b"\0" * PAGE)
    with closing(sqlite3.connect(file)) as connection:
        (found,) = connection.execute(
            "SELECT text FROM folded JOIN message USING (number) WHERE id = 'c3m7'"
        ).fetchone()
    rescue = salvage(file)
    saved = await all_texts(file)
    assert is_sound(file)
    assert rescue.messages == CONVERSATIONS * EACH
    assert saved["c3"][7] in (found, long)
    assert [len(texts) for texts in saved.values()] == [EACH] * CONVERSATIONS


async def test_messages_of_a_lost_conversation_are_in_a_new_one(file: Path) -> None:
    fill(file)
    overwrite(file, root_page(file, "conversation"))
    rescue = salvage(file)
    saved = await all_texts(file)
    assert is_sound(file)
    assert rescue.messages == CONVERSATIONS * EACH
    assert [len(texts) for texts in saved.values()] == [EACH] * CONVERSATIONS


async def test_a_file_whose_first_bytes_are_lost_is_saved(file: Path) -> None:
    fill(file)
    before = await all_texts(file)
    overwrite(file, 1, b"\0" * 100)
    with pytest.raises(DatabaseDamaged):
        await Store.open(file)
    salvage(file)
    assert await all_texts(file) == before


async def test_a_file_of_which_nothing_can_be_read_gives_way_to_the_newest_snapshot(
    file: Path,
) -> None:
    fill(file)
    taken = SnapshotFiles(file).take("daily")
    before = await all_texts(file)
    noise = random.Random(5).randbytes(50_000)
    file.write_bytes(noise)
    rescue = salvage(file)
    assert rescue.from_snapshot == taken.taken_at
    assert rescue.set_aside.read_bytes() == noise
    assert await all_texts(file) == before
    assert taken.file.exists()


async def test_without_anything_to_read_the_library_begins_anew(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"\0" * 5000)
    rescue = salvage(file)
    assert (rescue.conversations, rescue.messages, rescue.from_snapshot) == (0, 0, None)
    assert await all_texts(file) == {}


@pytest.mark.parametrize("seed", range(20))
async def test_whatever_is_overwritten_the_rest_is_sound_and_can_be_shown(
    file: Path, seed: int
) -> None:
    fill(file)
    chance = random.Random(seed)
    pages = file.stat().st_size // PAGE
    for _ in range(chance.randint(1, 6)):
        where = chance.randrange(pages * PAGE)
        page, within = divmod(where, PAGE)
        length = min(chance.choice((1, 8, 100, PAGE)), PAGE - within)
        content = bytearray(file.read_bytes())
        content[page * PAGE + within : page * PAGE + within + length] = chance.randbytes(length)
        file.write_bytes(content)
    rescue = salvage(file)
    assert is_sound(file)
    texts = await all_texts(file)
    # Not all are saved where a page was hit that leads to all others, but then that is told.
    assert rescue.messages + rescue.lost >= 0.5 * CONVERSATIONS * EACH or not rescue.conversations
    assert len(texts) <= rescue.conversations


async def test_rows_that_refer_to_what_is_not_there_are_made_whole(file: Path) -> None:
    fill(file)
    with closing(sqlite3.connect(file)) as connection:
        register(connection)
        connection.executescript(
            "UPDATE message SET parent_id = 'gone' WHERE id = 'c0m5';"
            "UPDATE message SET parent_id = 'c2m3' WHERE id = 'c2m2';"
            "UPDATE message SET parts = '[{\"type\": 7}' WHERE id = 'c4m1';"
            "UPDATE message SET role = 'nobody' WHERE id = 'c4m2';"
            "UPDATE conversation SET leaf_id = 'gone' WHERE id = 'c5';"
            "UPDATE conversation SET folder_id = 'gone' WHERE id = 'c6';"
            "INSERT INTO folder VALUES ('f', 'F', 0, 'g', '', '', 1, NULL);"
            "INSERT INTO folder VALUES ('g', 'G', 0, 'f', '', '', 1, NULL);"
            "INSERT INTO folder VALUES ('h', 'H', 0, 'gone', '', '', 1, NULL);"
            "INSERT INTO journal VALUES (1, 'gone', 'text', 'x');"
        )
    salvage(file)
    assert is_sound(file)
    saved = await all_texts(file)
    assert [len(saved[id]) for id in ("c0", "c4", "c5", "c6")] == [EACH] * 4
    assert saved["c4"][1] == '[{"type": 7}'
    # A circle is cut where it was entered; what was in it is in the file, in versions.
    assert saved["c2"]


async def test_bytes_that_are_no_text_cost_only_themselves(file: Path) -> None:
    fill(file)
    data = file.read_bytes()
    place = data.index("Message 5 of 2: 中文".encode())
    file.write_bytes(data[:place] + b"Me\xff\xfeage" + data[place + 7 :])
    rescue = salvage(file)
    assert rescue.messages == CONVERSATIONS * EACH
    assert (await all_texts(file))["c2"][5].startswith("Me\ufffd\ufffdage 5 of 2: 中文")


async def test_rows_of_kinds_that_were_never_written_are_left_out(file: Path) -> None:
    fill(file)
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(
            "PRAGMA writable_schema = ON;"
            "UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')')"
            " WHERE name IN ('message', 'conversation');"
        )
    with closing(sqlite3.connect(file)) as connection:
        register(connection)
        connection.executescript(
            "PRAGMA foreign_keys = OFF;"
            "UPDATE message SET created_at = 'yesterday' WHERE id = 'c1m19';"
            "UPDATE conversation SET updated_at = 'today' WHERE id = 'c2';"
        )
    rescue = salvage(file)
    saved = await all_texts(file)
    assert is_sound(file)
    assert rescue.messages == CONVERSATIONS * EACH - 1
    assert [len(saved[id]) for id in ("c1", "c2")] == [EACH - 1, EACH]


async def test_pages_in_disorder_end_what_is_read_of_them(file: Path) -> None:
    fill(file)
    first, second, *_ = leaves(file, "message")
    data = file.read_bytes()
    one, other = (data[(page - 1) * PAGE : page * PAGE] for page in (first, second))
    overwrite(file, first, other)
    overwrite(file, second, one)
    salvage(file)
    assert is_sound(file)
    assert sum(map(len, (await all_texts(file)).values())) > 0.8 * CONVERSATIONS * EACH


async def test_a_file_of_the_first_version_is_saved(file: Path) -> None:
    script = (Path(__file__).parent / "schemas" / "v1.sql").read_text()
    with closing(open_database(file, Schema(1, script, {}))) as connection:
        connection.executescript(
            "INSERT INTO conversation (id, title, titled_by_user, created_at, updated_at, leaf_id)"
            " VALUES ('old', 'Old', 0, 0, 0, 'm');"
            "INSERT INTO message (number, id, conversation_id, role, state, created_at, model,"
            " finish_reason, parts)"
            " VALUES (1, 'm', 'old', 'user', 'complete', 0, '', '',"
            """ '[{"type":"text","text":"Hello"}]');"""
        )
    salvage(file)
    assert await all_texts(file) == {"old": ["Hello"]}


async def test_several_damaged_files_are_kept(file: Path) -> None:
    fill(file)
    kept = {salvage(file).set_aside for _ in range(3)}
    assert len(kept) == 3
    assert all(aside.exists() for aside in kept)
