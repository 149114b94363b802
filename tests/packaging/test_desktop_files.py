# SPDX-License-Identifier: MIT
"""One name and one version for the app, wherever a system asks for them."""

from __future__ import annotations

import plistlib
from configparser import ConfigParser
from pathlib import Path
from xml.etree import ElementTree

from chatglm_desktop import __version__
from chatglm_desktop.app import APP_ID
from chatglm_desktop.core.deep_links import SCHEME
from devtool.release import desktop_files, version

PACKAGING = Path(__file__).parents[2] / "packaging"


def test_the_desktop_file_starts_the_program_under_the_apps_id() -> None:
    parser = ConfigParser(interpolation=None, delimiters="=", strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign] # keys keep their capitals
    parser.read(PACKAGING / f"linux/{APP_ID}.desktop", encoding="utf-8")
    entry = parser["Desktop Entry"]
    assert entry["Icon"] == APP_ID
    assert entry["Exec"] == "chatglm-desktop %u"
    assert entry["MimeType"] == f"x-scheme-handler/{SCHEME};"
    assert entry["Categories"].endswith(";")


def test_the_metainfo_names_the_id_and_this_version() -> None:
    root = ElementTree.parse(PACKAGING / f"linux/{APP_ID}.metainfo.xml").getroot()
    assert root.get("type") == "desktop-application"
    assert root.findtext("id") == APP_ID
    assert root.findtext("launchable") == f"{APP_ID}.desktop"
    release = root.find("releases/release")
    assert release is not None
    assert release.get("version") == __version__ == version()


def test_all_files_for_a_linux_desktop_carry_the_id() -> None:
    places = dict(desktop_files())
    assert all(Path(place).name.startswith(f"{APP_ID}.") for place in places)
    assert f"applications/{APP_ID}.desktop" in places
    assert f"metainfo/{APP_ID}.metainfo.xml" in places
    assert f"icons/hicolor/scalable/apps/{APP_ID}.svg" in places
    assert f"icons/hicolor/256x256/apps/{APP_ID}.png" in places


def test_the_bundle_leaves_id_and_version_to_the_build() -> None:
    values = plistlib.loads((PACKAGING / "macos/Info.plist").read_bytes())
    assert values["NSHighResolutionCapable"] is True
    assert not {"CFBundleIdentifier", "CFBundleShortVersionString"} & values.keys()
