# SPDX-License-Identifier: MIT
"""Names of files for pictures."""

from __future__ import annotations

import pytest

from chatglm_desktop.gui.transcript.copying.picture_saver import picture_name

GIF = b"GIF89a"


@pytest.mark.parametrize(
    "name", ["CON", "nul.png", "Aux .jpg", "com1.tar.gif", "LPT9", "com\u00b9"]
)
def test_no_picture_is_named_like_a_device_of_windows(name: str) -> None:
    assert picture_name(f"https://e.org/{name}", GIF) == "picture.gif"


@pytest.mark.parametrize("name", ["console", "com10", "nullable", "aux-input"])
def test_names_that_only_begin_like_one_are_kept(name: str) -> None:
    assert picture_name(f"https://e.org/{name}", GIF) == f"{name}.gif"
