# SPDX-License-Identifier: MIT
"""Which conversations are open, and where; knows no SQL and no wire."""

from __future__ import annotations

from chatglm_desktop.gui.workspace.workspace import Workspace

__all__ = ["Workspace"]
