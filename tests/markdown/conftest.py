# SPDX-License-Identifier: MIT
"""The examples of the CommonMark specification."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def examples() -> list[dict[str, Any]]:
    """Each has ``example`` (its number), ``markdown`` and ``html``."""
    path = Path(__file__).parent.parent / "data" / "commonmark.json"
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found
