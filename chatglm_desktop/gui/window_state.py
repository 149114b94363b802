# SPDX-License-Identifier: MIT
"""What a window remembers of its shape, as text; knows no file and no widget."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WindowState:
    """Qt's own opaque bytes, whether the sidebar is shown, and the zoom in percent."""

    geometry: bytes
    splitter: bytes
    sidebar: bool
    zoom: int = 100

    def to_text(self) -> str:
        return f"{self.geometry.hex()}\n{self.splitter.hex()}\n{int(self.sidebar)}\n{self.zoom}\n"

    @classmethod
    def from_text(cls, text: str) -> WindowState | None:
        """The state; None if ``text`` is not what :meth:`to_text` writes."""
        try:
            # There was no zoom at first.
            geometry, splitter, sidebar, zoom, *_ = [*text.split(), "100"]
            return cls(bytes.fromhex(geometry), bytes.fromhex(splitter), sidebar != "0", int(zoom))
        except ValueError:
            return None
