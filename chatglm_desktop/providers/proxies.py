# SPDX-License-Identifier: MIT
"""Decides through which proxy an address is asked, and says why; opens no connection."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from yarl import URL

from chatglm_desktop.core.accounts import AccountProxy
from chatglm_desktop.core.errors import ProxyUnusable
from chatglm_desktop.core.network import NetworkOptions, ProxyDecision, ProxyReason
from chatglm_desktop.core.places import place_of
from chatglm_desktop.providers.system_proxies import SystemProxies

ProxyKind: TypeAlias = Literal["http", "https", "socks5", "socks5-local", "socks4"]

_KINDS: dict[str, ProxyKind] = {
    "http": "http",
    "https": "https",
    "socks": "socks5",
    "socks5": "socks5",
    "socks5h": "socks5",
    "socks5-local": "socks5-local",
    "socks4": "socks4",
    "socks4a": "socks4",
}
_PORTS: dict[ProxyKind, int] = {"http": 80, "https": 443}
_SOCKS_PORT = 1080
_LONGEST_SOCKS_NAME = 255
_UNSENDABLE = re.compile(r"[\s\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class ProxyServer:
    """A proxy and who logs in there. Names are resolved by it, but for ``socks5-local``."""

    kind: ProxyKind
    host: str
    port: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def address(self) -> str:
        """What may be shown: no user, no password."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.kind}://{host}:{self.port}"

    @property
    def is_socks(self) -> bool:
        return self.kind.startswith("socks")


@dataclass(frozen=True, slots=True)
class ProxyChoice:
    """The proxy to use, None for none, and the decision as it may be shown."""

    decision: ProxyDecision
    server: ProxyServer | None = None


def choose_proxy(
    url: str,
    options: NetworkOptions,
    account_proxy: AccountProxy,
    system: SystemProxies,
    password: str = "",
) -> ProxyChoice:
    """How to ask ``url`` with an account that wants ``account_proxy``.

    Hosts on this computer are always asked directly, hosts in this network unless the account
    itself wants the user's own proxy. ``password`` is that proxy's. Raises ProxyUnusable if the
    chosen one makes no sense: what was to go through a proxy never goes around it.
    """
    own = account_proxy != "default"
    mode = options.proxy_mode if account_proxy == "default" else account_proxy
    if mode == "off":
        return ProxyChoice(ProxyDecision("off", of_account=own))
    target = _target(url)
    place = place_of(target.raw_host or "")
    if place == "loopback" or (place == "private" and account_proxy != "custom"):
        return ProxyChoice(ProxyDecision(place))
    if mode == "system":
        return _of_system(target, system, own)
    server = parse_proxy(options.proxy_url, options.proxy_user, password)
    return ProxyChoice(ProxyDecision("custom", server.address, of_account=own), server)


def _target(url: str) -> URL:
    try:
        return URL(url)
    except ValueError:
        # Whoever asks it will be told.
        return URL()


def _of_system(target: URL, system: SystemProxies, own: bool) -> ProxyChoice:
    entry = system.exception(target.raw_host or "", target.port)
    if entry:
        return ProxyChoice(ProxyDecision("exception", entry=entry, of_account=own))
    scheme: ProxyReason = "system-http" if target.scheme == "http" else "system-https"
    candidates: tuple[tuple[ProxyReason, str], ...] = (
        (scheme, system.http if target.scheme == "http" else system.https),
        ("system-socks", system.socks),
        ("system-all", system.all),
    )
    for reason, address in candidates:
        if address:
            server = parse_proxy(address)
            return ProxyChoice(ProxyDecision(reason, server.address, of_account=own), server)
    return ProxyChoice(ProxyDecision("system-none", of_account=own))


def parse_proxy(address: str, user: str = "", password: str = "") -> ProxyServer:
    """The proxy at ``address``, an HTTP one if that has no scheme.

    ``user`` and ``password`` go before those in the address. Raises ProxyUnusable, which quotes
    nothing of them.
    """
    scheme, mark, rest = address.strip().rpartition("://")
    kind = _KINDS.get(scheme.lower()) if mark else "http"
    if kind is None:
        raise ProxyUnusable(details="the proxy's address has an unknown scheme")
    url = _authority(rest)
    if url is None:
        raise ProxyUnusable(details="the proxy's address has no host that can be asked")
    if url.raw_path not in ("", "/") or url.raw_query_string or url.raw_fragment:
        raise ProxyUnusable(details="the proxy's address goes on after its port")
    if not user:
        user, password = url.user or "", url.password or ""
    _check_login(kind, user, password)
    port = url.explicit_port or _PORTS.get(kind, _SOCKS_PORT)
    return ProxyServer(kind, url.raw_host or "", port, user, password)


def _authority(rest: str) -> URL | None:
    """What follows the scheme of a proxy's address; None if no host can be asked by it."""
    try:
        url = URL(f"http://{rest}")
        host = url.raw_host or ""
        # As the resolver does it: no empty label, none too long.
        host.encode("idna")
    except ValueError:
        # Its text may hold the password.
        return None
    return url if host and not _UNSENDABLE.search(host) and url.explicit_port != 0 else None


def _check_login(kind: ProxyKind, user: str, password: str) -> None:
    """Raise ProxyUnusable for what the proxy's protocol cannot say."""
    if not kind.startswith("socks"):
        if ":" in user:
            raise ProxyUnusable(details="the proxy's user has a colon")
    elif not f"{user}{password}".isascii():
        raise ProxyUnusable(details="a SOCKS proxy's user or password has letters beyond ASCII")
    elif max(len(user), len(password)) > _LONGEST_SOCKS_NAME:
        raise ProxyUnusable(details="a SOCKS proxy's user or password is too long")
