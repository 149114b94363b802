# SPDX-License-Identifier: MIT
from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.core.places import Place, literal, place_of


@pytest.mark.parametrize(
    ("host", "place"),
    [
        ("localhost", "loopback"),
        ("LocalHost.", "loopback"),
        ("ollama.localhost", "loopback"),
        ("localhost.localdomain", "loopback"),
        ("127.0.0.1", "loopback"),
        ("127.255.0.9", "loopback"),
        ("0.0.0.0", "loopback"),
        ("::1", "loopback"),
        ("[::1]", "loopback"),
        ("::", "loopback"),
        ("::ffff:127.0.0.1", "loopback"),
        ("10.1.2.3", "private"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.168.1.20", "private"),
        ("169.254.7.7", "private"),
        ("100.64.0.1", "private"),
        ("::ffff:192.168.1.20", "private"),
        ("fd12::1", "private"),
        ("fe80::1", "private"),
        ("fe80::1%eth0", "private"),
        ("nas.local", "private"),
        ("NAS.Local.", "private"),
        ("box.home.arpa", "private"),
        ("172.32.0.1", "public"),
        ("100.128.0.1", "public"),
        ("192.0.2.1", "public"),
        ("2001:db8::1", "public"),
        ("open.bigmodel.cn", "public"),
        ("localhost.example.org", "public"),
        ("notlocalhost", "public"),
        ("local", "public"),
        ("127.0.0.1.example.org", "public"),
        ("", "public"),
    ],
)
def test_the_place_of_a_host(host: str, place: Place) -> None:
    assert place_of(host) == place


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_keeps_its_place_within_ipv6(address: IPv4Address) -> None:
    assert place_of(f"[::ffff:{address}]") == place_of(str(address))


@given(st.ip_addresses(v=4, network="127.0.0.0/8"))
def test_every_loopback_address_is_on_this_computer(address: IPv4Address) -> None:
    assert place_of(str(address)) == "loopback"


@given(st.ip_addresses(v=6))
def test_an_address_has_the_same_place_in_all_its_spellings(address: IPv6Address) -> None:
    assert place_of(f"[{address.exploded.upper()}]") == place_of(str(address))


@given(st.text())
def test_any_text_has_a_place(text: str) -> None:
    assert place_of(text) in ("loopback", "private", "public")
    assert literal(text) is None or place_of(text) == place_of(str(literal(text)))
