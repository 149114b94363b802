# SPDX-License-Identifier: MIT
"""Secrets are kept, hidden, and never a reason to fail."""

from __future__ import annotations

import logging
import os
import stat
import sys
from pathlib import Path
from types import ModuleType

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError, PasswordSetError

from chatglm_desktop.core.secrets import Secret
from chatglm_desktop.settings.keyring_secrets import KeyringSecrets, find_keyring
from chatglm_desktop.settings.secret_file import FileSecrets
from chatglm_desktop.settings.secrets import MemorySecrets, Secrets, Whereabouts, move

SERVICE = "tests"


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


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "keys.json"


@pytest.fixture(params=["memory", "keyring", "file"])
def secrets(request: pytest.FixtureRequest, file: Path) -> Secrets:
    match request.param:
        case "memory":
            return MemorySecrets()
        case "file":
            return FileSecrets(file)
        case _:
            return KeyringSecrets(Ring(), SERVICE)


def test_a_secret_is_kept_until_it_is_deleted(secrets: Secrets) -> None:
    assert secrets.get("key") is None
    assert secrets.set("key", Secret("abc"))
    assert secrets.set("proxy", Secret("密码 \ud83d"))
    assert secrets.get("key") == Secret("abc")
    assert secrets.get("proxy") == Secret("密码 \ud83d")
    assert secrets.get("another") is None
    assert secrets.delete("key")
    assert secrets.get("key") is None
    assert not secrets.delete("key")
    assert secrets.get("proxy") is not None


def test_a_secret_does_not_show_itself(secrets: Secrets) -> None:
    secret = Secret("abc")
    secrets.set("key", secret)
    assert "abc" not in f"{secret} {secret!r} {[secret]} {secrets!r} {secrets.describe()}"
    assert secret.value == "abc"


@pytest.mark.parametrize("error", [PasswordSetError("locked"), OSError("gone"), RuntimeError("x")])
def test_a_keyring_that_fails_is_answered_and_noted_without_the_secret(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    secrets = KeyringSecrets(Ring(error), SERVICE)
    with caplog.at_level(logging.INFO):
        assert secrets.get("key") is None
        assert not secrets.set("key", Secret("abc"))
        assert not secrets.delete("key")
    assert [record.levelno for record in caplog.records] == [logging.INFO] * 3
    assert "abc" not in caplog.text


def test_errors_of_the_library_below_a_keyring_are_answered_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class SecretStorageException(Exception):
        pass

    module = ModuleType("secretstorage.exceptions")
    module.SecretStorageException = SecretStorageException  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "secretstorage.exceptions", module)
    assert KeyringSecrets(Ring(SecretStorageException("locked")), SERVICE).get("key") is None


def test_without_a_real_keyring_there_is_none() -> None:
    assert find_keyring(SERVICE) is None


def test_a_real_keyring_is_used_and_named() -> None:
    ring = Ring()
    before = keyring.get_keyring()
    keyring.set_keyring(ring)
    try:
        secrets = find_keyring(SERVICE)
    finally:
        keyring.set_keyring(before)
    assert secrets is not None
    assert secrets.set("key", Secret("abc"))
    assert ring.passwords == {(SERVICE, "key"): "abc"}
    assert secrets.describe() == Whereabouts("keyring", ring.name)


def test_of_several_keyrings_the_first_is_named() -> None:
    several = Ring()
    several.backends = [Ring(), several]  # type: ignore[attr-defined]
    assert KeyringSecrets(several, SERVICE).describe() == Whereabouts("keyring", Ring().name)


def test_a_keyring_that_is_set_up_wrongly_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "keyring"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "not.there.Keyring")
    assert find_keyring(SERVICE) is None


@pytest.mark.parametrize(
    ("whereabouts", "words"),
    [
        (Whereabouts("keyring", "KWallet"), "in the system's keyring (KWallet)"),
        (Whereabouts("file", "/x"), "in a file that only you can read (/x)"),
        (
            Whereabouts("memory"),
            "in memory until the program ends: this system has no keyring",
        ),
    ],
)
def test_where_secrets_are_can_be_said(whereabouts: Whereabouts, words: str) -> None:
    assert str(whereabouts) == words


def test_the_file_is_private_and_goes_with_the_last_secret(file: Path) -> None:
    secrets = FileSecrets(file)
    assert secrets.names() == ()
    assert not file.parent.exists()
    secrets.set("a", Secret("1"))
    secrets.set("b", Secret("2"))
    assert secrets.names() == ("a", "b")
    assert list(file.parent.iterdir()) == [file]
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert secrets.describe() == Whereabouts("file", str(file))
    secrets.delete("a")
    secrets.delete("b")
    assert list(file.parent.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX systems")
def test_rights_that_a_copy_has_lost_are_taken_back(file: Path) -> None:
    FileSecrets(file).set("a", Secret("1"))
    file.chmod(0o644)
    assert FileSecrets(file).get("a") == Secret("1")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b"[" * 100_000])
def test_a_broken_file_is_set_aside(
    file: Path, data: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    file.parent.mkdir()
    file.write_bytes(data)
    secrets = FileSecrets(file)
    with caplog.at_level(logging.INFO):
        assert secrets.get("a") is None
    assert str(file.with_name("keys.broken-1.json")) in caplog.text
    assert secrets.set("a", Secret("1"))
    assert secrets.get("a") == Secret("1")
    assert file.with_name("keys.broken-1.json").read_bytes() == data


def test_what_is_no_text_in_the_file_is_no_secret(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('{"a": 1, "b": "2"}')
    assert FileSecrets(file).names() == ("b",)


def test_a_file_that_cannot_be_read_for_the_moment_is_not_replaced(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = FileSecrets(file)
    secrets.set("a", Secret("1"))

    def locked(self: Path) -> bytes:
        raise PermissionError(13, "locked by a virus scanner")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", locked)
        assert not secrets.set("b", Secret("2"))
        assert not secrets.delete("a")
        assert secrets.names() == ()
    assert secrets.get("a") == Secret("1")


def test_a_file_that_cannot_be_used_is_answered(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file.mkdir(parents=True)
    secrets = FileSecrets(file)
    with caplog.at_level(logging.INFO):
        assert secrets.get("a") is None
        assert not secrets.set("a", Secret("abc"))
    assert "abc" not in caplog.text


def test_all_secrets_move(file: Path) -> None:
    memory, kept = MemorySecrets(), FileSecrets(file)
    memory.set("a", Secret("1"))
    memory.set("b", Secret("2"))
    assert move(memory, kept)
    assert memory.names() == ()
    assert (kept.get("a"), kept.get("b")) == (Secret("1"), Secret("2"))


def test_nothing_moves_to_where_it_is_not_taken() -> None:
    memory = MemorySecrets()
    memory.set("a", Secret("1"))
    assert not move(memory, KeyringSecrets(Ring(PasswordSetError("locked")), SERVICE))
    assert memory.get("a") == Secret("1")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on the size of files")
def test_keys_for_which_there_is_no_space_are_not_kept(file: Path) -> None:
    import resource

    secrets = FileSecrets(file)
    assert secrets.set("a", Secret("1"))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4, hard))
    try:
        assert not secrets.set("b", Secret("2"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (secrets.get("a"), secrets.get("b")) == (Secret("1"), None)
