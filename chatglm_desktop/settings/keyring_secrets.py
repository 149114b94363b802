# SPDX-License-Identifier: MIT
"""API keys in the system's keyring; knows no account.

A keyring may ask the user for a password: call it in a thread where a window must go on.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from chatglm_desktop.core.secrets import Secret
from chatglm_desktop.settings.secrets import Whereabouts

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

log = logging.getLogger(__name__)

_LOWEST_RECOMMENDED_PRIORITY = 1

_UNWRAPPED_ERRORS = (
    ("secretstorage.exceptions", "SecretStorageException"),
    ("jeepney", "DBusErrorResponse"),
    ("win32ctypes.pywin32.pywintypes", "error"),
    ("dbus.exceptions", "DBusException"),
)
"""Module and name of what backends let through of the libraries below them."""


class KeyringSecrets:
    """Keeps them in one of the system's keyrings, under the name of ``service``."""

    def __init__(self, backend: KeyringBackend, service: str) -> None:
        from keyring.errors import KeyringError

        self._backend = backend
        self._service = service
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
            value = self._backend.get_password(self._service, name)
        except self._errors as error:
            log.info("the keyring gave no answer: %s", type(error).__name__)
            return None
        return None if value is None else Secret(value)

    def set(self, name: str, secret: Secret) -> bool:
        try:
            self._backend.set_password(self._service, name, secret.value)
        except self._errors as error:
            log.info("the keyring did not keep a secret: %s", type(error).__name__)
            return False
        return True

    def delete(self, name: str) -> bool:
        try:
            self._backend.delete_password(self._service, name)
        except self._errors as error:
            log.info("the keyring did not delete a secret: %s", type(error).__name__)
            return False
        return True

    def describe(self) -> Whereabouts:
        # Several backends are one to the outside; the first is asked first.
        first = next(iter(getattr(self._backend, "backends", ())), self._backend)
        return Whereabouts("keyring", first.name)


def find_keyring(service: str) -> KeyringSecrets | None:
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
    return KeyringSecrets(backend, service) if worthy else None


def _unwrapped_errors() -> Iterator[type[Exception]]:
    """Those of :data:`_UNWRAPPED_ERRORS` whose library the chosen backend has imported."""
    for module, name in _UNWRAPPED_ERRORS:
        error = getattr(sys.modules.get(module), name, None)
        if error is not None:
            yield error
