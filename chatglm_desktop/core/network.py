# SPDX-License-Identifier: MIT
"""How the network is to be used, and how a request went, as values; opens no connection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from chatglm_desktop.core.chat_error import Failure

ProxyMode: TypeAlias = Literal["off", "system", "custom"]
ProxyReason: TypeAlias = Literal[
    "off",
    "loopback",
    "private",
    "exception",
    "system-http",
    "system-https",
    "system-socks",
    "system-all",
    "system-none",
    "custom",
]
"""Why a proxy is used or not: switched off, a host on this computer or in this network, one that
the system's list of exceptions names, what the system has for the scheme of an address, for SOCKS,
for everything or not at all, and the user's own proxy."""


@dataclass(frozen=True, slots=True)
class NetworkOptions:
    """What the user chose; the proxy's password is a secret and lies in the keyring.

    ``proxy_url`` is http, https, socks5 (names are resolved by the proxy) or socks5 with a local
    resolver as ``socks5-local``. Times are in seconds; ``first_token_local`` is for servers on
    this computer, which may have to load a model first.
    """

    proxy_mode: ProxyMode = "system"
    proxy_url: str = ""
    proxy_user: str = ""
    ca_file: str = ""
    connect: float = 30.0
    first_token: float = 120.0
    first_token_local: float = 600.0
    idle: float = 300.0


PROXY_SECRET = "proxy"
"""The name under which the proxy's password is kept."""


@dataclass(frozen=True, slots=True)
class ProxyDecision:
    """Which proxy an address is asked through, and why.

    ``proxy`` is its address without user and password, "" for none; ``entry`` the exception that
    the address met, as the system lists it. ``of_account`` tells that the account says so itself.
    """

    reason: ProxyReason
    proxy: str = ""
    entry: str = ""
    of_account: bool = False


@dataclass(frozen=True, slots=True)
class RouteTrial:
    """What came of a request: an HTTP ``status``, which may be any, or a ``failure``.

    ``decision`` is None if no proxy could be chosen; ``seconds`` is how long it took.
    """

    decision: ProxyDecision | None
    seconds: float
    status: int | None = None
    failure: Failure | None = None
