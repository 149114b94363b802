# SPDX-License-Identifier: MIT
"""Puts what claims to be a tree into order, whatever it is; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def in_order(parents: Mapping[str, str | None]) -> dict[str, str | None]:
    """Ids and their parents, parents first, children in the order of the argument.

    A parent that is not among the ids is none; a circle is cut somewhere.
    """
    children: dict[str | None, list[str]] = {}
    for id, parent in parents.items():
        children.setdefault(parent if parent in parents else None, []).append(id)
    ordered: dict[str, str | None] = {}
    _descend(children.get(None, ()), children, ordered)
    for id in parents:
        # What hangs on no root hangs on a circle.
        if id not in ordered:
            _descend([_in_circle(id, parents)], children, ordered)
    return ordered


def _descend(
    starts: Sequence[str],
    children: Mapping[str | None, Sequence[str]],
    ordered: dict[str, str | None],
) -> None:
    waiting: list[tuple[str, str | None]] = [(start, None) for start in reversed(starts)]
    while waiting:
        id, parent = waiting.pop()
        if id not in ordered:
            ordered[id] = parent
            waiting += [(child, id) for child in reversed(children.get(id, ()))]


def _in_circle(id: str, parents: Mapping[str, str | None]) -> str:
    """A member of the circle in which the way up from ``id`` ends."""
    seen: set[str] = set()
    while id not in seen:
        seen.add(id)
        id = parents[id] or id
    return id
