# SPDX-License-Identifier: MIT
"""API keys in the system's keyring, or in memory where there is none; never in a file.

A keyring may ask the user for a password: call it in a thread where a window must go on.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

log = logging.getLogger(__name__)

SERVICE = "chatglm-desktop"

_LOWEST_RECOMMENDED_PRIORITY = 1


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that no log and no traceback shows; :attr:`value` is what it hides."""

    value: str = field(repr=False)


class Secrets(Protocol):
    """Keeps secrets by name. Nothing is raised: None or False say that it did not work."""

    def get(self, name: str) -> Secret | None: ...

    def set(self, name: str, secret: Secret) -> bool: ...

    def delete(self, name: str) -> bool: ...

    def describe(self) -> str:
        """Where the secrets are, in plain words."""
        ...


class MemorySecrets:
    """Forgets everything when the program ends."""

    def __init__(self) -> None:
        self._secrets: dict[str, Secret] = {}

    def get(self, name: str) -> Secret | None:
        return self._secrets.get(name)

    def set(self, name: str, secret: Secret) -> bool:
        self._secrets[name] = secret
        return True

    def delete(self, name: str) -> bool:
        return self._secrets.pop(name, None) is not None

    def describe(self) -> str:
        return "in memory only: this system has no keyring"


class KeyringSecrets:
    """Keeps them in one of the system's keyrings."""

    def __init__(self, backend: KeyringBackend) -> None:
        from keyring.errors import KeyringError

        self._backend = backend
        # Backends talk to other programs; not all of what goes wrong there is wrapped.
        self._errors = (KeyringError, OSError, RuntimeError)

    def get(self, name: str) -> Secret | None:
        try:
            value = self._backend.get_password(SERVICE, name)
        except self._errors as error:
            log.info("the keyring gave no answer: %s", type(error).__name__)
            return None
        return None if value is None else Secret(value)

    def set(self, name: str, secret: Secret) -> bool:
        try:
            self._backend.set_password(SERVICE, name, secret.value)
        except self._errors as error:
            log.info("the keyring did not keep a secret: %s", type(error).__name__)
            return False
        return True

    def delete(self, name: str) -> bool:
        try:
            self._backend.delete_password(SERVICE, name)
        except self._errors as error:
            log.info("the keyring did not delete a secret: %s", type(error).__name__)
            return False
        return True

    def describe(self) -> str:
        return f"in the system's keyring ({self._backend.name})"


def open_secrets() -> Secrets:
    """The system's keyring if there is a real one, else memory."""
    # Late: the import looks through every installed package for backends.
    import keyring

    backend = keyring.get_keyring()
    if backend.priority < _LOWEST_RECOMMENDED_PRIORITY:
        return MemorySecrets()
    return KeyringSecrets(backend)
