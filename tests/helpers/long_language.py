# SPDX-License-Identifier: MIT
"""A language that is never spoken: English with every vowel twice, about as long as German."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication, QTranslator

_FIELD = re.compile(r"(\{[^}]*\})")
_VOWEL = re.compile(r"([aeiou])")


class LongTranslator(QTranslator):
    """Makes every text of the window about 40 % longer; fields stay as they are."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        return None if context else longer(sourceText)


def longer(text: str) -> str:
    """``text`` as it would be in that language."""
    parts = _FIELD.split(text)
    return "".join(p if p.startswith("{") else _VOWEL.sub(r"\1\1", p) for p in parts)


def speak_long(app: QCoreApplication) -> LongTranslator:
    """Let ``app`` speak it for as long as it lives."""
    translator = LongTranslator(app)
    app.installTranslator(translator)
    return translator
