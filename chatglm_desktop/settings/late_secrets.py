# SPDX-License-Identifier: MIT
"""Opens the keyring when a secret is first asked for, in the thread that asks; keeps none."""

from __future__ import annotations

import threading
from collections.abc import Callable

from chatglm_desktop.settings.secrets import Secret, Secrets


class LateSecrets:
    """The secrets that ``open_secrets`` gives, opened once; looking for keyrings takes long."""

    def __init__(self, open_secrets: Callable[[], Secrets]) -> None:
        self._open_secrets = open_secrets
        self._opened: Secrets | None = None
        self._opening = threading.Lock()

    def get(self, name: str) -> Secret | None:
        return self._secrets().get(name)

    def set(self, name: str, secret: Secret) -> bool:
        return self._secrets().set(name, secret)

    def delete(self, name: str) -> bool:
        return self._secrets().delete(name)

    def describe(self) -> str:
        return self._secrets().describe()

    def _secrets(self) -> Secrets:
        with self._opening:
            if self._opened is None:
                self._opened = self._open_secrets()
            return self._opened
