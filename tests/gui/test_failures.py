# SPDX-License-Identifier: MIT
"""Every known failure is explained in words and has a way out."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from chatglm_desktop.core.attachments import refusal_words
from chatglm_desktop.core.errors import ChatError, Failure, FileRefused, error_kinds
from chatglm_desktop.gui.failures import describe, details, help_page, settings_section
from chatglm_desktop.gui.strings import install_language

CLOSED_TO_GUESTS = {"AccessDenied", "AuthFailed", "NotConfigured", "QuotaExceeded"}


def names(failure: Failure) -> list[str]:
    return [name for name, _ in describe(failure).actions]


@pytest.mark.parametrize("kind", error_kinds(), ids=lambda kind: kind.__name__)
def test_each_kind(kind: type[ChatError]) -> None:
    text = describe(kind().failure)
    offered = [name for name, _ in text.actions]
    error = kind(host="api.example.org")
    text_with_host = describe(error.failure)
    assert (text_with_host.summary, text_with_host.hint) == tuple(
        told.format(host="api.example.org") for told in (kind.summary, kind.hint)
    )
    assert "{" not in text.summary + text.hint
    assert text.summary[:1].isupper()
    assert "retry" in offered
    assert not kind.retryable or offered[0] == "retry"
    assert ("demo" in offered) == (kind.__name__ in CLOSED_TO_GUESTS)
    assert offered[-1] == "copy_details"
    assert len(set(offered)) == len(offered)
    assert all(label for _, label in text.actions)


@pytest.mark.parametrize(
    ("failure", "offered"),
    [
        (Failure("AccessDenied"), ["choose_service", "demo", "retry"]),
        (Failure("TimedOut"), ["retry", "open_settings"]),
        (
            Failure("KeyRejected", host="api.z.ai"),
            ["open_settings", "get_key", "choose_service", "retry"],
        ),
        (
            Failure("KeyRejected", host="10.0.0.1:8080"),
            ["open_settings", "choose_service", "retry"],
        ),
        (
            Failure("NoBalance", host="open.bigmodel.cn"),
            ["open_billing", "choose_model", "choose_service", "retry"],
        ),
        (Failure("NoBalance"), ["choose_model", "choose_service", "retry"]),
        (Failure("NoModelChosen"), ["choose_model", "choose_service", "retry"]),
        (Failure("ModelNotFound"), ["choose_model", "choose_service", "retry"]),
        (Failure("ContextTooLong"), ["choose_model", "retry"]),
        (Failure("FileRefused"), ["choose_model", "retry"]),
        (Failure("LimitReached"), ["choose_model", "choose_service", "retry"]),
    ],
)
def test_what_helps_comes_first(failure: Failure, offered: list[str]) -> None:
    assert names(failure) == [*offered, "copy_details"]


def test_labels() -> None:
    assert describe(Failure("AccessDenied")).actions == (
        ("choose_service", "Choose a service"),
        ("demo", "Try the demo"),
        ("retry", "Try again"),
        ("copy_details", "Copy details"),
    )
    labels = dict(describe(Failure("KeyRejected", host="api.z.ai")).actions)
    assert (labels["open_settings"], labels["get_key"]) == ("Check key and address", "Get a key")
    labels = dict(describe(Failure("ConnectTimedOut", host="api.z.ai")).actions)
    assert labels["open_settings"] == "Network settings"


def test_a_rejected_key_names_its_host() -> None:
    assert describe(Failure("KeyRejected", host="api.z.ai")).summary == (
        "api.z.ai does not accept the API key."
    )


def test_where_settings_and_pages_are() -> None:
    rejected = Failure("KeyRejected", host="open.bigmodel.cn")
    for kind in ("KeyRejected", "WrongAddress", "AddressUnusable", "NoSecureConnection"):
        assert settings_section(Failure(kind)) == "accounts"
    for kind in ("ConnectionFailed", "ProxyNotReached", "CertificateRefused"):
        assert settings_section(Failure(kind)) == "network"
    assert help_page("get_key", rejected) == "https://open.bigmodel.cn/usercenter/apikeys"
    assert help_page("open_billing", rejected) == "https://open.bigmodel.cn/finance/overview"
    assert help_page("retry", rejected) == ""
    assert help_page("get_key", Failure("KeyRejected")) == ""


def test_the_services_words_are_quoted_as_they_are() -> None:
    text = describe(Failure("RateLimited", words="请求过多 {0}"))
    assert text.hint == "Wait a moment, then try again.\nThe service says: 请求过多 {0}"
    text = describe(Failure("RateLimited", words="请求过多", code="1302"))
    assert text.hint.endswith("请求过多 (1302)")


def test_a_failure_of_a_newer_version_is_still_described() -> None:
    assert describe(Failure("SomethingNew")).summary == "Something went wrong."


def test_details_for_a_report() -> None:
    failure = Failure("AccessDenied", words="blocked", status=405, details="body: <html>")
    assert details(failure) == (
        "AccessDenied: The service refuses this app.\nHTTP status 405\nblocked\nbody: <html>"
    )
    assert details(Failure("EmptyReply")) == "EmptyReply: The service sent an empty answer."
    assert "code 1002" in details(Failure("KeyRejected", code="1002"))


def test_a_file_that_was_not_sent_is_named_in_the_users_language(qapp: QApplication) -> None:
    words = f"a: b.png: {refusal_words('no pictures')}"
    failure = FileRefused(words, code="no pictures").failure
    first, second = describe(failure).hint.split("\n")
    assert first == "a: b.png: This model does not see pictures. Choose one that does."
    assert second == FileRefused.hint
    translators = install_language(qapp, "zh")
    assert describe(failure).hint.startswith("a: b.png: 此模型不能识别图片")
    for translator in translators:
        qapp.removeTranslator(translator)


def test_a_file_that_the_service_refused_is_told_in_its_words() -> None:
    failure = FileRefused("a.png: too blurred", code="1210").failure
    assert "The service says: a.png: too blurred (1210)" in describe(failure).hint
