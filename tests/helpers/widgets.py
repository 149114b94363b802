# SPDX-License-Identifier: MIT
"""Finds widgets inside others, and says so when there is none."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject

T = TypeVar("T", bound=QObject)


def child(parent: QObject, kind: type[T]) -> T:
    """The first ``kind`` below ``parent``."""
    found = parent.findChild(kind)
    assert found is not None, f"no {kind.__name__} in {parent}"
    return found
