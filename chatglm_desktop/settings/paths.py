# SPDX-License-Identifier: MIT
"""Where the program's files lie; makes none of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from chatglm_desktop.settings.location import (
    APP_NAME,
    DATABASE,
    chosen_folder,
    portable_folder,
    program_folder,
)

PathsKind: TypeAlias = Literal["usual", "chosen", "portable", "given"]
"""Why the data lies where it does: as the system foresees, as the user has moved it, because of
the mark beside the program, or as the command line says."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The program's folders and the files in them."""

    config: Path
    data: Path
    log: Path
    kind: PathsKind = "usual"

    @classmethod
    def default(cls, program: Path | None = None) -> Paths:
        """The folders that this system foresees for a program of this user.

        Unless the data was moved, or a mark in the folder ``program`` keeps all there.
        """
        portable = portable_folder(program or program_folder())
        if portable is not None:
            return cls.at(portable, "portable")
        from platformdirs import PlatformDirs

        folders = PlatformDirs(APP_NAME, appauthor=False)
        config, log = folders.user_config_path, folders.user_log_path
        if (chosen := chosen_folder(config)) is not None:
            return cls(config, chosen, log, "chosen")
        return cls(config, folders.user_data_path, log)

    @classmethod
    def at(cls, data_dir: str | Path, kind: PathsKind = "given") -> Paths:
        """Everything inside one folder, which need not exist."""
        folder = Path(data_dir).expanduser().absolute()
        return cls(folder, folder, folder, kind)

    @property
    def usual(self) -> Path | None:
        """Where the data would lie had it not been moved; None if it was not."""
        if self.kind != "chosen":
            return None
        from platformdirs import PlatformDirs

        return PlatformDirs(APP_NAME, appauthor=False).user_data_path

    @property
    def movable(self) -> bool:
        """Whether the user can choose another folder for the data in the program itself."""
        return self.kind in ("usual", "chosen")

    @property
    def missing(self) -> bool:
        """The folder that was chosen is not there: perhaps its drive is not connected."""
        return self.kind == "chosen" and not self.data.is_dir()

    @property
    def settings(self) -> Path:
        return self.config / "settings.json"

    @property
    def database(self) -> Path:
        return self.data / DATABASE

    @property
    def device_id(self) -> Path:
        return self.data / "device-id"

    @property
    def keys(self) -> Path:
        """API keys, if the user allows a file for them."""
        return self.data / "keys.json"

    @property
    def keyring_service(self) -> str:
        """What the program is called in a keyring; each folder of the user's choice has its own.

        Who tries the program out in another folder must not lose the keys of the usual one.
        """
        return APP_NAME if self.log != self.data else f"{APP_NAME} in {self.data}"

    @property
    def attachments(self) -> Path:
        """A folder of the files that were sent along."""
        return self.data / "attachments"

    @property
    def window(self) -> Path:
        """Geometry of the window: state, not settings."""
        return self.data / "window.ini"

    @property
    def opening(self) -> Path:
        """Which conversations are being opened, to know which of them ended the program."""
        return self.data / "opening"

    @property
    def log_file(self) -> Path:
        return self.log / "chatglm-desktop.log"
