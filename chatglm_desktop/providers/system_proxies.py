# SPDX-License-Identifier: MIT
"""The proxies that the system names and its exceptions from them; chooses none."""

from __future__ import annotations

import importlib
import re
import sys
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from ipaddress import ip_network

from chatglm_desktop.core.places import literal

_SHORT_NETWORK = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,2})(/\d{1,2})?")
_WITH_PORT = re.compile(r"(\[[^\]]*\]|[^:]*):(\d+)")
_WINDOWS_KEY = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"


@dataclass(frozen=True, slots=True)
class SystemProxies:
    """Addresses by what they are for, "" where there is none; they may hold passwords.

    ``exceptions`` are hosts that are asked directly, as systems write them: a name also for those
    below it, with ``*`` for any text, with a port, an address, a network; ``<local>`` for all
    names without a dot.
    """

    http: str = field(default="", repr=False)
    https: str = field(default="", repr=False)
    socks: str = field(default="", repr=False)
    all: str = field(default="", repr=False)
    exceptions: tuple[str, ...] = ()

    def exception(self, host: str, port: int | None) -> str:
        """The exception that ``host`` meets at ``port``; "" if it meets none."""
        name = host.rstrip(".").lower()
        found = (entry for entry in self.exceptions if _meets(name, port, entry.lower()))
        return next(found, "")


def system_proxies(
    environment: Mapping[str, str],
    settings: Callable[[], Mapping[str, str]] = urllib.request.getproxies,
    platform: str = sys.platform,
) -> SystemProxies:
    """What the environment says or, if that names no proxy, the system's ``settings``.

    Variables in small letters go before those in capitals. Exceptions of both count.
    """
    listed = _of_environment(environment)
    exceptions = re.split(r"[\s,;]+", listed.pop("no", ""))
    if not listed.keys() & {"http", "https", "socks", "all"}:
        listed = {**settings()}
        exceptions += _platform_exceptions(platform)
    return SystemProxies(
        listed.get("http", ""),
        listed.get("https", ""),
        _socks(listed.get("socks", "")),
        listed.get("all", ""),
        tuple(filter(None, exceptions)),
    )


def _of_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that end in ``_proxy``, by what they are for."""
    proxies = {name.lower(): value for name, value in environment.items()}
    proxies |= {name: value for name, value in environment.items() if name.islower()}
    ending = "_proxy"
    return {
        name.removesuffix(ending): value.strip()
        for name, value in proxies.items()
        if name.endswith(ending) and value.strip()
    }


def _socks(address: str) -> str:
    """macOS writes the address of a SOCKS proxy as if it were one for HTTP."""
    bare = address.removeprefix("http://")
    return bare if not bare or "://" in bare else f"socks5://{bare}"


def _platform_exceptions(platform: str) -> Sequence[str]:
    """What the settings of Windows or macOS except; nothing where they cannot be read."""
    try:
        if platform == "win32":
            return _windows_exceptions()
        if platform == "darwin":
            return _mac_exceptions()
    except (ImportError, OSError):
        pass
    return ()


def _windows_exceptions() -> Sequence[str]:
    winreg = importlib.import_module("winreg")
    with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _WINDOWS_KEY) as key:
        value, _ = winreg.QueryValueEx(key, "ProxyOverride")
    return re.split(r"[\s;]+", str(value))


def _mac_exceptions() -> Sequence[str]:
    settings = importlib.import_module("_scproxy")._get_proxy_settings()
    simple = ["<local>"] if settings.get("exclude_simple") else []
    return [*simple, *(str(entry) for entry in settings.get("exceptions", ()) if entry)]


def _meets(host: str, port: int | None, entry: str) -> bool:
    """Whether ``entry``, in small letters, names ``host`` at ``port``."""
    with_port = _WITH_PORT.fullmatch(entry)
    if with_port:
        return with_port[2] == str(port) and _names(host, with_port[1])
    return _names(host, entry)


def _names(host: str, entry: str) -> bool:
    address = literal(host)
    if entry == "<local>":
        return address is None and "." not in host
    if address is not None and _in_network(host, entry):
        return True
    if "*" in entry.lstrip("*."):
        return fnmatchcase(host, entry)
    name = entry.lstrip("*.") or entry
    return name == "*" or host == name.rstrip(".") or host.endswith(f".{name.rstrip('.')}")


def _in_network(host: str, entry: str) -> bool:
    """Whether the address ``host`` is within ``entry``, in which macOS leaves out zeros."""
    address = literal(host)
    short = _SHORT_NETWORK.fullmatch(entry)
    if short:
        count = short[1].count(".") + 1
        entry = short[1] + ".0" * (4 - count) + (short[2] or f"/{8 * count}")
    try:
        network = ip_network(entry.strip("[]"), strict=False)
    except ValueError:
        return False
    return address is not None and address in network
