# SPDX-License-Identifier: MIT
"""Which host an address leads to, and which one a link's text pretends; opens none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

# A name with dots in one alphabet or more, but not in Chinese, which is not parted by spaces.
_NAME = r"[0-9a-z\u00a1-\u2fff](?:[0-9a-z\u00a1-\u2fff-]*[0-9a-z\u00a1-\u2fff])?"
_LAST = r"(?:xn--[0-9a-z-]+|[a-z\u00a1-\u2fff]{2,})"
_NUMBERS = r"\d{1,3}(?:\.\d{1,3}){3}"
_DOTTED = (
    rf"(?<![0-9a-z\u00a1-\u2fff.-])(?:{_NUMBERS}|(?:{_NAME}\.)+{_LAST})(?![0-9a-z\u00a1-\u2fff-])"
)
_ADDRESS = r"https?:[/\\]{2,}([^\s/?#\\]+)"
_NAMED = re.compile(rf"{_ADDRESS}\S*|({_DOTTED})([/:]\S*|)")
_WHOLE = re.compile(r"[^\W_][\w-]*(?:\.[\w-]+)*\.[^\W\d_]{2,}\.?")
_FORMULA = re.compile(r"\$([^$]*)\$")
_UNSEEN = re.compile(r"\\[A-Za-z]+|[{}\s]")
"""What of LaTeX spells nothing."""
_DOTS = re.compile("[\u3002\uff0e\uff61]")
_FILES = re.compile(
    r".*\.(?:cc?|cpp|cs|css|csv|db|gz|h|hs|html|ini|java|jsx?|json|kt|lua|md|mjs|pdf|php|pl|png|ps"
    r"|py|rb|rs|sh|so|sql|svg|tar|toml|tsx?|txt|vb|xml|xz|ya?ml)"
)
"""Names that are rather those of files than of hosts, unless more speaks for a host."""

_LOOK_LATIN = frozenset(
    "\u0430\u0441\u0501\u0435\u04bb\u0456\u0458\u04cf\u043e\u0440\u051b\u0455\u051d\u0445\u0443"
)
"""Cyrillic letters that nobody can tell from Latin ones."""


def host(url: str) -> str:
    """The host that a browser asks for ``url``, or the one of a mail address, in ASCII.

    In lower case, without user, port and trailing dot; "" if there is none.
    """
    scheme, _, rest = "".join(url.split()).partition(":")
    if scheme.lower() == "mailto":
        address = unquote(rest.partition("?")[0])
        return ascii_host(address.rpartition("@")[2]) if "@" in address else ""
    return ascii_host(_authority(rest).rpartition("@")[2])


def ascii_host(name: str) -> str:
    """``name`` as it is asked for: Unicode in Punycode, no port, no trailing dot."""
    name = _DOTS.sub(".", unicodedata.normalize("NFKC", unquote(name))).lower()
    name = re.split(r"(?<=\]):?" if name.startswith("[") else ":", name, maxsplit=1)[0]
    return ".".join(_ascii_label(label) for label in name.rstrip(".").split("."))


def readable_host(name: str) -> str:
    """An ASCII host as it is written in its own letters; the same if it has no others."""
    return ".".join(_readable_label(label) for label in name.split("."))


def shown_url(url: str) -> str:
    """``url`` on one line, with the host in ASCII and without characters that are not seen."""
    seen = "".join(letter for letter in url if letter.isprintable())
    scheme, mark, rest = seen.partition("://")
    if not mark:
        return seen
    authority = _authority(rest)
    user, at, name = authority.rpartition("@")
    port = re.search(r":\d*$", name)
    return (
        f"{scheme}://{user}{at}{ascii_host(name)}{port[0] if port else ''}"
        f"{rest.lstrip('/' + chr(92))[len(authority) :]}"
    )


def named_host(text: str, url: str = "") -> str:
    """The host that a reader takes ``text`` for, in ASCII; "" if it names none.

    Of several it is the first one that surprises where ``url`` leads, or else the first one.
    LaTeX between dollars counts as what it spells.
    """
    spelled = _FORMULA.sub(lambda found: _UNSEEN.sub("", found[1]), text)
    text = _DOTS.sub(".", unicodedata.normalize("NFKC", spelled)).lower().strip()
    named = list(_named_hosts(text, mail=url.lower().startswith("mailto:")))
    target = host(url)
    return next((name for name in named if not _within(target, name)), (*named, "")[0])


def differs(text: str, url: str) -> bool:
    """Whether a reader of ``text`` would be surprised by where ``url`` leads.

    That is so if the text names a host that is neither the target's nor one above it, if the
    target pretends to be another host, and if it has a host name before an ``@``.
    """
    target = host(url)
    named = named_host(text, url)
    if named and not _within(target, named):
        return True
    if url.lower().startswith("mailto:"):
        return False
    user = _authority(url.partition(":")[2]).rpartition("@")[0]
    return bool(user) or any(map(_deceives, readable_host(target).split(".")))


def _named_hosts(text: str, *, mail: bool) -> Iterator[str]:
    """The hosts in ``text``, but for those in the path of another one.

    Of ``http://bank.example@other.example`` that is the first one, which is what the eye sees;
    but what stands before the ``@`` of a ``mail`` address is no host.
    """
    found = 0
    for part in _NAMED.finditer(text):
        address, name, after = part.groups()
        if address:
            name = re.split("[@:]", address)[0]
        elif _names_file(name, after) or (mail and text.startswith("@", part.end())):
            continue
        found += 1
        yield ascii_host(name)
    whole = None if found else _WHOLE.fullmatch(re.split("[/:?#]", text)[0])
    if whole and not _names_file(whole[0], ""):
        yield ascii_host(whole[0])


def _authority(rest: str) -> str:
    return re.split(r"[/?#\\]", rest.lstrip("/\\"), maxsplit=1)[0]


def _within(target: str, named: str) -> bool:
    named = named.removeprefix("www.")
    return target == named or target.endswith(f".{named}")


def _names_file(name: str, after: str) -> bool:
    return (
        _FILES.fullmatch(name) is not None
        and not name.startswith("www.")
        and not after.startswith(("/", ":"))
    )


def _deceives(label: str) -> bool:
    """Whether letters of other alphabets are there to look like Latin ones."""
    letters = [letter for letter in label if letter.isalpha()]
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in letters}
    if {"LATIN", "CYRILLIC"} <= scripts or {"LATIN", "GREEK"} <= scripts:
        return True
    return bool(letters) and _LOOK_LATIN.issuperset(letters)


def _ascii_label(label: str) -> str:
    if label.isascii():
        return label
    return "xn--" + label.encode("punycode").decode("ascii")


def _readable_label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
