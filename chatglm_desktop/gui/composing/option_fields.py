# SPDX-License-Identifier: MIT
"""One option each: a text, a number, a choice; an empty one leaves it to the defaults."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import assert_never

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from chatglm_desktop.core.generation import Abilities, OptionName
from chatglm_desktop.gui.composing.option_words import effort_label
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.segments import Segments


class OptionField(QWidget):
    """Emits ``edited()`` at each change by the user, ``finished()`` when one is complete."""

    edited = Signal()
    finished = Signal()

    def __init__(self, name: OptionName) -> None:
        super().__init__()
        self.name = name
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def value(self) -> object:
        """What was chosen, None for nothing. Raises ValueError, in words, for what is none."""
        raise NotImplementedError

    def show_value(self, value: object) -> None:
        """Show what is chosen, without telling."""
        raise NotImplementedError

    def set_default(self, words: str) -> None:
        """What holds where nothing is chosen."""
        raise NotImplementedError

    def set_accessible(self, name: str) -> None:
        """What a screen reader calls it."""
        raise NotImplementedError


class TextField(OptionField):
    """Several lines: a text as it is, or each line by itself if ``lines``."""

    def __init__(self, name: OptionName, rows: int, *, lines: bool = False) -> None:
        super().__init__(name)
        self._lines = lines
        self.editor = QPlainTextEdit()
        self.editor.setTabChangesFocus(True)
        height = rows * self.editor.fontMetrics().lineSpacing() + 14
        self.editor.setFixedHeight(height)
        self.editor.textChanged.connect(self.edited)
        self._column.addWidget(self.editor)
        self.setFocusProxy(self.editor)

    def value(self) -> object:
        text = self.editor.toPlainText()
        if self._lines:
            return tuple(line for line in text.split("\n") if line) or None
        return text if text.strip() else None

    def show_value(self, value: object) -> None:
        text = "\n".join(value) if isinstance(value, tuple) else str(value or "")
        self.blockSignals(True)
        self.editor.setPlainText(text)
        self.blockSignals(False)

    def set_default(self, words: str) -> None:
        self.editor.setPlaceholderText(words)

    def set_accessible(self, name: str) -> None:
        self.editor.setAccessibleName(name)


class LineField(OptionField):
    """One line, as the only text of a list of texts."""

    def __init__(self, name: OptionName) -> None:
        super().__init__(name)
        self.editor = QLineEdit()
        self.editor.textEdited.connect(self.edited)
        self.editor.editingFinished.connect(self.finished)
        self._column.addWidget(self.editor)
        self.setFocusProxy(self.editor)

    def value(self) -> object:
        text = self.editor.text()
        return (text,) if text else None

    def show_value(self, value: object) -> None:
        self.editor.setText(value[0] if isinstance(value, tuple) and value else "")

    def set_default(self, words: str) -> None:
        self.editor.setPlaceholderText(words)

    def set_accessible(self, name: str) -> None:
        self.editor.setAccessibleName(name)


class NumberField(LineField):
    """A number, with a point or a comma; ``whole`` ones have neither."""

    def __init__(self, name: OptionName, *, whole: bool = False) -> None:
        super().__init__(name)
        self._whole = whole

    def value(self) -> object:
        text = self.editor.text().strip()
        return self._number(text) if text else None

    def _number(self, text: str) -> float:
        try:
            number = int(text) if self._whole else float(text.replace(",", "."))
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise ValueError(tr("Write a whole number.") if self._whole else tr("Write a number."))
        return number

    def show_value(self, value: object) -> None:
        self.editor.setText("" if value is None else f"{value:.10g}" if value else "0")


class ChoiceField(OptionField):
    """One of a few values, or the default."""

    def __init__(
        self, name: OptionName, themes: ThemeManager, choices: Sequence[tuple[str, object]]
    ) -> None:
        super().__init__(name)
        self._values: list[object] = [None, *(value for _, value in choices)]
        self.segments = Segments(themes, (tr("Default"), *(word for word, _ in choices)))
        self.segments.set_current(0)
        self.segments.chosen.connect(self._choose)
        self._column.addWidget(self.segments, 0, Qt.AlignmentFlag.AlignLeft)

    def value(self) -> object:
        return self._values[self.segments.current]

    def show_value(self, value: object) -> None:
        self.segments.set_current(self._values.index(value) if value in self._values else 0)

    def set_default(self, words: str) -> None:
        self.segments.setToolTip(words)

    def set_accessible(self, name: str) -> None:
        self.segments.set_accessible(name)

    def _choose(self) -> None:
        self.edited.emit()
        self.finished.emit()


def make_field(name: OptionName, themes: ThemeManager, abilities: Abilities) -> OptionField:
    """The field of an option as a service takes it."""
    on, off = tr("On"), tr("Off")
    thinking: list[tuple[str, object]] = [(on, "on"), (off, "off")]
    choices: dict[str, list[tuple[str, object]]] = {
        "thinking": thinking if abilities.thinking_can_stop else thinking[:1],
        "web_search": [(on, True), (off, False)],
        "effort": [(effort_label(effort), effort) for effort in abilities.efforts],
    }
    match name:
        case "system_prompt":
            return TextField(name, 4)
        case "stop":
            return LineField(name) if abilities.stops_most == 1 else TextField(name, 2, lines=True)
        case "temperature" | "top_p" | "max_tokens":
            return NumberField(name, whole=name == "max_tokens")
        case "thinking" | "web_search" | "effort":
            return ChoiceField(name, themes, choices[name])
        case _:
            assert_never(name)
