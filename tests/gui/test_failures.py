# SPDX-License-Identifier: MIT
"""Every known failure is explained in words and has a way out."""

from __future__ import annotations

import pytest

from chatglm_desktop.core.errors import ChatError, Failure, error_kinds
from chatglm_desktop.gui.failures import describe, details

CLOSED_TO_GUESTS = {"AccessDenied", "AuthFailed", "NotConfigured", "QuotaExceeded"}


@pytest.mark.parametrize("kind", error_kinds(), ids=lambda kind: kind.__name__)
def test_each_kind(kind: type[ChatError]) -> None:
    text = describe(kind().failure)
    names = [name for name, _ in text.actions]
    error = kind(host="api.example.org")
    text_with_host = describe(error.failure)
    assert (text_with_host.summary, text_with_host.hint) == tuple(
        told.format(host="api.example.org") for told in (kind.summary, kind.hint)
    )
    assert "{" not in text.summary + text.hint
    assert text.summary[:1].isupper()
    assert "retry" in names
    assert not kind.retryable or names[0] == "retry"
    assert ("demo" in names and "add_key" in names) == (kind.__name__ in CLOSED_TO_GUESTS)
    assert names[-1] == "copy_details"
    assert all(label for _, label in text.actions)


def test_labels() -> None:
    assert describe(Failure("AccessDenied")).actions == (
        ("demo", "Try the demo"),
        ("add_key", "Add an API key"),
        ("retry", "Try again"),
        ("copy_details", "Copy details"),
    )
    assert describe(Failure("TimedOut")).actions[0] == ("retry", "Try again")


def test_the_services_words_are_quoted_as_they_are() -> None:
    text = describe(Failure("RateLimited", words="请求过多 {0}"))
    assert text.hint == "Wait a moment, then try again.\nThe service says: 请求过多 {0}"


def test_a_failure_of_a_newer_version_is_still_described() -> None:
    assert describe(Failure("SomethingNew")).summary == "Something went wrong."


def test_details_for_a_report() -> None:
    failure = Failure("AccessDenied", words="blocked", status=405, details="body: <html>")
    assert details(failure) == (
        "AccessDenied: The service refuses this app.\nHTTP status 405\nblocked\nbody: <html>"
    )
    assert details(Failure("EmptyReply")) == "EmptyReply: The service sent an empty answer."
