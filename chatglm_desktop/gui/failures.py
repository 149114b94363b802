# SPDX-License-Identifier: MIT
"""Puts a stored failure into the user's words, with what can be done; knows no widget."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from chatglm_desktop.core import errors
from chatglm_desktop.core.accounts import preset_at
from chatglm_desktop.core.attachments import REFUSALS, refusal_words
from chatglm_desktop.core.errors import ChatError, Failure, failure_kind, filled
from chatglm_desktop.gui.attaching.words import refusal_text
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.rows.row import FailureText

FailureActionName: TypeAlias = Literal[
    "retry",
    "choose_model",
    "choose_service",
    "open_settings",
    "get_key",
    "open_billing",
    "demo",
    "copy_details",
]
SettingsSection: TypeAlias = Literal["accounts", "network"]

_CLOSED_TO_GUESTS: tuple[FailureActionName, ...] = ("choose_service", "demo")
_OTHER_MODEL: tuple[FailureActionName, ...] = ("choose_model", "choose_service")
_PAID: tuple[FailureActionName, ...] = ("open_billing", *_OTHER_MODEL)

_HELPS: Mapping[type[ChatError], tuple[FailureActionName, ...]] = {
    errors.NotConfigured: _CLOSED_TO_GUESTS,
    errors.NoModelChosen: _OTHER_MODEL,
    errors.ModelNotFound: _OTHER_MODEL,
    errors.InvalidRequest: _OTHER_MODEL,
    errors.AuthFailed: _CLOSED_TO_GUESTS,
    errors.KeyRejected: ("open_settings", "get_key", "choose_service"),
    errors.AccountRefused: _PAID,
    errors.AccessDenied: _CLOSED_TO_GUESTS,
    errors.QuotaExceeded: _CLOSED_TO_GUESTS,
    errors.NoBalance: _PAID,
    errors.LimitReached: _OTHER_MODEL,
    errors.RateLimited: ("choose_model",),
    errors.ContextTooLong: ("choose_model",),
    errors.FileRefused: ("choose_model",),
    errors.ProviderUnavailable: _OTHER_MODEL,
    errors.ConnectionFailed: ("open_settings",),
    errors.ServerNotRunning: ("choose_service",),
    errors.WrongAddress: ("open_settings", "choose_service"),
    errors.TimedOut: ("open_settings",),
    errors.EngineMissing: ("choose_service",),
    errors.EngineFailed: ("choose_service",),
    ChatError: (),
}
"""What helps besides trying again, the most useful first, against errors of a kind and those that
belong to it.
"""


def describe(failure: Failure) -> FailureText:
    """Summary, hint (with the service's own words, if any) and the buttons, most useful first."""
    kind = failure_kind(failure)
    hint = filled(tr(kind.hint), failure.host, tr("the service"))
    if refused := _refused_file(failure):
        hint = f"{refused}\n{hint}"
    elif failure.words:
        said = f"{failure.words} ({failure.code})" if failure.code else failure.words
        hint = f"{hint}\n{tr('The service says: {words}', words=said)}"
    summary = filled(tr(kind.summary), failure.host, tr("the service"))
    offered = (name for name in _offered(kind) if _leads(name, failure))
    actions = tuple((name, _label(name, failure)) for name in offered)
    return FailureText(summary, hint, actions)


def _refused_file(failure: Failure) -> str:
    """Which file this program did not send, and why; "" if it is not that."""
    refusal = next((known for known in REFUSALS if known == failure.code), None)
    if failure.kind != errors.FileRefused.__name__ or refusal is None:
        return ""
    name = failure.words.removesuffix(f": {refusal_words(refusal)}")
    return f"{name}: {refusal_text(refusal)}"


def _offered(kind: type[ChatError]) -> tuple[FailureActionName, ...]:
    """What can be done about a kind of error: trying again comes first where that may help."""
    helps = next(_HELPS[base] for base in kind.__mro__ if base in _HELPS)
    tries: tuple[FailureActionName, ...] = (
        ("retry", *helps) if kind.retryable else (*helps, "retry")
    )
    return (*tries, "copy_details")


def details(failure: Failure) -> str:
    """What "Copy details" puts on the clipboard: English, for a bug report."""
    kind = failure_kind(failure)
    status = "" if failure.status is None else f"HTTP status {failure.status}"
    code = f"code {failure.code}" if failure.code else ""
    summary = f"{failure.kind}: {filled(kind.summary, failure.host, 'the service')}"
    parts = (summary, status, code, failure.words, failure.details)
    return "\n".join(part for part in parts if part)


def settings_section(failure: Failure) -> SettingsSection:
    """The part of the settings where ``failure`` can be mended."""
    accounts = (
        errors.AddressUnusable,
        errors.KeyRejected,
        errors.NoSecureConnection,
        errors.WrongAddress,
    )
    return "accounts" if issubclass(failure_kind(failure), accounts) else "network"


def help_page(action: str, failure: Failure) -> str:
    """The page of the host at which ``failure`` happened that an action opens; "" if none does."""
    preset = preset_at(failure.host)
    if preset is None:
        return ""
    pages = {"get_key": preset.key_page, "open_billing": preset.billing_page}
    return pages.get(action, "")


def _leads(action: FailureActionName, failure: Failure) -> bool:
    """Whether an action leads anywhere."""
    return action not in ("get_key", "open_billing") or bool(help_page(action, failure))


def _label(action: FailureActionName, failure: Failure) -> str:
    settings = settings_section(failure) == "accounts"
    labels: dict[FailureActionName, str] = {
        "retry": tr("Try again"),
        "choose_model": tr("Choose a model"),
        "choose_service": tr("Choose a service"),
        "open_settings": tr("Check key and address") if settings else tr("Network settings"),
        "get_key": tr("Get a key"),
        "open_billing": tr("Open the account page"),
        "demo": tr("Try the demo"),
        "copy_details": tr("Copy details"),
    }
    return labels[action]
