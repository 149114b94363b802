# SPDX-License-Identifier: MIT
"""What a window remembers of its shape, as text; knows no file and no widget."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WindowState:
    """Qt's own opaque bytes, and whether the sidebar is shown."""

    geometry: bytes
    splitter: bytes
    sidebar: bool

    def to_text(self) -> str:
        return f"{self.geometry.hex()}\n{self.splitter.hex()}\n{int(self.sidebar)}\n"

    @classmethod
    def from_text(cls, text: str) -> WindowState | None:
        """The state; None if ``text`` is not what :meth:`to_text` writes."""
        try:
            geometry, splitter, sidebar = text.split()
            return cls(bytes.fromhex(geometry), bytes.fromhex(splitter), sidebar != "0")
        except ValueError:
            return None
