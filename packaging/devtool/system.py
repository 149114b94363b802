# SPDX-License-Identifier: MIT
"""Installs Linux packages through apt where it may, and names them in one line where it may not."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable

from devtool.linux_packages import SystemPackage
from devtool.shell import Failed, environment, say

INSTALL_COMMANDS = {
    "apt": "apt install",
    "dnf": "dnf install",
    "pacman": "pacman -S",
    "zypper": "zypper install",
}


def package_manager() -> str:
    """The name of this system's package manager, or an empty text for an unknown one."""
    return next((name for name in INSTALL_COMMANDS if shutil.which(name)), "")


def package_names(packages: Iterable[SystemPackage], manager: str) -> list[str]:
    """Each package's name for ``manager`` once, in order; Debian's for an unknown manager."""
    return sorted({getattr(package, manager or "apt") for package in packages})


def ensure_packages(packages: Iterable[SystemPackage]) -> None:
    """Install what is missing; raises `Failed` with one line that names it where that cannot be."""
    manager = package_manager()
    names = package_names(packages, manager)
    root = root_command()
    if manager != "apt" or root is None:
        raise Failed(missing_line(names, manager))
    say(f"Installing system packages: {' '.join(names)}")
    quiet = environment({"DEBIAN_FRONTEND": "noninteractive"})
    # An update that fails still leaves the lists of last time.
    subprocess.run([*root, "apt-get", "update", "-qq"], check=False, capture_output=True, env=quiet)
    done = subprocess.run(
        [*root, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *names],
        check=False,
        capture_output=True,
        text=True,
        env=quiet,
    )
    if done.returncode != 0:
        print(done.stdout, done.stderr, sep="\n")
        raise Failed(missing_line(names, manager))


def root_command() -> list[str] | None:
    """The words before a command that make it run as root, or None when that needs a password."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None


def missing_line(names: list[str], manager: str) -> str:
    """The one line a user can act on."""
    if not manager:
        return f"These system packages (by Debian's names) are missing: {' '.join(names)}"
    command = f"sudo {INSTALL_COMMANDS[manager]} {' '.join(names)}"
    return f"System packages are missing; install them with: {command}"
