# SPDX-License-Identifier: MIT
"""The random id of this installation, which the guest service counts by; knows no network."""

from __future__ import annotations

import logging
import os
import re
import uuid
from pathlib import Path

log = logging.getLogger(__name__)

_ID = re.compile(r"[0-9a-f]{32}")


def device_id(file: Path) -> str:
    """The id kept in ``file``: 32 hex digits, made on first use, the same ever after.

    A file that cannot be written gives an id for this run only.
    """
    try:
        kept = file.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        kept = ""
    return kept if _ID.fullmatch(kept) else _new_id(file)


def _new_id(file: Path) -> str:
    made = uuid.uuid4().hex
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(made + "\n")
    except OSError as error:
        log.info("the device id is kept for this run only: %s", error)
    return made
