# SPDX-License-Identifier: MIT
"""The installation's id is made once and kept."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from chatglm_desktop.settings.installation import device_id


def test_an_id_is_made_once_and_kept_privately(tmp_path: Path) -> None:
    file = tmp_path / "data" / "device-id"
    made = device_id(file)
    assert re.fullmatch(r"[0-9a-f]{32}", made)
    assert device_id(file) == made
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_installations_differ(tmp_path: Path) -> None:
    assert device_id(tmp_path / "one") != device_id(tmp_path / "two")


def test_a_spoilt_file_gets_a_new_id(tmp_path: Path) -> None:
    file = tmp_path / "device-id"
    file.write_bytes(b"\xff not an id")
    assert device_id(file) == device_id(file)


def test_without_a_place_the_id_lasts_for_the_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    place = tmp_path / "file" / "device-id"
    assert re.fullmatch(r"[0-9a-f]{32}", device_id(place))
    assert device_id(place) != device_id(place)
