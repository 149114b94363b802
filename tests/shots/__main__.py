# SPDX-License-Identifier: MIT
"""Takes a picture of the real window in every state, theme, scale and language.

The gallery beside them shows every kind of block: text of more languages than the window speaks.
What has to do with services is also shown in a language that is as long as German.

``python tests/shots [--output DIR] [--only WORD]``: one process for each combination, because a
scale is fixed for the life of a Qt application.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]

THEMES = ("light", "dark", "high-contrast")
SCALES = (1, 2)
LANGUAGES: dict[str, tuple[str, ...]] = {
    "en": ("scenes", "settings", "gallery", "services", "attachments", "importing", "versions"),
    "zh": ("scenes", "settings", "gallery", "services", "attachments", "importing", "versions"),
    "ar": ("gallery",),
    "long": ("services",),
}
"""What there is to be seen in a language: modules beside this one."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "shots")
    parser.add_argument("--only", default="", help="only combinations whose name holds this word")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    failed = [
        name
        for theme in THEMES
        for scale in SCALES
        for language in LANGUAGES
        for module in LANGUAGES[language]
        if options.only in f"{module}-{(name := f'{theme}-{scale}00-{language}')}"
        and not _take(module, (theme, language, name, str(options.output)), scale)
    ]
    print(f"Pictures: {options.output}")
    if failed:
        print(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def _take(module: str, arguments: tuple[str, ...], scale: int) -> bool:
    """One combination in a process of its own; true if it worked."""
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {
            "HOME": home,
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": str(scale),
        }
        command = [sys.executable, "-m", f"tests.shots.{module}", *arguments]
        return subprocess.run(command, env=environment, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
