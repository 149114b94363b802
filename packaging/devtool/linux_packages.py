# SPDX-License-Identifier: MIT
"""Names of Linux packages by what is missing; plain values, installs nothing."""

from __future__ import annotations

import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SystemPackage:
    """One need, under its name for each package manager."""

    apt: str
    dnf: str
    pacman: str
    zypper: str


def _xcb(part: str, version: int) -> SystemPackage:
    """A library that Debian and openSUSE ship alone and the others in one package."""
    name = f"libxcb-{part}{version}"
    return SystemPackage(name, "libxcb", "libxcb", name)


def _xcb_util(part: str, version: int, upstream: str) -> SystemPackage:
    name = f"libxcb-{part}{version}"
    return SystemPackage(name, upstream, upstream, name)


# The libraries that Qt's wheels take from the system.
BY_LIBRARY: dict[str, SystemPackage] = {
    "libEGL.so.1": SystemPackage("libegl1", "libglvnd-egl", "libglvnd", "libglvnd"),
    "libGL.so.1": SystemPackage("libgl1", "libglvnd-glx", "libglvnd", "libglvnd"),
    "libX11.so.6": SystemPackage("libx11-6", "libX11", "libx11", "libX11-6"),
    "libX11-xcb.so.1": SystemPackage("libx11-xcb1", "libX11-xcb", "libx11", "libX11-xcb1"),
    "libdbus-1.so.3": SystemPackage("libdbus-1-3", "dbus-libs", "dbus", "libdbus-1-3"),
    "libfontconfig.so.1": SystemPackage(
        "libfontconfig1", "fontconfig", "fontconfig", "libfontconfig1"
    ),
    "libfreetype.so.6": SystemPackage("libfreetype6", "freetype", "freetype2", "libfreetype6"),
    "libglib-2.0.so.0": SystemPackage("libglib2.0-0", "glib2", "glib2", "libglib-2_0-0"),
    "libgthread-2.0.so.0": SystemPackage("libglib2.0-0", "glib2", "glib2", "libgthread-2_0-0"),
    "libstdc++.so.6": SystemPackage("libstdc++6", "libstdc++", "gcc-libs", "libstdc++6"),
    "libwayland-client.so.0": SystemPackage(
        "libwayland-client0", "libwayland-client", "wayland", "libwayland-client0"
    ),
    "libwayland-cursor.so.0": SystemPackage(
        "libwayland-cursor0", "libwayland-cursor", "wayland", "libwayland-cursor0"
    ),
    "libwayland-egl.so.1": SystemPackage(
        "libwayland-egl1", "libwayland-egl", "wayland", "libwayland-egl1"
    ),
    "libxcb.so.1": SystemPackage("libxcb1", "libxcb", "libxcb", "libxcb1"),
    "libxcb-cursor.so.0": _xcb_util("cursor", 0, "xcb-util-cursor"),
    "libxcb-glx.so.0": _xcb("glx", 0),
    "libxcb-icccm.so.4": _xcb_util("icccm", 4, "xcb-util-wm"),
    "libxcb-image.so.0": _xcb_util("image", 0, "xcb-util-image"),
    "libxcb-keysyms.so.1": _xcb_util("keysyms", 1, "xcb-util-keysyms"),
    "libxcb-randr.so.0": _xcb("randr", 0),
    "libxcb-render.so.0": _xcb("render", 0),
    "libxcb-render-util.so.0": _xcb_util("render-util", 0, "xcb-util-renderutil"),
    "libxcb-shape.so.0": _xcb("shape", 0),
    "libxcb-shm.so.0": _xcb("shm", 0),
    "libxcb-sync.so.1": _xcb("sync", 1),
    "libxcb-util.so.1": _xcb_util("util", 1, "xcb-util"),
    "libxcb-xfixes.so.0": _xcb("xfixes", 0),
    "libxcb-xkb.so.1": _xcb("xkb", 1),
    "libxkbcommon.so.0": SystemPackage(
        "libxkbcommon0", "libxkbcommon", "libxkbcommon", "libxkbcommon0"
    ),
    "libxkbcommon-x11.so.0": SystemPackage(
        "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11", "libxkbcommon-x11-0"
    ),
    "libz.so.1": SystemPackage("zlib1g", "zlib", "zlib", "libz1"),
    "libzstd.so.1": SystemPackage("libzstd1", "libzstd", "zstd", "libzstd1"),
}

FONTCONFIG = SystemPackage("fontconfig", "fontconfig", "fontconfig", "fontconfig")
BINUTILS = SystemPackage("binutils", "binutils", "binutils", "binutils")
CJK_FONTS = SystemPackage(
    "fonts-noto-cjk", "google-noto-sans-cjk-fonts", "noto-fonts-cjk", "google-noto-sans-sc-fonts"
)
EMOJI_FONT = SystemPackage(
    "fonts-noto-color-emoji",
    "google-noto-color-emoji-fonts",
    "noto-fonts-emoji",
    "google-noto-coloremoji-fonts",
)

XVFB = SystemPackage("xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb", "xorg-x11-server-Xvfb")
DBUS = SystemPackage("dbus", "dbus-daemon", "dbus", "dbus-1")
AT_SPI = SystemPackage("at-spi2-core", "at-spi2-core", "at-spi2-core", "at-spi2-core")


def python_venv() -> SystemPackage:
    """What holds `ensurepip` for the Python that runs this."""
    minor = sys.version_info.minor
    return SystemPackage(f"python3.{minor}-venv", "python3", "python", f"python3{minor}")


def python_library() -> SystemPackage:
    """What holds the shared `libpython` for the Python that runs this."""
    minor = sys.version_info.minor
    return SystemPackage(f"libpython3.{minor}", "python3-libs", "python", f"libpython3_{minor}-1_0")
