# SPDX-License-Identifier: MIT
"""Makes sure that a test can read the window as a screen reader does, where Linux allows it."""

from __future__ import annotations

import shutil

from devtool.linux_packages import AT_SPI, DBUS, XVFB
from devtool.shell import LINUX, Failed, say
from devtool.system import ensure_packages

NEEDS = {
    "Xvfb": XVFB,
    "dbus-daemon": DBUS,
    "dbus-send": DBUS,
    "/usr/libexec/at-spi-bus-launcher": AT_SPI,
}


def ensure_screen_reader() -> None:
    """Install what is missing where that may be; else say that its test is left out."""
    missing = [package for tool, package in NEEDS.items() if not shutil.which(tool)]
    if not (LINUX and missing):
        return
    try:
        ensure_packages(missing)
    except Failed as failure:
        say(f"The test that reads the window as a screen reader does is left out. {failure}")
