# SPDX-License-Identifier: MIT
"""API keys in the system's keyring, or in memory for this run; knows no account and no file.

A keyring may ask the user for a password: call it in a thread where a window must go on.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias, assert_never

from chatglm_desktop.core.secrets import Secret as Secret  # noqa: PLC0414 # for those who keep it

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

log = logging.getLogger(__name__)

SERVICE = "chatglm-desktop"

SecretPlace: TypeAlias = Literal["keyring", "file", "memory"]

_LOWEST_RECOMMENDED_PRIORITY = 1

_UNWRAPPED_ERRORS = (
    ("secretstorage.exceptions", "SecretStorageException"),
    ("jeepney", "DBusErrorResponse"),
    ("win32ctypes.pywin32.pywintypes", "error"),
    ("dbus.exceptions", "DBusException"),
)
"""Module and name of what backends let through of the libraries below them."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where secrets are; ``name`` is that of the keyring, or the file's path."""

    place: SecretPlace
    name: str = ""

    def __str__(self) -> str:
        match self.place:
            case "keyring":
                return f"in the system's keyring ({self.name})"
            case "file":
                return f"in a file that only you can read ({self.name})"
            case "memory":
                return "in memory until the program ends: this system has no keyring"
            case _:
                assert_never(self.place)


class Secrets(Protocol):
    """Keeps secrets by name. Nothing is raised: None or False say that it did not work."""

    def get(self, name: str) -> Secret | None: ...

    def set(self, name: str, secret: Secret) -> bool: ...

    def delete(self, name: str) -> bool: ...

    def describe(self) -> Whereabouts: ...


class ListedSecrets(Secrets, Protocol):
    """Secrets that can be moved elsewhere, because their names are known."""

    def names(self) -> tuple[str, ...]: ...


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

    def names(self) -> tuple[str, ...]:
        return tuple(self._secrets)

    def describe(self) -> Whereabouts:
        return Whereabouts("memory")


class KeyringSecrets:
    """Keeps them in one of the system's keyrings."""

    def __init__(self, backend: KeyringBackend) -> None:
        from keyring.errors import KeyringError

        self._backend = backend
        # Backends talk to other programs; not all of what goes wrong there is wrapped.
        self._errors: tuple[type[Exception], ...] = (
            KeyringError,
            OSError,
            RuntimeError,
            UnicodeDecodeError,
            *_unwrapped_errors(),
        )

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

    def describe(self) -> Whereabouts:
        # Several backends are one to the outside; the first is asked first.
        first = next(iter(getattr(self._backend, "backends", ())), self._backend)
        return Whereabouts("keyring", first.name)


def find_keyring() -> KeyringSecrets | None:
    """The system's keyring; None if there is none that is worth its name."""
    from configparser import Error as ConfigurationError

    try:
        # Late: the import looks through every installed package for backends.
        import keyring

        backend = keyring.get_keyring()
        worthy = backend.priority >= _LOWEST_RECOMMENDED_PRIORITY
    except (ImportError, AttributeError, ValueError, RuntimeError, ConfigurationError) as error:
        # Whoever configured that library named a keyring that is not there.
        log.info("no keyring can be used: %s", type(error).__name__)
        return None
    return KeyringSecrets(backend) if worthy else None


def move(source: ListedSecrets, target: Secrets) -> bool:
    """Move all secrets, or none if ``target`` does not take them all; whether it did."""
    names = source.names()
    if not all(_copy(name, source, target) for name in names):
        return False
    for name in names:
        source.delete(name)
    return True


def _copy(name: str, source: Secrets, target: Secrets) -> bool:
    secret = source.get(name)
    return secret is None or target.set(name, secret)


def _unwrapped_errors() -> Iterator[type[Exception]]:
    """Those of :data:`_UNWRAPPED_ERRORS` whose library the chosen backend has imported."""
    for module, name in _UNWRAPPED_ERRORS:
        error = getattr(sys.modules.get(module), name, None)
        if error is not None:
            yield error
