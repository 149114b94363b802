# SPDX-License-Identifier: MIT
from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from chatglm_desktop.core.accounts import AccountProxy
from chatglm_desktop.core.errors import ProxyUnusable
from chatglm_desktop.core.network import NetworkOptions, ProxyDecision, ProxyMode, ProxyReason
from chatglm_desktop.providers.proxies import ProxyServer, choose_proxy, parse_proxy
from chatglm_desktop.providers.system_proxies import SystemProxies

PUBLIC = "https://open.bigmodel.cn/api"
CUSTOM = NetworkOptions("custom", "socks5://127.0.0.1:1080", "me")
BY_SYSTEM = NetworkOptions("system")
SYSTEM = SystemProxies(
    http="http://plain:3128", https="secure:3129", all="socks5://all:1080", exceptions=("z.ai",)
)
EVERYTHING = SystemProxies(http="http://p:1", https="http://p:2", all="socks5://p:3")

accounts = st.sampled_from(get_args(AccountProxy))
options = st.builds(
    NetworkOptions, st.sampled_from(get_args(ProxyMode)), st.just("http://proxy:3128")
)


def decide(
    url: str = PUBLIC,
    options: NetworkOptions = BY_SYSTEM,
    account: AccountProxy = "default",
    system: SystemProxies = SYSTEM,
) -> ProxyDecision:
    return choose_proxy(url, options, account, system).decision


@pytest.mark.parametrize(
    ("url", "account", "decision"),
    [
        (PUBLIC, "default", ProxyDecision("custom", "socks5://127.0.0.1:1080")),
        (PUBLIC, "custom", ProxyDecision("custom", "socks5://127.0.0.1:1080", of_account=True)),
        (PUBLIC, "off", ProxyDecision("off", of_account=True)),
        (PUBLIC, "system", ProxyDecision("system-https", "http://secure:3129", "", True)),
        ("http://localhost:11434", "custom", ProxyDecision("loopback")),
        ("http://10.0.0.1/", "default", ProxyDecision("private")),
        ("http://nas.local/", "system", ProxyDecision("private")),
        # Whoever sets the proxy for this very server may need it to get there.
        (
            "http://10.0.0.1/",
            "custom",
            ProxyDecision("custom", "socks5://127.0.0.1:1080", "", True),
        ),
    ],
)
def test_the_account_goes_before_the_options(
    url: str, account: AccountProxy, decision: ProxyDecision
) -> None:
    assert decide(url, CUSTOM, account) == decision


@pytest.mark.parametrize(
    ("url", "system", "decision"),
    [
        (PUBLIC, SYSTEM, ProxyDecision("system-https", "http://secure:3129")),
        ("http://example.org/", SYSTEM, ProxyDecision("system-http", "http://plain:3128")),
        ("https://api.z.ai/", SYSTEM, ProxyDecision("exception", entry="z.ai")),
        (PUBLIC, SystemProxies(http="p"), ProxyDecision("system-none")),
        ("http://[::1", SystemProxies(http="p"), ProxyDecision("system-none")),
        (PUBLIC, SystemProxies(), ProxyDecision("system-none")),
        (PUBLIC, SystemProxies(all="p:1"), ProxyDecision("system-all", "http://p:1")),
        (
            PUBLIC,
            SystemProxies(socks="socks5://p", all="q"),
            ProxyDecision("system-socks", "socks5://p:1080"),
        ),
    ],
)
def test_the_system_knows_a_proxy_for_each_purpose(
    url: str, system: SystemProxies, decision: ProxyDecision
) -> None:
    assert decide(url, system=system) == decision


def test_switched_off_means_off() -> None:
    assert decide(options=NetworkOptions("off")) == ProxyDecision("off")
    assert decide(options=NetworkOptions("off"), account="system").reason == "system-https"


def test_the_password_goes_with_the_choice_and_is_never_shown() -> None:
    choice = choose_proxy(PUBLIC, CUSTOM, "default", SYSTEM, "s3cret")
    assert choice.server is not None
    assert (choice.server.user, choice.server.password) == ("me", "s3cret")
    system = SystemProxies(https="http://me:s3cret@p:1")
    chosen = choose_proxy(PUBLIC, NetworkOptions(), "default", system)
    assert chosen.server == ProxyServer("http", "p", 1, "me", "s3cret")
    assert "s3cret" not in f"{choice}{choice.server.address}{chosen}{system}"
    assert "me" not in repr(choice.server)


@pytest.mark.parametrize("mode", ["custom", "system"])
def test_a_proxy_that_makes_no_sense_is_never_gone_around(mode: ProxyMode) -> None:
    with pytest.raises(ProxyUnusable):
        decide(options=NetworkOptions(mode, ""), system=SystemProxies(https="ftp://p"))


