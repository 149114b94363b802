# SPDX-License-Identifier: MIT
"""Where a host is, by its name alone: on this computer, in this network or beyond; asks nobody."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Literal, TypeAlias

Place: TypeAlias = Literal["loopback", "private", "public"]

# Written out, because what Python calls private has changed, and holds documentation too.
_PRIVATE_4 = tuple(
    map(
        IPv4Network,
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10"),
    )
)
_PRIVATE_6 = (IPv6Network("fc00::/7"), IPv6Network("fe80::/10"))
_LOCAL_SUFFIXES = (".local", ".home.arpa")


def place_of(host: str) -> Place:
    """Where ``host`` is: a name or an address, that of IPv6 with or without brackets."""
    name = host.strip("[]").rstrip(".").lower()
    address = literal(name)
    if address is not None:
        return _place_of_address(address)
    if name in ("localhost", "localhost.localdomain") or name.endswith(".localhost"):
        return "loopback"
    return "private" if name.endswith(_LOCAL_SUFFIXES) else "public"


def literal(host: str) -> IPv4Address | IPv6Address | None:
    """The address that ``host`` is; None for a name. IPv4 within IPv6 counts as IPv4."""
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def _place_of_address(address: IPv4Address | IPv6Address) -> Place:
    # One that means "any" leads to this computer too.
    if address.is_loopback or address.is_unspecified:
        return "loopback"
    networks = _PRIVATE_4 if isinstance(address, IPv4Address) else _PRIVATE_6
    return "private" if any(address in network for network in networks) else "public"
