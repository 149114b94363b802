# SPDX-License-Identifier: MIT
"""Where the user wants the data: beside the program, or in a folder that was chosen; moves none."""

from __future__ import annotations

import json
import logging
import os
import sys
from pathlib import Path

from chatglm_desktop.settings.whole_files import replace_file

log = logging.getLogger(__name__)

APP_NAME = "chatglm-desktop"
"""What the program's folders are called."""

DATABASE = "conversations.db"
"""What the file of all conversations is called in the folder of the data."""

PORTABLE_MARK = "portable.txt"
"""A file beside the program with this name, whatever is in it, keeps everything there."""

_PORTABLE_DATA = "data"
_LOCATION = "location.json"


def program_folder() -> Path:
    """The folder in which the user sees the program.

    For an AppImage and for a bundle of macOS that is the one around it; for a checkout, its root.
    """
    if image := os.environ.get("APPIMAGE"):
        return Path(image).parent
    if not getattr(sys, "frozen", False):
        return Path(__file__).parents[2]
    folder = Path(sys.executable).parent
    if sys.platform == "darwin" and folder.match("*.app/Contents/MacOS"):
        return folder.parents[2]
    return folder


def portable_folder(program: Path) -> Path | None:
    """The folder for everything if there is the mark in the folder ``program``."""
    return program / _PORTABLE_DATA if (program / PORTABLE_MARK).is_file() else None


def chosen_folder(config: Path) -> Path | None:
    """The folder that was chosen for the data; None for the usual one."""
    try:
        values = json.loads((config / _LOCATION).read_bytes())
        folder = values["data"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.info("the chosen data folder cannot be read: %s", error)
        return None
    chosen = Path(folder) if isinstance(folder, str) else Path()
    return chosen if chosen.is_absolute() else None


def choose_folder(config: Path, folder: Path | None) -> None:
    """Keep the data in ``folder`` from the next start on, None for the usual one.

    Raises OSError.
    """
    file = config / _LOCATION
    if folder is None:
        file.unlink(missing_ok=True)
        return
    text = json.dumps({"data": str(folder.absolute())}, ensure_ascii=False, indent=2)
    replace_file(file, text.encode())
