# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from chatglm_desktop.core.links import may_open


@pytest.mark.parametrize("url", ["http://a", "HTTPS://a/b?c", "mailto:a@b", "http://[z"])
def test_the_web_and_mail_may_be_opened(url: str) -> None:
    assert may_open(url)


@pytest.mark.parametrize(
    "url",
    ["", "file:///etc/passwd", "javascript:a", "data:text/html,a", "https:", "/a", " http://a"],
)
def test_nothing_else_may_be_opened(url: str) -> None:
    assert not may_open(url)
