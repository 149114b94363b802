# SPDX-License-Identifier: MIT
"""Rules for inline marks that the Markdown library lacks or is slow at; knows no blocks."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import TYPE_CHECKING

from chatglm_desktop.markdown.marks import CITE, MATH, NOTE

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

    Rule = Callable[[StateInline, bool], bool]

NOTES = "notes"
"""Where the environment of a parse holds the labels of the footnotes, each after a ``^``."""

_TEXT = re.compile(r"[^\n!#$%&*+\-:<=>@\[\\\]^_`{}~【]+")
# Ends before CJK text, in which addresses are not parted by spaces.
_BEGINNING = r"(?<![A-Za-z0-9])(?:https?://|(?P<www>www\.))(?![\u3000-\uffef])[^\W_]"
_ADDRESS_START = re.compile(_BEGINNING)
_ADDRESS = re.compile(rf"{_BEGINNING}[^\s<>\"`{{}}|\\^\[\]\u2018-\u201f\u3000-\uffef]*")
_NORMAL = re.compile(r"https?://[a-z0-9]+(?:[.-][a-z0-9]+)*(?:/[A-Za-z0-9/._~=&+,-]*)?")
"""Addresses that need no change, most of those that are written."""
_SCHEME = len("https://a")
_AFTER_ADDRESS = ".,:;!?'*~"
_ENTITY = re.compile(r"&[A-Za-z0-9]+;")
_DOLLARS = re.compile(r"\$+")
_INNER_UNDERSCORES = re.compile(r"(?<=[^\W_])_+(?=[^\W_])")
# Longer runs of marks are lines that somebody drew, and slow.
_RUN = re.compile(r"([^\s\\`])\1{32,}")


def text(state: StateInline, silent: bool) -> bool:
    """What is no mark, up to the next character that may be one; a long run of one is none."""
    if run := _RUN.match(state.src, state.pos, state.posMax):
        return _as_text(state, silent, run.end())
    if not (found := _TEXT.match(state.src, state.pos, state.posMax)):
        return False
    end = found.end()
    # ``:`` may be a mark, so a scheme stands at the end.
    address = _ADDRESS_START.search(state.src, state.pos, min(end + _SCHEME, state.posMax))
    if address and address.start() < end:
        end = address.start()
    if end == state.pos:
        return False
    return _as_text(state, silent, end)


def math(state: StateInline, silent: bool) -> bool:
    """A formula; dollars that open none are text."""
    found = MATH.match(state.src, state.pos, state.posMax)
    if not found or not _tex(found).strip("\\ \t\n"):
        dollars = _DOLLARS.match(state.src, state.pos, state.posMax)
        return dollars is not None and _as_text(state, silent, dollars.end())
    if not silent:
        token = state.push("math", "", 0)
        tex = _tex(found).strip()
        single = found.lastgroup in ("single", "round")
        token.content = tex if single else rf"\displaystyle {tex}"
    state.pos = found.end()
    return True


def note(state: StateInline, silent: bool) -> bool:
    """A reference to a footnote that is known."""
    found = NOTE.match(state.src, state.pos, state.posMax)
    if not found or f"^{found['label']}" not in state.env[NOTES]:
        return False
    if not silent:
        state.push("note", "", 0).content = found["label"]
    state.pos = found.end()
    return True


def cite(state: StateInline, silent: bool) -> bool:
    """The mark of a source, unless it is a link that the text defines."""
    found = CITE.match(state.src, state.pos, state.posMax)
    if not found or (found["ref"] and found["ref"].upper() in state.env["references"]):
        return False
    if not silent:
        token = state.push("cite", "", 0)
        token.content = found[0][1:-1].removeprefix("ref_id=")
        token.info = found["target"] or ""
    state.pos = found.end()
    return True


def address(state: StateInline, silent: bool) -> bool:
    """A bare web address, which becomes a link."""
    if silent or state.linkLevel:
        return False
    if not (found := _ADDRESS.match(state.src, state.pos, state.posMax)):
        return False
    within_marks = state.pos > 0 and state.src[state.pos - 1] == "_"
    written = _trimmed(found[0].rstrip("_") if within_marks else found[0])
    shown = _ENTITY.sub(lambda entity: unescape(entity[0]), written)
    state.push("link_open", "a", 1).attrs = {"href": f"http://{shown}" if found["www"] else shown}
    state.push("text", "", 0).content = shown
    state.push("link_close", "a", -1)
    state.pos += len(written)
    return True


def underscores(state: StateInline, silent: bool) -> bool:
    """Those between two letters are text, also in Chinese, where emphasis is more liberal."""
    found = _INNER_UNDERSCORES.match(state.src, state.pos, state.posMax)
    return found is not None and _as_text(state, silent, found.end())


def link_of(library_rule: Rule) -> Rule:
    """``library_rule`` where a bracket can be closed at all."""

    def link(state: StateInline, silent: bool) -> bool:
        if "[" not in state.src[state.pos : state.pos + 2]:
            return False
        if state.src.find("]", state.pos, state.posMax) < 0:
            return False
        return library_rule(state, silent)

    return link


def normal_of(library_way: Callable[[str], str]) -> Callable[[str], str]:
    """``library_way`` of encoding an address, which is slow, where it may change something."""
    return lambda url: url if _NORMAL.fullmatch(url) else library_way(url)


def _tex(found: re.Match[str]) -> str:
    return found[found.lastgroup or 0]


def _as_text(state: StateInline, silent: bool, end: int) -> bool:
    if not silent:
        state.pending += state.src[state.pos : end]
    state.pos = end
    return True


def _trimmed(address: str) -> str:
    """``address`` without what rather belongs to the sentence around it."""
    unopened = address.count(")") - address.count("(")
    while True:
        if address.endswith(")") and unopened > 0:
            unopened -= 1
            address = address[:-1]
        elif address[-1] == ";" and _ENTITY.fullmatch(address, start := address.rfind("&")):
            address = address[:start]
        elif address[-1] in _AFTER_ADDRESS:
            address = address[:-1]
        else:
            return address
