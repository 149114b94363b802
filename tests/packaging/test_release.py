# SPDX-License-Identifier: MIT
"""The archive unpacks to a prefix with a program that starts, and its weight is judged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from chatglm_desktop import __version__
from chatglm_desktop.app import APP_ID
from devtool import build, release
from devtool.shell import ROOT, Failed


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stands for a build: a program that says where its folder is, and the icons."""
    monkeypatch.setattr(build, "DIST", tmp_path / "dist")
    monkeypatch.setattr(build, "ICONS", tmp_path / "icons")
    program = build.executable("app")
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\necho started\n")
    program.chmod(0o755)
    (tmp_path / "icons").mkdir()
    for size in release.ICON_SIZES:
        (tmp_path / f"icons/{size}.png").write_bytes(b"picture")
    return tmp_path


@pytest.mark.skipif(sys.platform != "linux", reason="the archive for Linux")
def test_the_linux_archive_is_a_prefix(built: Path) -> None:
    archive = release.pack("app", built / "chatglm")
    assert archive.name == "chatglm.tar.xz"
    target = built / "unpacked"
    target.mkdir()
    program = release.unpack(archive, target)
    prefix = target / f"chatglm-desktop-{__version__}"
    assert program == prefix / "bin/chatglm-desktop"
    assert program.resolve() == prefix / "lib/chatglm-desktop/chatglm-desktop"
    assert subprocess.check_output([program]) == b"started\n"
    desktop = prefix / f"share/applications/{APP_ID}.desktop"
    assert desktop.read_bytes() == (ROOT / f"packaging/linux/{APP_ID}.desktop").read_bytes()
    icons = prefix / "share/icons/hicolor"
    assert (icons / f"48x48/apps/{APP_ID}.png").read_bytes() == b"picture"


@pytest.mark.parametrize(("size", "fits"), [(1000, True), (1350, True), (1351, False)])
def test_an_archive_above_the_goal_fails(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    size: int,
    fits: bool,
) -> None:
    monkeypatch.setattr(release, "ROOT", tmp_path)
    ours, bare = tmp_path / "ours", tmp_path / "bare"
    ours.write_bytes(b"x" * size)
    bare.write_bytes(b"x" * 1000)
    if fits:
        release.compare(ours, bare)
    else:
        with pytest.raises(Failed, match="too large"):
            release.compare(ours, bare)
    assert f"ratio {size / 1000:.2f}" in capsys.readouterr().out


def test_the_version_is_the_packages() -> None:
    assert release.version() == __version__
