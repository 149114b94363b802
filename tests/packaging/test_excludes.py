# SPDX-License-Identifier: MIT
"""Nothing that the program imports is left out of the frozen app."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from excludes import FILES, MODULES, is_left_out

SOURCE = Path(__file__).parents[2] / "chatglm_desktop"


def imported_modules() -> Iterator[tuple[str, Path]]:
    """Every module that an import anywhere in the source names, with ``from a import b`` as a.b."""
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Import(names=names):
                    yield from ((name.name, file) for name in names)
                case ast.ImportFrom(module=str(module), names=names, level=0):
                    yield module, file
                    yield from ((f"{module}.{name.name}", file) for name in names)
                case _:
                    pass


def optional_modules() -> set[str]:
    """What the program uses only where it is there."""
    project = tomllib.loads((SOURCE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    return {Requirement(text).name for extra in extras for text in extra}


def test_the_source_imports_no_excluded_module_that_it_needs() -> None:
    optional = optional_modules()
    imported = [found for found in imported_modules() if found[0] not in optional]
    assert any(module == "PySide6.QtWidgets" for module, _ in imported)
    wrong = {
        (module, str(file))
        for module, file in imported
        for excluded in MODULES
        if module == excluded or module.startswith(f"{excluded}.")
    }
    assert not wrong


def test_no_library_of_an_imported_qt_module_is_left_out() -> None:
    modules = {m.split(".")[1] for m, _ in imported_modules() if m.startswith("PySide6.Qt")}
    for module in modules:
        library = module.replace("Qt", "Qt6", 1)
        assert not is_left_out(f"PySide6/Qt/lib/lib{library}.so.6")
        assert not is_left_out(f"PySide6\\{library}.dll")


def test_every_exclusion_has_its_reason() -> None:
    assert all(reason.strip() for reason in (*MODULES.values(), *FILES.values()))


@pytest.mark.parametrize(
    "needed",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6/Qt/plugins/iconengines/libqsvgicon.so",
        "PySide6/Qt/plugins/imageformats/libqjpeg.so",
        "PySide6/Qt/plugins/imageformats/libqwebp.so",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "PySide6/translations/qtbase_en.qm",
        "chatglm_desktop/_resources/icons/chatglm-desktop.svg",
    ],
)
def test_what_a_window_needs_stays(needed: str) -> None:
    assert not is_left_out(needed)


@pytest.mark.parametrize(
    "unneeded",
    [
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6\\Qt6Pdf.dll",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6\\translations\\qt_help_zh_CN.qm",
    ],
)
def test_what_no_window_needs_goes(unneeded: str) -> None:
    assert is_left_out(unneeded)
