# SPDX-License-Identifier: MIT
"""How the network is to be used, as values; opens no connection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

ProxyMode: TypeAlias = Literal["off", "system", "custom"]


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
