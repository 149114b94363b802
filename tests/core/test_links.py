# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from chatglm_desktop.core.links import host_of, is_web, may_open


@pytest.mark.parametrize("url", ["http://a", "HTTPS://a/b?c", "mailto:a@b", "http://[z"])
def test_the_web_and_mail_may_be_opened(url: str) -> None:
    assert may_open(url)


@pytest.mark.parametrize(
    "url",
    ["", "file:///etc/passwd", "javascript:a", "data:text/html,a", "https:", "/a", " http://a"],
)
def test_nothing_else_may_be_opened(url: str) -> None:
    assert not may_open(url)


@pytest.mark.parametrize(
    "url",
    [
        "mailto:a@b?attach=/etc/passwd",
        "MAILTO:a@b?subject=x&Attachment=c",
        "mailto:?%61ttach=/etc/passwd",
        "mailto:a@b?x=1&amp;attach=c",
    ],
)
def test_mail_that_takes_a_file_along_is_not_opened(url: str) -> None:
    assert not may_open(url)


def test_mail_may_speak_of_attachments() -> None:
    assert may_open("mailto:a@b?subject=attach&body=attachment")
    assert may_open("https://a.example/?attach=1")


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://e.org/a?b#c", "e.org"),
        ("http://E.org:8080", "e.org:8080"),
        ("https://bank.example@e.org/", "e.org"),
        ("https://e.org\\@bank.example/", "e.org"),
        ("mailto:a@e.org", ""),
    ],
)
def test_the_host_is_the_one_that_an_address_leads_to(url: str, host: str) -> None:
    assert host_of(url) == host


def test_mail_is_not_the_web() -> None:
    assert is_web("HTTPS://e.org")
    assert not is_web("mailto:a@e.org")
    assert not is_web("file:///etc/passwd")
