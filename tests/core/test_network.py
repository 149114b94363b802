# SPDX-License-Identifier: MIT
from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.core.network import split_login


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("http://proxy:3128", ("http://proxy:3128", "", "")),
        ("socks5://me:pass@[::1]:1080", ("socks5://[::1]:1080", "me", "pass")),
        (" me:pa:ss%40@proxy:1 ", ("proxy:1", "me", "pa:ss@")),
        ("http://me@proxy", ("http://proxy", "me", "")),
        ("", ("", "", "")),
    ],
)
def test_a_login_is_taken_out_of_a_proxys_address(typed: str, parts: tuple[str, str, str]) -> None:
    assert split_login(typed) == parts


letters = st.text(st.characters(codec="utf-8"))


@given(letters, letters)
def test_nothing_of_the_login_stays_in_the_address(user: str, password: str) -> None:
    typed = f"https://{quote(user, safe='')}:{quote(password, safe='')}@proxy:3128"
    assert split_login(typed) == ("https://proxy:3128", user, password)
