# SPDX-License-Identifier: MIT
"""The set-up happens once, again after the lock changed, and not otherwise."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from devtool import environment, shell


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project with locks that name nothing."""
    python = tmp_path / shell.PYTHON.relative_to(shell.ROOT)
    locks = tmp_path / "packaging/locks"
    locks.mkdir(parents=True)
    for name in ("run", "dev"):
        (locks / f"{name}.txt").write_text(f"# {name}\n")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "PACKAGING", tmp_path / "packaging")
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "PYTHON", python)
    return tmp_path


def test_an_environment_is_made_once_and_renewed_with_the_lock(
    checkout: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    python = checkout / shell.PYTHON.relative_to(shell.ROOT)
    environment.ensure("dev")
    assert "Creating .venv" in capfd.readouterr().out
    (checkout / "project_of_the_test.py").touch()
    code = "import project_of_the_test as p; print(p.__file__)"
    told = subprocess.check_output([python, "-c", code], cwd="/", text=True)
    assert Path(told.strip()).resolve() == checkout.resolve() / "project_of_the_test.py"

    environment.ensure("dev")
    environment.ensure("run")
    assert capfd.readouterr().out == ""

    (checkout / "packaging/locks/run.txt").write_text("# another\n")
    environment.ensure("dev")
    assert capfd.readouterr().out == ""
    environment.ensure("run")
    told = capfd.readouterr().out
    assert "Installing" in told
    assert "Creating" not in told


def test_another_python_counts_as_another_environment(checkout: Path) -> None:
    settings = checkout / ".venv/pyvenv.cfg"
    settings.parent.mkdir()
    settings.write_text("home = /usr/bin\nversion = 3.11.2\n")
    before = environment.fingerprint("run")
    settings.write_text("home = /usr/bin\nversion = 3.12.4\n")
    assert environment.fingerprint("run") != before


def test_a_failed_installation_leaves_no_stamp(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    environment.create()
    (checkout / "packaging/locks/run.txt").write_text("without-any-hash==1\n")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(shell.Failed, match="could not be installed"):
        environment.ensure("run")
    assert not environment.stamp_is_current("run")
    assert "hash" in capfd.readouterr().err
