# SPDX-License-Identifier: MIT
"""API keys in a file that only its owner can read, for who allowed it; knows no keyring."""

from __future__ import annotations

import json
import logging
import os
import stat
from pathlib import Path

from chatglm_desktop.core.secrets import Secret
from chatglm_desktop.settings.secrets import Whereabouts
from chatglm_desktop.settings.whole_files import replace_file, set_aside

log = logging.getLogger(__name__)


class FileSecrets:
    """Keeps them in ``file``, not encrypted.

    Each call reads it anew; it is removed with the last secret. A broken one is set aside.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def get(self, name: str) -> Secret | None:
        value = (self._read() or {}).get(name)
        return None if value is None else Secret(value)

    def set(self, name: str, secret: Secret) -> bool:
        values = self._read()
        return values is not None and self._write(values | {name: secret.value})

    def delete(self, name: str) -> bool:
        values = self._read() or {}
        return values.pop(name, None) is not None and self._write(values)

    def names(self) -> tuple[str, ...]:
        return tuple(self._read() or ())

    def describe(self) -> Whereabouts:
        return Whereabouts("file", str(self._file))

    def _read(self) -> dict[str, str] | None:
        """All of them; None if the file is there, but cannot be read: it must not be replaced."""
        try:
            _close_to_others(self._file)
            values = json.loads(self._file.read_bytes())
        except FileNotFoundError:
            return {}
        except OSError as error:
            log.info("the file of keys cannot be read: %s", error.strerror)
            return None
        except (ValueError, RecursionError):
            values = None
        if not isinstance(values, dict):
            log.info("the file of keys is broken; it lies at %s now", set_aside(self._file))
            return {}
        return {name: value for name, value in values.items() if isinstance(value, str)}

    def _write(self, values: dict[str, str]) -> bool:
        try:
            if values:
                text = json.dumps(values, indent=2)
                replace_file(self._file, f"{text}\n".encode())
            else:
                self._file.unlink()
        except OSError as error:
            log.info("the file of keys cannot be written: %s", error.strerror)
            return False
        return True


def _close_to_others(file: Path) -> None:
    """Take from others what a copy or a backup gave them."""
    if os.name == "posix" and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        file.chmod(0o600)
