# SPDX-License-Identifier: MIT
"""Chooses where secrets are kept, on first need, in the thread that asks; keeps none itself."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

from chatglm_desktop.core.secrets import Secret
from chatglm_desktop.settings.keyring_secrets import KeyringSecrets, find_keyring
from chatglm_desktop.settings.options import Options
from chatglm_desktop.settings.paths import Paths
from chatglm_desktop.settings.secret_file import FileSecrets
from chatglm_desktop.settings.secrets import (
    ListedSecrets,
    MemorySecrets,
    Secrets,
    Whereabouts,
    move,
)


class KeptSecrets:
    """The system's keyring; where there is none, ``file`` if the user allows it, else memory.

    Looking for a keyring takes long, and it may ask for a password. May be used by several
    threads: they wait for each other.
    """

    def __init__(
        self,
        file: Path,
        allow_file: bool,
        find: Callable[[], KeyringSecrets | None],
    ) -> None:
        self._file = FileSecrets(file)
        self._allow_file = allow_file
        self._find = find
        self._opened: Secrets | None = None
        self._using = threading.RLock()

    @classmethod
    def at(cls, paths: Paths, options: Options) -> KeptSecrets:
        """Those of the program whose files lie in ``paths``."""
        find = partial(find_keyring, paths.keyring_service)
        return cls(paths.keys, options.key_file, find)

    def get(self, name: str) -> Secret | None:
        with self._using:
            return self._secrets().get(name)

    def set(self, name: str, secret: Secret) -> bool:
        with self._using:
            return self._secrets().set(name, secret)

    def delete(self, name: str) -> bool:
        with self._using:
            return self._secrets().delete(name)

    def describe(self) -> Whereabouts:
        with self._using:
            return self._secrets().describe()

    def allow_file(self, allowed: bool) -> bool:
        """Move what memory holds into the file, or the other way round; whether that worked.

        A keyring is used in any case.
        """
        with self._using:
            opened = self._secrets()
            target: Secrets = opened
            if allowed and isinstance(opened, MemorySecrets):
                target = self._file
            elif not allowed and opened is self._file:
                target = MemorySecrets()
            if target is not opened and not move(cast("ListedSecrets", opened), target):
                return False
            self._opened = target
            return True

    def _secrets(self) -> Secrets:
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    def _open(self) -> Secrets:
        ring = self._find()
        if ring is None:
            return self._file if self._allow_file else MemorySecrets()
        # There was no keyring when the file was allowed; what it does not take stays readable.
        return ring if not self._allow_file or move(self._file, ring) else self._file
