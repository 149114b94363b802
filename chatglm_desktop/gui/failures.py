# SPDX-License-Identifier: MIT
"""Puts a stored failure into the user's words, with what can be done; knows no widget."""

from __future__ import annotations

from typing import Literal, TypeAlias

from chatglm_desktop.core.errors import (
    AccessDenied,
    AuthFailed,
    Failure,
    NotConfigured,
    QuotaExceeded,
    failure_kind,
    filled,
)
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.rows.row import FailureText

FailureActionName: TypeAlias = Literal["retry", "demo", "add_key", "copy_details"]

_CLOSED_TO_GUESTS = (AccessDenied, AuthFailed, NotConfigured, QuotaExceeded)


def describe(failure: Failure) -> FailureText:
    """Summary, hint (with the service's own words, if any) and the buttons, most useful first."""
    kind = failure_kind(failure)
    hint = filled(tr(kind.hint), failure.host, tr("the service"))
    if failure.words:
        said = f"{failure.words} ({failure.code})" if failure.code else failure.words
        hint = f"{hint}\n{tr('The service says: {words}', words=said)}"
    actions: list[FailureActionName] = []
    if kind in _CLOSED_TO_GUESTS:
        actions += ["demo", "add_key"]
    actions.insert(0 if kind.retryable else len(actions), "retry")
    actions.append("copy_details")
    summary = filled(tr(kind.summary), failure.host, tr("the service"))
    return FailureText(summary, hint, tuple((name, _label(name)) for name in actions))


def details(failure: Failure) -> str:
    """What "Copy details" puts on the clipboard: English, for a bug report."""
    kind = failure_kind(failure)
    status = "" if failure.status is None else f"HTTP status {failure.status}"
    code = f"code {failure.code}" if failure.code else ""
    summary = f"{failure.kind}: {filled(kind.summary, failure.host, 'the service')}"
    parts = (summary, status, code, failure.words, failure.details)
    return "\n".join(part for part in parts if part)


def _label(action: FailureActionName) -> str:
    match action:
        case "retry":
            return tr("Try again")
        case "demo":
            return tr("Try the demo")
        case "add_key":
            return tr("Add an API key")
        case "copy_details":
            return tr("Copy details")
