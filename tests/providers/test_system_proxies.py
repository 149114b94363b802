# SPDX-License-Identifier: MIT
from __future__ import annotations

import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.providers.system_proxies import SystemProxies, system_proxies


def read(
    environment: Mapping[str, str], settings: Mapping[str, str] | None = None, platform: str = "x"
) -> SystemProxies:
    return system_proxies(environment, lambda: settings or {}, platform)


def test_the_environment_has_a_variable_for_each_purpose() -> None:
    environment = {
        "HTTP_PROXY": "http://a:1",
        "https_proxy": "http://b:2",
        "ALL_PROXY": "socks5h://c:3",
        "SOCKS_PROXY": "socks5://d:4",
        "NO_PROXY": "localhost, .example.org 10.0.0.0/8;x",
        "OTHER": "y",
    }
    assert read(environment, {"http": "http://unused"}) == SystemProxies(
        "http://a:1",
        "http://b:2",
        "socks5://d:4",
        "socks5h://c:3",
        ("localhost", ".example.org", "10.0.0.0/8", "x"),
    )


def test_small_letters_go_before_capitals() -> None:
    assert read({"http_proxy": "a", "HTTP_PROXY": "b"}).http == "a"
    assert read({"HTTP_PROXY": "b", "http_proxy": "a"}).http == "a"
    # An empty one switches off.
    assert read({"HTTP_PROXY": "b", "http_proxy": " "}).http == ""


def test_without_variables_the_settings_of_the_system_count() -> None:
    settings = {"http": "http://a:1", "https": "http://b:2", "ftp": "http://c:3"}
    assert read({"NO_PROXY": "x"}, settings) == SystemProxies(
        "http://a:1", "http://b:2", exceptions=("x",)
    )
    assert read({"https_proxy": "d"}, settings) == SystemProxies(https="d")


@pytest.mark.parametrize(
    ("listed", "socks"),
    [
        ("http://a:1", "socks5://a:1"),
        ("a:1", "socks5://a:1"),
        ("socks4://a:1", "socks4://a:1"),
        ("", ""),
    ],
)
def test_the_address_of_a_socks_proxy_is_one(listed: str, socks: str) -> None:
    assert read({}, {"socks": listed}).socks == socks


class FakeRegistry(ModuleType):
    HKEY_CURRENT_USER = 1

    def __init__(self, value: str | None) -> None:
        super().__init__("winreg")
        self._value = value

    def OpenKey(self, root: int, path: str) -> FakeRegistry:
        assert path.endswith("Internet Settings")
        return self

    def __enter__(self) -> FakeRegistry:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def QueryValueEx(self, key: object, name: str) -> tuple[str, int]:
        if self._value is None:
            raise FileNotFoundError(name)
        return self._value, 1


def test_windows_has_exceptions(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = FakeRegistry("*.example.org;192.168.*;<local>")
    monkeypatch.setitem(sys.modules, "winreg", registry)
    listed = read({}, {"https": "p"}, "win32")
    assert listed.exceptions == ("*.example.org", "192.168.*", "<local>")
    assert listed.exception("nas", 80) == "<local>"
    monkeypatch.setitem(sys.modules, "winreg", FakeRegistry(None))
    assert read({}, {"https": "p"}, "win32").exceptions == ()


def test_macos_has_exceptions(monkeypatch: pytest.MonkeyPatch) -> None:
    module: Any = ModuleType("_scproxy")
    module._get_proxy_settings = lambda: {
        "exclude_simple": True,
        "exceptions": ["*.local", None, "169.254/16"],
    }
    monkeypatch.setitem(sys.modules, "_scproxy", module)
    assert read({}, {"https": "p"}, "darwin").exceptions == ("<local>", "*.local", "169.254/16")
    module._get_proxy_settings = dict
    assert read({}, {"https": "p"}, "darwin").exceptions == ()
    monkeypatch.setitem(sys.modules, "_scproxy", None)
    assert read({}, {"https": "p"}, "darwin").exceptions == ()


@pytest.mark.parametrize(
    ("entry", "host", "met"),
    [
        ("*", "anything.example.org", True),
        ("*", "2001:db8::1", True),
        ("example.org", "example.org", True),
        ("Example.ORG", "api.EXAMPLE.org", True),
        (".example.org", "api.example.org", True),
        ("*.example.org", "a.b.example.org", True),
        ("example.org.", "example.org.", True),
        ("example.org", "notexample.org", False),
        ("example.org", "example.org.cn", False),
        ("api.*.org", "api.example.org", True),
        ("api.*.org", "web.example.org", False),
        ("example.org:8443", "api.example.org", True),
        ("example.org:443", "api.example.org", False),
        ("198.51.100.7", "198.51.100.7", True),
        ("198.51.100.7", "198.51.100.77", False),
        ("198.51.100.0/24", "198.51.100.77", True),
        ("198.51.100.0/24", "198.51.101.1", False),
        ("198.51.100.*", "198.51.100.77", True),
        ("198.51/16", "198.51.100.77", True),
        ("198.51", "198.51.100.77", True),
        ("198.51", "198.5.100.77", False),
        ("[2001:db8::1]", "2001:db8::1", True),
        ("2001:db8::/32", "2001:db8::9", True),
        ("2001:db8::/32", "198.51.100.7", False),
        ("[2001:db8::1]:8443", "2001:db8::1", True),
        ("[2001:db8::1]:1", "2001:db8::1", False),
        ("198.51.100.0/99", "198.51.100.7", False),
        ("<local>", "nas", True),
        ("<local>", "nas.example.org", False),
        ("<local>", "2001:db8::1", False),
        (".", "example.org", False),
    ],
)
def test_exceptions_as_systems_write_them(entry: str, host: str, met: bool) -> None:
    system = SystemProxies(exceptions=("never.invalid", entry))
    assert system.exception(host, 8443) == (entry if met else "")


labels = st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True)
names = st.lists(labels, min_size=1, max_size=4).map(".".join)


@given(names, names)
def test_an_exception_counts_for_a_name_and_all_below_it_alone(name: str, other: str) -> None:
    system = SystemProxies(exceptions=(name,))
    assert system.exception(name, 443) == system.exception(f"{other}.{name}", 443) == name
    assert system.exception(f"{other}-{name}", 443) == ""


@given(st.ip_addresses(v=4), st.integers(0, 32))
def test_a_network_holds_its_addresses_alone(address: object, bits: int) -> None:
    entry = f"{address}/{bits}"
    system = SystemProxies(exceptions=(entry,))
    number = int(address)  # type: ignore[call-overload]
    for other in {number, number ^ 1, number ^ (1 << 31)}:
        inside = other >> (32 - bits) == number >> (32 - bits)
        dotted = ".".join(str(other >> shift & 255) for shift in (24, 16, 8, 0))
        assert system.exception(dotted, 80) == (entry if inside else "")


@given(st.lists(st.text()), st.text(), st.none() | st.integers(1, 65535))
def test_no_text_is_too_odd(entries: list[str], host: str, port: int | None) -> None:
    system = SystemProxies(exceptions=tuple(entries))
    assert system.exception(host, port) in ("", *entries)
    listed = read({"NO_PROXY": ",".join(entries), "ALL_PROXY": "p"})
    assert all(listed.exceptions)


def test_nothing_of_an_address_is_shown() -> None:
    assert "s3cret" not in repr(SystemProxies("http://me:s3cret@p", "", "", "http://x:s3cret@p"))
