# SPDX-License-Identifier: MIT
"""Finds ``resources/`` in a checkout, a wheel and a frozen app; knows no file by name."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

_PACKAGE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """Where a resource stands, for code that needs a file; it need not exist.

    ``name`` is relative to ``resources/``, with forward slashes, as in ``icons/send.svg``.
    Raises `ValueError` for a name that is empty, absolute or could lead out of the folder.
    """
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or "\\" in name or ":" in name:
        raise ValueError(f"not a relative resource name: {name!r}")
    return _root().joinpath(*parts)


def read_text(name: str) -> str:
    """A resource's text (UTF-8); raises `FileNotFoundError`, and `ValueError` as `path` does."""
    return path(name).read_text(encoding="utf-8")


def read_bytes(name: str) -> bytes:
    """A resource's bytes; raises `FileNotFoundError`, and `ValueError` as `path` does."""
    return path(name).read_bytes()


def _root() -> Path:
    """Inside the package where it was built (wheel, frozen app), beside it in a checkout."""
    built = _PACKAGE / "_resources"
    return built if built.is_dir() else _PACKAGE.parent / "resources"
