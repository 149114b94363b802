# SPDX-License-Identifier: MIT
"""What the settings can do with the data as a whole; does none of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from chatglm_desktop.chat.backups import Backups
    from chatglm_desktop.settings.moving import MoveRefusal


class Safe(Protocol):
    """``restore``, ``move`` and ``use`` end the program, which then starts again."""

    @property
    def folder(self) -> Path: ...

    @property
    def movable(self) -> bool: ...

    @property
    def portable(self) -> bool: ...

    @property
    def usual(self) -> Path | None: ...

    @property
    def backups(self) -> Backups: ...

    def refusal(self, folder: Path) -> MoveRefusal | None: ...

    def restore(self, file: Path) -> None: ...

    def move(self, folder: Path) -> None: ...

    def use(self, folder: Path) -> None: ...
