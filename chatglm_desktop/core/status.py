# SPDX-License-Identifier: MIT
"""What a reply waits for before its first text; values only, knows no clock of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from chatglm_desktop.core.errors import Failure


@dataclass(frozen=True, slots=True)
class Queued:
    """Other requests with the same key go first: ``ahead`` of them."""

    ahead: int


@dataclass(frozen=True, slots=True)
class Retrying:
    """The service refused for now. The next try is at ``at``, on the clock that never goes back.

    ``attempt`` counts from 2; there are at most ``attempts``.
    """

    failure: Failure
    at: float
    attempt: int
    attempts: int


@dataclass(frozen=True, slots=True)
class Loading:
    """A model file is read into memory; ``share`` from 0 to 1, None if that is not known."""

    name: str
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """The request is on its way, or its answer has begun."""


Status: TypeAlias = Queued | Retrying | Loading | Asking
