# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from chatglm_desktop.core.hosts import (
    ascii_host,
    differs,
    host,
    named_host,
    readable_host,
    shown_url,
)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.example.com/x", "www.example.com"),
        ("HTTP://WWW.Example.COM:8080?q#f", "www.example.com"),
        ("http://bank.com@evil.example", "evil.example"),
        ("http://bank.com:x@y@evil.example:80/a@b", "evil.example"),
        ("http://evil.example\\@bank.com", "evil.example"),
        ("http:///evil.example/", "evil.example"),
        ("http://ev\til.exam\nple/", "evil.example"),
        ("http://example.com./x", "example.com"),
        ("http://ex%61mple.com", "example.com"),
        ("http://пример.рф", "xn--e1afmkfd.xn--p1ai"),
        ("http://例え。jp", "xn--r8jz45g.jp"),
        ("http://[::1]:80/x", "[::1]"),
        ("mailto:bob@Example.com?subject=a@b.c", "example.com"),
        ("http://[z/", "[z"),
        ("http://%5Bz/", "[z"),
        ("mailto:bob", ""),
        ("http://", ""),
    ],
)
def test_the_host_is_the_one_that_a_browser_asks(url: str, expected: str) -> None:
    assert host(url) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("www.bank.com", "www.bank.com"),
        ("Bank.COM", "bank.com"),
        ("see www.bank.com now", "www.bank.com"),
        ("请看www.bank.com的页面", "www.bank.com"),
        ("https://bank.com:443/login", "bank.com"),
        ("http://bank.com@evil.example", "bank.com"),
        ("bob@bank.com", "bank.com"),
        ("bank.com.", "bank.com"),
        ("bank.com/login", "bank.com"),
        ("10.0.0.1", "10.0.0.1"),
        ("银行.中国", "xn--jn2a72x.xn--fiqs8s"),
        ("аpple.com", "xn--pple-43d.com"),
        ("xn--pple-43d.com", "xn--pple-43d.com"),
        ("www.notes.md", "www.notes.md"),
        ("notes.md/path", "notes.md"),
        ("README.md", ""),
        ("README.md of bank.com", "bank.com"),
        ("说明.md", ""),
        ("Vue.js", ""),
        ("3.11", ""),
        ("v1.2.3", ""),
        ("click here", ""),
        ("e.g. this", ""),
        ("", ""),
    ],
)
def test_the_host_that_a_text_names(text: str, expected: str) -> None:
    assert named_host(text) == expected


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("example.com", "https://www.example.com/x"),
        ("www.example.com", "https://example.com"),
        ("Example.COM.", "http://EXAMPLE.com:8080/a"),
        ("https://example.com:443/a", "https://docs.example.com./"),
        ("click here", "https://evil.example"),
        ("README.md", "https://example.com/README.md"),
        ("bob@example.com", "mailto:bob@example.com"),
        ("write to us", "mailto:bob@example.com"),
        ("пример.рф", "https://xn--e1afmkfd.xn--p1ai/"),
        ("银行.中国", "http://银行。中国"),
        ("bob.smith@example.com", "mailto:bob.smith@example.com"),
        ("https://web.example/of/https://bank.com/a", "https://web.example/of/https://bank.com/a"),
        ("web.example/of/bank.com", "https://web.example/of/bank.com"),
        ("$E = mc^2$", "https://example.com"),
    ],
)
def test_a_link_that_leads_where_its_text_says_surprises_nobody(text: str, url: str) -> None:
    assert not differs(text, url)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("www.bank.com", "http://evil.example"),
        ("https://bank.com/login", "https://bank.com.evil.example/login"),
        ("bank.com", "https://notbank.com"),
        ("http://bank.com@evil.example", "http://bank.com@evil.example"),
        ("click here", "http://bank.com@evil.example"),
        ("click here", "http:///bank.com@evil.example"),
        ("apple.com", "http://аpple.com"),
        ("аpple.com", "http://аpple.com"),
        ("click here", "https://xn--pple-43d.com"),
        ("click here", "https://аре.com"),
        ("click here", "https://gοοgle.com"),
        ("bob@bank.com", "mailto:eve@evil.example"),
        ("bob.smith@bank.com", "mailto:bob.smith@evil.example"),
        ("www.bank.com", "mailto:bob"),
        ("www.bank.com", "http://["),
        ("evil.example www.bank.com", "https://evil.example"),
        ("evil.example/login for https://bank.com", "https://evil.example"),
        ("访问evil.example或www.bank.com", "https://evil.example"),
        ("www.bank.com@evil.example", "https://evil.example"),
        ("$\\mathrm{www. bank}.com$", "https://evil.example"),
    ],
)
def test_a_link_that_leads_elsewhere_than_it_says_is_found(text: str, url: str) -> None:
    assert differs(text, url)


def test_of_several_hosts_the_one_that_surprises_is_named() -> None:
    assert named_host("a.example, b.example", "https://a.example") == "b.example"
    assert named_host("a.example, b.example", "https://c.example") == "a.example"
    assert named_host("a.example", "https://www.a.example") == "a.example"


def test_a_host_can_be_read_in_its_own_letters() -> None:
    assert readable_host("xn--e1afmkfd.xn--p1ai") == "пример.рф"
    assert readable_host("www.example.com") == "www.example.com"
    assert readable_host("xn--\u00e9.com") == "xn--\u00e9.com"
    assert readable_host("xn--99999999999") == "xn--99999999999"
    assert ascii_host("") == ""


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://Example.com/A b?c", "https://example.com/A b?c"),
        ("https://u@пример.рф:80/ы", "https://u@xn--e1afmkfd.xn--p1ai:80/ы"),
        ("http:///a.example\\b", "http://a.example\\b"),
        ("https://a.example/\u202egro\u200b", "https://a.example/gro"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("http://%5Bz/", "http://[z/"),
    ],
)
def test_an_address_is_shown_without_disguise(url: str, expected: str) -> None:
    assert shown_url(url) == expected
