# SPDX-License-Identifier: MIT
"""Translated text for the window; the English text is the key. Knows no widget."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from chatglm_desktop import resources
from chatglm_desktop.settings.options import Language


def tr(text: str, **values: object) -> str:
    """``text`` in the language in use, its ``{name}`` fields filled with ``values``."""
    translated = QCoreApplication.translate("", text)
    return translated.format(**values) if values else translated


class CatalogTranslator(QTranslator):
    """Answers Qt from a catalogue of ``{English: translation}``."""

    def __init__(self, catalogue: dict[str, str]) -> None:
        super().__init__()
        self._catalogue = catalogue

    def isEmpty(self) -> bool:
        return not self._catalogue

    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        # None means "unknown"; an empty text would erase Qt's own words.
        return None if context else self._catalogue.get(sourceText)


def load_catalogue(language: Literal["zh"]) -> dict[str, str]:
    """The catalogue in ``resources/translations``: a folder with a file for each area."""
    import json  # late: nothing else at the start needs it

    catalogue: dict[str, str] = {}
    folder = resources.path("translations") / {"zh": "zh_CN"}[language]
    for file in sorted(folder.glob("*.json")):
        catalogue |= json.loads(file.read_text(encoding="utf-8"))
    return catalogue


def install_language(app: QCoreApplication, language: Language = "system") -> list[QTranslator]:
    """Make ``app`` speak ``language``. Returns the translators, which the caller keeps alive."""
    if (system_language() if language == "system" else language) == "en":
        return []
    translators: list[QTranslator] = [CatalogTranslator(load_catalogue("zh"))]
    own_dialogs = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if own_dialogs.load("qtbase_zh_CN", folder):
        translators.append(own_dialogs)
    for translator in translators:
        app.installTranslator(translator)
    return translators


def system_language() -> Literal["en", "zh"]:
    """The language of the desktop, as far as this program speaks it."""
    first = next(iter(QLocale.system().uiLanguages()), "")
    return "zh" if first.lower().startswith("zh") else "en"
