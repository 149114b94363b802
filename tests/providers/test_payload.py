# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from chatglm_desktop.providers.payload import (
    as_number,
    as_object,
    as_objects,
    as_text,
    as_web_address,
    parse_object,
)


@pytest.mark.parametrize("text", ["", "{", "[]", "1", "null", "[" * 100_000, '{"a":1}x'])
def test_what_is_no_object_is_none(text: str) -> None:
    assert parse_object(text) is None


def test_an_object_is_read() -> None:
    assert parse_object(' {"a": [1]}') == {"a": [1]}


def test_a_value_of_the_wrong_type_is_absent() -> None:
    assert as_object(None) == as_object([1]) == {}
    assert as_object({"a": 1}) == {"a": 1}
    assert as_objects({"a": 1}) == as_objects(None) == []
    assert as_objects([1, {"a": 1}]) == [{}, {"a": 1}]
    assert as_text(7) == as_text(None) == ""


@pytest.mark.parametrize(
    ("value", "text"), [("a字🌏", "a字🌏"), ("a\ud83d", "a\ufffd"), ("\ud83d\udc4d", "👍")]
)
def test_text_can_always_be_encoded(value: str, text: str) -> None:
    assert as_text(value) == text
    as_text(value).encode()


@pytest.mark.parametrize(
    ("value", "number"),
    [(3, 3), ("3", 3), (True, None), ("-3", None), ("٣", None), ("9" * 30, None), (1.5, None)],
)
def test_numbers_may_be_written_as_strings(value: object, number: int | None) -> None:
    assert as_number(value) == number


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("https://example.org/a b", "https://example.org/a b"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("//example.org", ""),
        ("javascript:alert('http://')", ""),
        ("file:///etc/passwd", ""),
        (None, ""),
    ],
)
def test_only_http_is_a_web_address(value: object, address: str) -> None:
    assert as_web_address(value) == address
