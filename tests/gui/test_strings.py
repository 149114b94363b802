# SPDX-License-Identifier: MIT
"""The Chinese catalogue is complete, holds nothing else, and reaches the window and Qt."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

import chatglm_desktop.gui
from chatglm_desktop.core import errors
from chatglm_desktop.core.attachments import REFUSALS
from chatglm_desktop.core.exports import EXPORT_PROBLEMS
from chatglm_desktop.core.generation import PROBLEMS
from chatglm_desktop.core.listed_rows import FOLDERS_HEADING, PINNED_HEADING
from chatglm_desktop.core.listing import Age
from chatglm_desktop.gui.strings import (
    CatalogTranslator,
    install_language,
    load_catalogue,
    system_language,
    tr,
)
from chatglm_desktop.gui.theme.label_colours import COLOURS
from chatglm_desktop.settings.options import HELP

GUI = Path(chatglm_desktop.gui.__file__).parent


def literals() -> Iterator[str]:
    """The text of every ``tr("…")`` in the window's sources."""
    for file in sorted(GUI.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first = node.args[0] if node.func.id == "tr" else None
                if isinstance(first, ast.Constant):
                    yield str(first.value)


def keys() -> set[str]:
    store_errors: list[type[errors.StoreError]] = [errors.StoreError]
    store_errors += errors.StoreError.__subclasses__()
    return {
        *literals(),
        *(group.value for group in Age),
        PINNED_HEADING,
        FOLDERS_HEADING,
        *COLOURS.values(),
        *HELP.values(),
        *PROBLEMS.values(),
        *EXPORT_PROBLEMS.values(),
        *(words for words, _ in REFUSALS.values()),
        *(text for kind in errors.error_kinds() for text in (kind.summary, kind.hint)),
        *(text for kind in store_errors for text in (kind.summary, kind.hint)),
    }


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    translators = install_language(qapp, "zh")
    yield
    for translator in translators:
        qapp.removeTranslator(translator)


def test_every_text_has_a_translation() -> None:
    assert keys() - load_catalogue("zh").keys() == set()


def test_no_translation_is_unused() -> None:
    assert load_catalogue("zh").keys() - keys() == set()


def test_translations_have_the_same_fields() -> None:
    wrong = [key for key, text in load_catalogue("zh").items() if fields(key) != fields(text)]
    assert wrong == []


def test_translations_are_chinese() -> None:
    han = {key: any("一" <= c <= "鿿" for c in text) for key, text in load_catalogue("zh").items()}
    assert [key for key, found in han.items() if not found] == []


def test_english_is_the_key(qapp: QApplication) -> None:
    assert install_language(qapp, "en") == []
    assert tr("New conversation") == "New conversation"
    assert tr("“{title}” is in the trash.", title="{x}") == "“{x}” is in the trash."


def test_chinese_is_spoken(chinese: None) -> None:
    assert tr("New conversation") == "新对话"
    assert tr("“{title}” is in the trash.", title="a") == "“a”已移到回收站。"
    assert tr("not in the catalogue") == "not in the catalogue"


def test_qt_speaks_chinese_too(chinese: None) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


def test_an_empty_catalogue_is_an_empty_translator(qapp: QApplication) -> None:
    assert CatalogTranslator({}).isEmpty()
    assert not CatalogTranslator({"a": "b"}).isEmpty()


@pytest.mark.parametrize(
    ("languages", "spoken"),
    [(["zh-Hans-CN", "en"], "zh"), (["en-GB", "zh-CN"], "en"), (["de"], "en"), ([], "en")],
)
def test_the_system_decides(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, languages: list[str], spoken: str
) -> None:
    monkeypatch.setattr(QLocale, "uiLanguages", lambda self: languages)
    assert system_language() == spoken
    translators = install_language(qapp, "system")
    assert bool(translators) == (spoken == "zh")
    for translator in translators:
        qapp.removeTranslator(translator)
