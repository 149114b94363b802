# SPDX-License-Identifier: MIT
"""What programs on the same data folder call each other, and what they say; sends nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

RAISE = "raise"
CHANGED = "changed"
OPEN = "open "
"""One line each; after the last one comes a link."""


def instance_name(folder: Path) -> str:
    """What the program with this data folder listens to."""
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()
    return f"chatglm-desktop-{digest[:24]}"
