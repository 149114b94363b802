# SPDX-License-Identifier: MIT
"""A keyring for programs under test: a file that ``TEST_KEYRING`` names."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class FileKeyring(KeyringBackend):
    """As good as a real one, to who looks at its priority."""

    priority = 5

    def get_password(self, service: str, username: str) -> str | None:
        return self._read().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write(self._read() | {f"{service} {username}": password})

    def delete_password(self, service: str, username: str) -> None:
        passwords = self._read()
        if passwords.pop(f"{service} {username}", None) is None:
            raise PasswordDeleteError("not there")
        self._write(passwords)

    @property
    def _file(self) -> Path:
        return Path(os.environ["TEST_KEYRING"])

    def _read(self) -> dict[str, str]:
        passwords: dict[str, str] = json.loads(self._file.read_text())
        return passwords

    def _write(self, passwords: dict[str, str]) -> None:
        self._file.write_text(json.dumps(passwords))
