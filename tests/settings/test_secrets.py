# SPDX-License-Identifier: MIT
"""Secrets are kept, hidden, and never a reason to fail."""

from __future__ import annotations

import logging

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError, PasswordSetError

from chatglm_desktop.settings.secrets import (
    SERVICE,
    KeyringSecrets,
    MemorySecrets,
    Secret,
    Secrets,
    open_secrets,
)


class Ring(KeyringBackend):
    """A backend that works, or fails with ``error``."""

    priority = 5

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.passwords: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        self._fail()
        return self.passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._fail()
        self.passwords[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._fail()
        if (service, username) not in self.passwords:
            raise PasswordDeleteError("not there")
        del self.passwords[service, username]

    def _fail(self) -> None:
        if self.error is not None:
            raise self.error


@pytest.fixture(params=["memory", "keyring"])
def secrets(request: pytest.FixtureRequest) -> Secrets:
    return MemorySecrets() if request.param == "memory" else KeyringSecrets(Ring())


def test_a_secret_is_kept_until_it_is_deleted(secrets: Secrets) -> None:
    assert secrets.get("key") is None
    assert secrets.set("key", Secret("abc"))
    assert secrets.get("key") == Secret("abc")
    assert secrets.get("another") is None
    assert secrets.delete("key")
    assert secrets.get("key") is None
    assert not secrets.delete("key")


def test_a_secret_does_not_show_itself() -> None:
    secret = Secret("abc")
    assert "abc" not in f"{secret} {secret!r} {[secret]}"
    assert secret.value == "abc"


@pytest.mark.parametrize("error", [PasswordSetError("locked"), OSError("gone"), RuntimeError("x")])
def test_a_keyring_that_fails_is_answered_and_noted_without_the_secret(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    secrets = KeyringSecrets(Ring(error))
    with caplog.at_level(logging.INFO):
        assert secrets.get("key") is None
        assert not secrets.set("key", Secret("abc"))
        assert not secrets.delete("key")
    assert [record.levelno for record in caplog.records] == [logging.INFO] * 3
    assert "abc" not in caplog.text


def test_without_a_real_keyring_memory_is_used() -> None:
    secrets = open_secrets()
    assert isinstance(secrets, MemorySecrets)
    assert "memory" in secrets.describe()


def test_a_real_keyring_is_used_and_named() -> None:
    ring = Ring()
    before = keyring.get_keyring()
    keyring.set_keyring(ring)
    try:
        secrets = open_secrets()
    finally:
        keyring.set_keyring(before)
    assert secrets.set("key", Secret("abc"))
    assert ring.passwords == {(SERVICE, "key"): "abc"}
    assert ring.name in secrets.describe()