@given(options, accounts, st.ip_addresses(v=4, network="127.0.0.0/8") | st.just(IPv6Address(1)))
def test_this_computer_is_always_asked_directly(
    options: NetworkOptions, account: AccountProxy, address: IPv4Address | IPv6Address
) -> None:
    host = f"[{address}]" if address.version == 6 else str(address)
    assert decide(f"http://{host}:8080/v1", options, account, EVERYTHING).proxy == ""


NETWORKS = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10")
nearby = st.sampled_from(NETWORKS).flatmap(lambda network: st.ip_addresses(network=network))


@given(options, accounts.filter(lambda account: account != "custom"), nearby)
def test_this_network_is_asked_directly_unless_the_account_wants_a_proxy(
    options: NetworkOptions, account: AccountProxy, address: IPv4Address
) -> None:
    assert decide(f"http://{address}:8000/v1", options, account, EVERYTHING).proxy == ""


labels = st.from_regex(r"[a-z][a-z0-9]{0,9}", fullmatch=True)
names = st.lists(labels, min_size=2, max_size=4).map(".".join)


@given(names.filter(lambda name: not name.endswith((".local", ".localhost", ".arpa"))))
def test_other_names_go_through_the_proxy(name: str) -> None:
    reasons: set[ProxyReason] = {
        decide(f"{scheme}://{name}/", system=EVERYTHING).reason for scheme in ("http", "https")
    }
    assert reasons == {"system-http", "system-https"}


@given(st.text(), options, accounts)
def test_any_address_gets_a_decision(
    url: str, options: NetworkOptions, account: AccountProxy
) -> None:
    decision = decide(url, options, account, EVERYTHING)
    assert decision.reason in get_args(ProxyReason)


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("127.0.0.1:7890", ProxyServer("http", "127.0.0.1", 7890)),
        ("http://proxy", ProxyServer("http", "proxy", 80)),
        ("HTTPS://proxy/", ProxyServer("https", "proxy", 443)),
        (" socks5://proxy:1 ", ProxyServer("socks5", "proxy", 1)),
        ("socks5h://proxy", ProxyServer("socks5", "proxy", 1080)),
        ("socks://proxy", ProxyServer("socks5", "proxy", 1080)),
        ("socks5-local://proxy", ProxyServer("socks5-local", "proxy", 1080)),
        ("socks4a://proxy", ProxyServer("socks4", "proxy", 1080)),
        ("http://[::1]:3128", ProxyServer("http", "::1", 3128)),
        ("http://代理.cn:1", ProxyServer("http", "xn--mnq481g.cn", 1)),
        ("http://a%40b:c%3Ad@p:1", ProxyServer("http", "p", 1, "a@b", "c:d")),
        ("me:pass@p:1", ProxyServer("http", "p", 1, "me", "pass")),
    ],
)
def test_the_address_of_a_proxy(address: str, server: ProxyServer) -> None:
    assert parse_proxy(address) == server
    assert parse_proxy(server.address) == ProxyServer(server.kind, server.host, server.port)


def test_a_user_that_is_set_goes_before_that_of_the_address() -> None:
    server = parse_proxy("http://me:pass@p:1", "you", "word")
    assert (server.user, server.password) == ("you", "word")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ftp://me:s3cret@p:1",
        "http://me:s3cret@",
        "http://me:s3cret@p:0",
        "http://me:s3cret@p:99999",
        "http://me:s3cret@p:x",
        "http://me:s3cret@[::1",
        "http://me:s3cret@a..b",
        "http://me:s3cret@a b",
        "http://me:s3cret@p/proxy.pac",
        "http://me:s3cret@p?x",
        "http://me:s3cret@p#x",
        "socks5://me:s3crét@p",
        "socks5://s3cret:" + "x" * 256 + "@p",
        "http://s3c%3Aret:s3cret@p",
        "://p",
    ],
)
def test_an_address_that_is_none_is_not_quoted(address: str) -> None:
    with pytest.raises(ProxyUnusable) as caught:
        parse_proxy(address)
    error = caught.value
    assert error.__cause__ is error.__context__ is None
    assert "s3c" not in f"{error!r} {error} {error.details}"
    assert error.details.startswith(("the proxy", "a SOCKS proxy"))


@given(st.text() | st.text().map("socks5://".__add__) | st.text().map("http://u:p@h".__add__))
def test_any_text_is_a_proxy_or_is_refused(address: str) -> None:
    try:
        server = parse_proxy(address)
    except ProxyUnusable:
        return
    assert parse_proxy(server.address).address == server.address
    assert 0 < server.port < 65536


@given(st.text(st.characters(codec="utf-8"), min_size=1), st.text(st.characters(codec="utf-8")))
def test_a_login_survives_its_way_through_an_address(user: str, password: str) -> None:
    url = URL.build(scheme="http", user=user, password=password, host="p", port=1)
    try:
        server = parse_proxy(str(url))
    except ProxyUnusable:
        assert ":" in user
    else:
        assert (server.user, server.password) == (user, password)
