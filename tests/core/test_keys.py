# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from chatglm_desktop.core.keys import hosts_of, key_in

GLM = "0123456789abcdef0123456789abcdef.ABCDEFGH12345678"


@pytest.mark.parametrize(
    "pasted",
    [
        GLM,
        f"  {GLM}\n",
        f'"{GLM}"',
        f"Bearer {GLM}",
        f"ZAI_API_KEY={GLM}",
        f'api_key: "{GLM}"',
        f"Authorization: Bearer {GLM}",
        f"{GLM}\nand a note",
        GLM[:20] + " " + GLM[20:],
    ],
)
def test_a_key_is_found_in_what_was_pasted(pasted: str) -> None:
    assert key_in(pasted) == GLM


@pytest.mark.parametrize("pasted", ["", "  \n ", '""'])
def test_there_may_be_no_key(pasted: str) -> None:
    assert key_in(pasted) == ""


def test_a_key_is_shown_only_to_those_whose_keys_look_like_it() -> None:
    assert hosts_of(GLM, in_china=True) == ("bigmodel", "zai")
    assert hosts_of(GLM, in_china=False) == ("zai", "bigmodel")
    assert hosts_of("sk-or-v1-0123456789", in_china=False) == ("openrouter",)
    assert hosts_of("sk-0123456789abcdef", in_china=False) == ()
    assert hosts_of("", in_china=True) == ()
