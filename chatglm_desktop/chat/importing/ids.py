# SPDX-License-Identifier: MIT
"""Ids that are the same whenever the same thing is imported; pure."""

from __future__ import annotations

import uuid

from chatglm_desktop.core.imports import ImportSource

_SPACE = uuid.UUID("2f6f1f0c-7f0e-5d0f-9d2e-6d1f3c0a8b57")
"""Made up once; all ids of imported conversations hang on it."""


def made_id(source: ImportSource, *names: str) -> str:
    """The id of what ``source`` calls by ``names``, the outermost first."""
    # With lengths, so that no two lists of names are written the same way.
    path = "".join(f"{len(name)}:{name}" for name in (source, *names))
    return uuid.uuid5(_SPACE, path).hex
