# SPDX-License-Identifier: MIT
"""Verdicts, ways through the network, and places of keys in words; knows no widget."""

from __future__ import annotations

from typing import assert_never

from chatglm_desktop.chat.catalogue import Verdict
from chatglm_desktop.core.accounts import Account
from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.links import host_of
from chatglm_desktop.core.network import ProxyDecision, ProxyReason, RouteTrial
from chatglm_desktop.gui.failures import describe
from chatglm_desktop.gui.service_names import preset_name, service_name
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.settings.secrets import Whereabouts


def verdict_words(account: Account, verdict: Verdict) -> str:
    """What a test came to: who answered how soon, or why not and what helps."""
    if verdict.failure is None:
        return tr(
            "It works: {model} at {host} answered after {seconds} s.",
            model=verdict.model or tr("the model"),
            host=where(account),
            seconds=_seconds(verdict.seconds),
        )
    asked = tr(
        "Asked {model} at {host}; the answer came after {seconds} s.",
        model=verdict.model or tr("no model"),
        host=verdict.failure.host or where(account),
        seconds=_seconds(verdict.seconds),
    )
    return f"{failure_words(verdict.failure)}\n{asked}"


def failure_words(failure: Failure) -> str:
    """What happened and what helps."""
    told = describe(failure)
    return f"{told.summary}\n{told.hint}"


def where(account: Account) -> str:
    """Whom an account asks, as a person would say it."""
    return host_of(account.address) or preset_name(account.known_preset)


def account_detail(account: Account, model: str) -> str:
    """What stands below an account's name."""
    if account.kind == "guest":
        return tr("The free service of chatglm.cn for guests; it is unofficial.")
    kind = preset_name(account.known_preset)
    parts = (kind if kind != service_name(account) else "", host_of(account.address), model)
    return " · ".join(part for part in parts if part)


def decision_words(decision: ProxyDecision) -> str:
    """Through which proxy an address is asked, and why."""
    if decision.proxy:
        said = tr("Through the proxy {proxy}: {why}", proxy=decision.proxy, why=_why(decision))
    else:
        said = tr("Directly, without a proxy: {why}", why=_why(decision))
    return said


def _why(decision: ProxyDecision) -> str:
    reasons: dict[ProxyReason, str] = {
        "off": tr("proxies are switched off."),
        "loopback": tr("the host is on this computer."),
        "private": tr("the host is in your own network."),
        "exception": tr("the system lists {entry} as an exception.", entry=decision.entry),
        "system-http": tr("the system has it for http addresses."),
        "system-https": tr("the system has it for https addresses."),
        "system-socks": tr("the system has it for SOCKS."),
        "system-all": tr("the system has it for all addresses."),
        "system-none": tr("the system has none for this address."),
        "custom": tr("it is your own."),
    }
    return reasons[decision.reason]


def trial_words(trial: RouteTrial) -> str:
    """What came of a request."""
    if trial.failure is not None:
        return failure_words(trial.failure)
    return tr(
        "The way is free: an answer after {seconds} s (HTTP {status}).",
        seconds=_seconds(trial.seconds),
        status=trial.status,
    )


def whereabouts_words(place: Whereabouts) -> str:
    """Where keys are."""
    match place.place:
        case "keyring":
            return tr("In the keyring of your system ({name}).", name=place.name)
        case "file":
            return tr("In a file that only you can read: {name}", name=place.name)
        case "memory":
            return tr(
                "In memory, until the program ends: this system has no keyring. "
                "At the next start you have to enter them again."
            )
        case _:
            assert_never(place.place)


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f}"
