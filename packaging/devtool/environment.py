# SPDX-License-Identifier: MIT
"""Makes `.venv` hold what a lock file names, and nearly free when it does already."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import Literal

from devtool.shell import PACKAGING, PYTHON, ROOT, VENV, WINDOWS, Failed, say

Lock = Literal["run", "dev"]
MEGABYTES: dict[Lock, int] = {"run": 95, "dev": 400}
# The development lock holds the run-time lock too.
CONTAINED: dict[Lock, tuple[Lock, ...]] = {"run": ("run",), "dev": ("dev", "run")}


def ensure(lock: Lock) -> None:
    """Create `.venv` and install ``lock`` unless a stamp says that both are done."""
    if PYTHON.exists() and stamp_is_current(lock):
        return
    if not PYTHON.exists():
        create()
    install(lock)
    for contained in CONTAINED[lock]:
        stamp_path(contained).write_text(fingerprint(contained), encoding="utf-8")


def lock_path(lock: Lock) -> Path:
    return PACKAGING / "locks" / f"{lock}.txt"


def stamp_path(lock: Lock) -> Path:
    return VENV / f"installed-{lock}"


def fingerprint(lock: Lock) -> str:
    """What the stamp must say: the lock's hash and the Python that `.venv` was made with."""
    locked = hashlib.sha256(lock_path(lock).read_bytes()).hexdigest()
    lines = (VENV / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    version = next((line for line in lines if line.startswith("version")), "")
    return f"{locked}\n{version}\n"


def stamp_is_current(lock: Lock) -> bool:
    try:
        return stamp_path(lock).read_text(encoding="utf-8") == fingerprint(lock)
    except FileNotFoundError:
        return False


def create() -> None:
    """Make an empty `.venv` with the Python that runs this."""
    import importlib.util
    import subprocess

    if importlib.util.find_spec("ensurepip") is None:
        from devtool.linux_packages import python_venv
        from devtool.system import ensure_packages

        ensure_packages([python_venv()])
    say(f"Creating {VENV.name} with Python {sys.version.split()[0]}.")
    done = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise Failed(f"Python could not create {VENV}: {(done.stderr or done.stdout).strip()}")


def install(lock: Lock) -> None:
    """Install exactly the lock, each file checked by its hash, and put the project on the path."""
    import subprocess

    say(f"Installing the locked packages into .venv (up to {MEGABYTES[lock]} MB to fetch).")
    quiet = ["-qq", "--disable-pip-version-check", "--no-input"]
    strict = ["--require-hashes", "--no-deps", "--only-binary", ":all:"]
    pip_install = [str(PYTHON), "-m", "pip", "install", *quiet, *strict]
    if subprocess.call([*pip_install, "-r", str(lock_path(lock))]) != 0:
        raise Failed("The locked packages could not be installed; pip says above why.")
    site = VENV / "Lib/site-packages" if WINDOWS else next(VENV.glob("lib/python3.*/site-packages"))
    # Relative, so that a moved checkout still finds itself.
    (site / "chatglm_desktop_checkout.pth").write_text(
        os.path.relpath(ROOT, site) + "\n", encoding="utf-8"
    )
