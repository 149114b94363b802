# SPDX-License-Identifier: MIT
"""Bare web and mail addresses are links, also next to Chinese text; what only looks so is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.common.normalize_url import normalizeLink

from chatglm_desktop.markdown.blocks import Span
from chatglm_desktop.markdown.inline import parse_inline


def links(inline: str) -> list[tuple[str, str]]:
    return [(span.text, span.link) for span in parse_inline(inline, {}) if span.link]


@pytest.mark.parametrize(
    ("inline", "address"),
    [
        ("http://a.b/c.", "http://a.b/c"),
        ("见https://a.b/c。后面", "https://a.b/c"),
        ("见https://a.b/c，后面", "https://a.b/c"),
        ("“https://a.b/c”", "https://a.b/c"),
        ("(https://a.b/c_(d))", "https://a.b/c_(d)"),
        ("**https://a.b/c**", "https://a.b/c"),
        ("**https://a.b/c**后面", "https://a.b/c"),
        ("_https://a.b/c_", "https://a.b/c"),
        ("https://a.b/x.html#object.__init__，", "https://a.b/x.html#object.__init__"),
        ("https://a.b/_c_/d", "https://a.b/_c_/d"),
        ("a https://a.b/?q=1&r=2, b", "https://a.b/?q=1&r=2"),
        ("https://a.b/?q=1&amp;r=2", "https://a.b/?q=1&r=2"),
        ("https://a.b/?q=1&amp;", "https://a.b/?q=1"),
        ("https://a.b/c;", "https://a.b/c"),
        ("https://a.b/c?!", "https://a.b/c"),
    ],
)
def test_bare_addresses_are_links(inline: str, address: str) -> None:
    assert links(inline) == [(address, address)]


@pytest.mark.parametrize(
    ("inline", "address"),
    [("www.a.cn", "www.a.cn"), ("请看www.a.cn/b。", "www.a.cn/b"), ("(www.a.b)", "www.a.b")],
)
def test_an_address_without_a_scheme_leads_to_the_web(inline: str, address: str) -> None:
    assert links(inline) == [(address, f"http://{address}")]


@pytest.mark.parametrize(
    ("inline", "mail"),
    [
        ("me@a.cn", "me@a.cn"),
        ("邮箱me.you+x@a-b.com.cn。", "me.you+x@a-b.com.cn"),
        ("a_b@c.de.", "a_b@c.de"),
        ("mailto:a@b.cn", "a@b.cn"),
    ],
)
def test_mail_addresses_are_links(inline: str, mail: str) -> None:
    ((text, link),) = links(inline)
    assert text.removeprefix("mailto:") == mail
    assert link == f"mailto:{mail}"


@pytest.mark.parametrize(
    "inline",
    [
        "`https://a.b`",
        "xhttps://a.b",
        "see a://b",
        "a.b",
        "http://",
        "http://.",
        "http://中文",
        "www.",
        "xwww.a.b",
        "`a@b.cn`",
        "a@b",
        "@a.cn",
        "a@b.cn_",
        "ssh://git@b.cn/c",
    ],
)
def test_what_only_looks_like_one_is_text(inline: str) -> None:
    assert links(inline) == []


def test_an_address_in_a_link_is_its_text() -> None:
    assert links("[https://a.b](https://c.d)") == [("https://a.b", "https://c.d")]
    assert links("[a@b.cn](https://c.d)") == [("a@b.cn", "https://c.d")]
    assert links("<https://a.b>") == [("https://a.b", "https://a.b")]


def test_text_around_addresses_is_kept() -> None:
    assert parse_inline("a http://b c http://d or e@f.gh!", {}) == (
        Span("a "),
        Span("http://b", link="http://b"),
        Span(" c "),
        Span("http://d", link="http://d"),
        Span(" or "),
        Span("e@f.gh", link="mailto:e@f.gh"),
        Span("!"),
    )
    assert parse_inline("a@b.cn", {}) == (Span("a@b.cn", link="mailto:a@b.cn"),)


@settings(deadline=None)
@given(st.sampled_from(["http", "https"]), st.text("aZ1.-/~=&+,%?#:@é中", min_size=1, max_size=16))
def test_the_address_of_a_link_is_encoded_as_the_library_does(scheme: str, rest: str) -> None:
    address = f"{scheme}://a{rest}"
    assert links(f"[text]({address})") == [("text", normalizeLink(address))]
