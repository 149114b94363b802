# SPDX-License-Identifier: MIT
"""Secrets are in the keyring, in a file that was allowed, or in memory; and move between them."""

from __future__ import annotations

from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from chatglm_desktop.core.secrets import Secret
from chatglm_desktop.settings.kept_secrets import KeptSecrets
from chatglm_desktop.settings.keyring_secrets import KeyringSecrets
from chatglm_desktop.settings.options import Options
from chatglm_desktop.settings.paths import Paths
from chatglm_desktop.settings.secret_file import FileSecrets


class Ring(KeyringBackend):
    """A backend that keeps all its passwords, or takes none while it is ``locked``."""

    priority = 5

    def __init__(self, *, locked: bool = False) -> None:
        self.locked = locked
        self.passwords: dict[str, str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.passwords.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise KeyringLocked("no password was given")
        self.passwords[username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.passwords[username]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "keys.json"


def kept(file: Path, *, allow_file: bool, ring: Ring | None = None) -> KeptSecrets:
    return KeptSecrets(file, allow_file, lambda: KeyringSecrets(ring, "tests") if ring else None)


def test_a_keyring_is_looked_for_on_first_need_and_once(file: Path) -> None:
    looked: list[int] = []
    ring = Ring()

    def find() -> KeyringSecrets:
        looked.append(1)
        return KeyringSecrets(ring, "tests")

    secrets = KeptSecrets(file, False, find)
    assert looked == []
    secrets.set("a", Secret("1"))
    assert secrets.get("a") == Secret("1")
    assert secrets.delete("a")
    assert secrets.describe().place == "keyring"
    assert looked == [1]


@pytest.mark.parametrize("allow_file", [False, True])
def test_a_keyring_comes_first(file: Path, allow_file: bool) -> None:
    ring = Ring()
    secrets = kept(file, allow_file=allow_file, ring=ring)
    secrets.set("a", Secret("1"))
    assert ring.passwords == {"a": "1"}
    assert not file.exists()


@pytest.mark.parametrize(("key_file", "place"), [(False, "memory"), (True, "file")])
def test_the_options_decide_where_there_is_no_keyring(
    tmp_path: Path, key_file: bool, place: str
) -> None:
    secrets = KeptSecrets.at(Paths.at(tmp_path), Options(key_file=key_file))
    assert secrets.describe().place == place


def test_without_a_keyring_memory_holds_for_the_run(file: Path) -> None:
    secrets = kept(file, allow_file=False)
    secrets.set("a", Secret("1"))
    assert secrets.describe().place == "memory"
    assert kept(file, allow_file=False).get("a") is None
    assert not file.exists()


def test_a_file_that_was_allowed_outlives_the_run(file: Path) -> None:
    secrets = kept(file, allow_file=True)
    secrets.set("a", Secret("1"))
    assert secrets.describe().place == "file"
    assert kept(file, allow_file=True).get("a") == Secret("1")


def test_secrets_move_into_the_file_and_back(file: Path) -> None:
    secrets = kept(file, allow_file=False)
    secrets.set("a", Secret("1"))
    assert secrets.allow_file(True)
    assert secrets.describe().place == "file"
    assert secrets.get("a") == Secret("1")
    assert FileSecrets(file).names() == ("a",)
    assert secrets.allow_file(False)
    assert secrets.describe().place == "memory"
    assert secrets.get("a") == Secret("1")
    assert not file.exists()


def test_what_does_not_move_stays_where_it_is(file: Path) -> None:
    file.mkdir(parents=True)
    secrets = kept(file, allow_file=False)
    secrets.set("a", Secret("1"))
    assert not secrets.allow_file(True)
    assert secrets.describe().place == "memory"
    assert secrets.get("a") == Secret("1")


def test_with_a_keyring_the_file_does_not_matter(file: Path) -> None:
    secrets = kept(file, allow_file=False, ring=Ring())
    assert secrets.allow_file(True)
    assert secrets.describe().place == "keyring"


def test_a_keyring_that_has_come_takes_what_the_file_holds(file: Path) -> None:
    FileSecrets(file).set("a", Secret("1"))
    ring = Ring()
    secrets = kept(file, allow_file=True, ring=ring)
    assert secrets.get("a") == Secret("1")
    assert ring.passwords == {"a": "1"}
    assert not file.exists()


def test_a_keyring_that_takes_nothing_leaves_the_file_in_use(file: Path) -> None:
    FileSecrets(file).set("a", Secret("1"))
    secrets = kept(file, allow_file=True, ring=Ring(locked=True))
    assert secrets.get("a") == Secret("1")
    assert secrets.describe().place == "file"
