# SPDX-License-Identifier: MIT
"""What a session tells those who watch it; values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from chatglm_desktop.chat.comparison import Comparison
from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.deltas import Delta
from chatglm_desktop.core.draft import Queued
from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.core.history import Aside, History
from chatglm_desktop.core.messages import Message
from chatglm_desktop.core.status import Status


@dataclass(frozen=True, slots=True)
class MessageAdded:
    """The active branch has grown by ``message`` at its end."""

    message: Message


@dataclass(frozen=True, slots=True)
class BranchChanged:
    """Another branch is active now, or one that has changed elsewhere than at its end."""

    history: History


@dataclass(frozen=True, slots=True)
class MessageDeleted:
    """The message is gone; those that followed it have moved up by one position."""

    message_id: str


@dataclass(frozen=True, slots=True)
class AsideChanged:
    """Other messages than before are hidden or deleted."""

    aside: Aside


@dataclass(frozen=True, slots=True)
class ComparisonChanged:
    """Several models answer one question, or (None) one of the answers was kept."""

    comparison: Comparison | None


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """One of the compared answers comes anew in its place; nothing of it has come yet."""

    message: Message


@dataclass(frozen=True, slots=True)
class DeltaArrived:
    """The running reply ``message_id`` has taken in ``delta``."""

    message_id: str
    delta: Delta


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """What the running reply ``message_id`` waits for; nothing any more with the first delta."""

    message_id: str
    status: Status


@dataclass(frozen=True, slots=True)
class SetupChanged:
    """The next reply is asked for from another service, model, or in another way."""

    setup: Setup


@dataclass(frozen=True, slots=True)
class MessageEnded:
    """The reply is no longer running; ``message`` is its final version."""

    message: Message


@dataclass(frozen=True, slots=True)
class QueueChanged:
    """``items`` wait to be sent; ``stuck`` if it is not the end of a reply that they wait for.

    ``undecided`` if they wait until one of the compared answers is kept.
    """

    items: tuple[Queued, ...]
    stuck: bool
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class SavingFailed:
    """Something could not be saved; the text is still in the conversation."""

    error: StoreError


SessionEvent: TypeAlias = (
    MessageAdded
    | BranchChanged
    | AsideChanged
    | ComparisonChanged
    | AskedAgain
    | MessageDeleted
    | DeltaArrived
    | StatusChanged
    | SetupChanged
    | MessageEnded
    | QueueChanged
    | SavingFailed
)
