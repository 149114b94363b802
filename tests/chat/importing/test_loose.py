# SPDX-License-Identifier: MIT
from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.chat.importing.data_urls import data_of, from_base64
from chatglm_desktop.chat.importing.ids import made_id
from chatglm_desktop.chat.importing.loose import (
    as_count,
    as_number,
    as_text,
    as_time,
    as_title,
    first_time,
)
from chatglm_desktop.chat.importing.luggage import Luggage, safe_name
from chatglm_desktop.core.attachments import MOST_FILE_BYTES
from tests.chat.importing.conftest import Shelf


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        (1_700_000_000, 1_700_000_000.0),
        (1_700_000_000.5, 1_700_000_000.5),
        (1_700_000_000_500, 1_700_000_000.5),
        (1_700_000_000_500_000, 1_700_000_000.5),
        ("2023-11-14T22:13:20Z", 1_700_000_000.0),
        ("2023-11-14T22:13:20+00:00", 1_700_000_000.0),
        ("2023-11-14 22:13:20", 1_700_000_000.0),
        (0, None),
        (-5, None),
        (10**400, None),
        (10**30, None),
        (math.nan, None),
        (math.inf, None),
        (True, None),
        ("soon", None),
        ("9999-99-99", None),
        ("0001-01-01T00:00:00", None),
        (None, None),
        ([], None),
    ],
)
def test_a_time_is_a_sensible_one_or_none(told: Any, seconds: float | None) -> None:
    assert as_time(told) == seconds


def test_the_first_time_of_several_counts() -> None:
    assert first_time(None, "x", 1_700_000_000, 1_800_000_000) == 1_700_000_000
    assert first_time() is None


@given(st.text() | st.integers() | st.none())
def test_a_text_can_always_be_stored(value: object) -> None:
    text = as_text(value)
    assert "\0" not in text
    assert text.encode().decode() == text


def test_halves_of_a_character_are_joined_or_replaced() -> None:
    assert as_text("\ud83d\ude00 \ud83d a\0b") == "😀 \ufffd a\ufffdb"


def test_a_title_is_one_short_line() -> None:
    assert as_title(" a\n\n b\t") == "a b"
    assert len(as_title("x" * 5000)) == 200
    assert as_title(5) == ""


def test_a_count_is_a_whole_number_from_nought_on() -> None:
    assert [as_count(v) for v in (3, 3.7, -1, 2**60, True, "3", None)] == [3, 3, 0, 0, 0, 0, 0]
    assert as_number(False) is None


def test_ids_differ_where_names_do() -> None:
    assert made_id("claude", "a", "bc") != made_id("claude", "ab", "c")
    assert made_id("claude", "a") == made_id("claude", "a")
    assert made_id("claude", "a") != made_id("chatgpt", "a")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../a.txt", "a.txt"),
        ("C:\\x\\b.txt", "b.txt"),
        ("  \n.hidden. ", "hidden"),
        ("a\u202eb\n.txt", "ab.txt"),
        ("", "file"),
        ("..", "file"),
        ("/", "file"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_long_names_keep_their_ending() -> None:
    safe = safe_name("长" * 300 + ".txt")
    assert len(safe) == 120
    assert safe.endswith(".txt")


def test_luggage_counts_what_it_takes_and_what_it_leaves(shelf: Shelf) -> None:
    luggage = Luggage(shelf.keep, shelf.put)
    assert luggage.take("a.txt", 2, lambda: b"hi") is not None
    assert luggage.take("a.txt", 2, lambda: None) is None
    assert luggage.take("a.txt", 3, lambda: b"bad") is None
    assert luggage.take("a.txt", MOST_FILE_BYTES + 1, lambda: b"x") is None
    assert luggage.take("a.txt", 0, lambda: b"") is None
    luggage.leave()
    luggage.restore("0" * 64, 0, lambda: b"")
    luggage.restore("0" * 64, 2, lambda: None)
    assert (luggage.count, luggage.size, luggage.left_out) == (1, 2, 7)


def test_a_disk_that_is_full_leaves_a_file_out(shelf: Shelf) -> None:
    def full(_: bytes) -> str:
        raise OSError("no space")

    luggage = Luggage(shelf.keep, full)
    luggage.restore(shelf.put(b"hi"), 2, lambda: b"hi")
    assert (luggage.count, luggage.left_out) == (0, 1)


def test_addresses_with_data_are_pictures_or_nothing(shelf: Shelf) -> None:
    luggage = Luggage(shelf.keep, shelf.put)
    part = data_of("data:image/svg+xml;base64,aGk=", luggage)
    assert part is not None
    assert (part.name, shelf.files[part.digest]) == ("picture.svg", b"hi")
    assert data_of("data:text/html;base64,aGk=", luggage) is None
    assert data_of("data:image/png;base64,a", luggage) is None
    assert from_base64("é") is None
