# SPDX-License-Identifier: MIT
from __future__ import annotations

from chatglm_desktop.core.pictures import attached, attachment_digest

DIGEST = "0123456789abcdef" * 4


def test_the_address_of_an_attachment_tells_its_digest() -> None:
    assert attachment_digest(attached(DIGEST)) == DIGEST


def test_an_address_of_the_web_is_no_attachment() -> None:
    assert attachment_digest(f"https://example.org/{DIGEST}") == ""
