# SPDX-License-Identifier: MIT
"""The lock files pin everything by hash, name no host and agree with `pyproject.toml`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = ROOT / "packaging/locks"
LOGICAL_LINE = re.compile(
    r"(?P<name>[a-z0-9-]+)==(?P<version>[^ ;]+)(?: ; [^\\]+)?(?: --hash=sha256:[0-9a-f]{64})+"
)


def pins(lock: str) -> dict[str, str]:
    """Version by name; every line of the file must be a pin with hashes."""
    text = (LOCKS / f"{lock}.txt").read_text(encoding="utf-8")
    lines = re.sub(r" \\\n +", " ", text).splitlines()
    matches = [LOGICAL_LINE.fullmatch(line) for line in lines]
    assert all(matches), [line for line, match in zip(lines, matches, strict=True) if not match]
    return {match["name"]: match["version"] for match in matches if match}


def declared(*groups: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    texts = list(project["project"]["dependencies"])
    for group in groups:
        texts += project["dependency-groups"][group]
    return [Requirement(text) for text in texts]


@pytest.mark.parametrize("lock", ["run", "dev"])
def test_a_lock_names_no_host(lock: str) -> None:
    text = (LOCKS / f"{lock}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "index" not in re.sub(r"^\S+==", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize(("lock", "groups"), [("run", ()), ("dev", ("test", "lint", "package"))])
def test_a_lock_pins_all_that_the_project_asks_for(lock: str, groups: tuple[str, ...]) -> None:
    pinned = pins(lock)
    for requirement in declared(*groups):
        version = pinned[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), requirement


def test_the_development_lock_holds_the_runtime_lock() -> None:
    assert pins("run").items() <= pins("dev").items()
