# SPDX-License-Identifier: MIT
"""What a value is chosen or written in, one kind for each kind of value; knows no option."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.choice import Choice
from chatglm_desktop.gui.widgets.switch import Switch


class Field(QWidget):
    """Emits ``edited(value)`` when the user has made up a value, ``refused(words)`` if it is none.

    ``wide`` ones stand below their name, the others beside it.
    """

    edited = Signal(object)
    refused = Signal(str)
    wide = False

    def __init__(self, control: QWidget) -> None:
        super().__init__()
        self._control = control
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(control)
        self.setFocusProxy(control)

    def show_value(self, value: object) -> None:
        """Show a value without telling."""
        raise NotImplementedError

    def name(self, words: str, help: str) -> None:
        """What a screen reader says of it."""
        self._control.setAccessibleName(words)
        self._control.setAccessibleDescription(help)

    def finish(self) -> None:
        """Take what is being written, if anything is, as if the user had gone on."""

    def forget(self) -> None:
        """Do not take what is being written."""


class ChoiceField(Field):
    """One of a few values."""

    def __init__(self, themes: ThemeManager, choices: Sequence[tuple[str, object]]) -> None:
        self.choice = Choice(themes, choices)
        super().__init__(self.choice)
        self.choice.chosen.connect(self.edited)

    def show_value(self, value: object) -> None:
        self.choice.show_value(value)


class SwitchField(Field):
    """On or off."""

    def __init__(self, themes: ThemeManager) -> None:
        self.switch = Switch(themes, "")
        super().__init__(self.switch)
        self._row.insertStretch(0, 1)
        self.switch.clicked.connect(self._tell)

    def show_value(self, value: object) -> None:
        self.switch.setChecked(bool(value))

    def _tell(self) -> None:
        self.edited.emit(self.switch.isChecked())


class TextField(Field):
    """One line, taken when it is left or with Enter; ``check`` says what is wrong, or ""."""

    def __init__(self, hint: str = "", check: Callable[[str], str] = lambda text: "") -> None:
        self.line = QLineEdit()
        self.line.setPlaceholderText(hint)
        super().__init__(self.line)
        self._check = check
        self._wrong_text = ""
        self.line.editingFinished.connect(self.finish)

    def show_value(self, value: object) -> None:
        # What is being written is not taken away, nor what has to be mended.
        if not self.line.isModified() and not self._wrong_text:
            self.line.setText(self._words(value))

    def finish(self) -> None:
        if not self.line.isModified():
            return
        self.line.setModified(False)
        text = self.line.text().strip()
        wrong = self._check(text)
        self._mark(wrong)
        if wrong:
            self.refused.emit(wrong)
        else:
            self.edited.emit(self._value(text))

    def forget(self) -> None:
        self.line.setModified(False)
        self._mark("")

    def _mark(self, wrong: str) -> None:
        self._wrong_text = wrong
        self.line.setProperty("wrong", bool(wrong))
        self.line.style().polish(self.line)

    def _value(self, text: str) -> object:
        return text

    def _words(self, value: object) -> str:
        return str(value or "")


class NumberField(TextField):
    """A number between two others, with a point or a comma; ``whole`` ones have neither.

    An empty one is None, where ``optional``.
    """

    def __init__(
        self,
        least: float,
        most: float,
        *,
        whole: bool = False,
        optional: bool = False,
        hint: str = "",
    ) -> None:
        super().__init__(hint, self._wrong)
        self._least, self._most = least, most
        self._whole = whole
        self._optional = optional

    def _wrong(self, text: str) -> str:
        if not text and self._optional:
            return ""
        if self._least <= self._number(text) <= self._most:
            return ""
        least, most = f"{self._least:,.10g}", f"{self._most:,.10g}"
        if self._whole:
            return tr("A whole number from {least} to {most}, please.", least=least, most=most)
        return tr("A number from {least} to {most}, please.", least=least, most=most)

    def _number(self, text: str) -> float:
        try:
            return int(text) if self._whole else float(text.replace(",", "."))
        except ValueError:
            return math.nan

    def number(self) -> float | None:
        """What is written, None for nothing or for what is no such number."""
        text = self.line.text().strip()
        return None if not text or self._wrong(text) else self._number(text)

    def problem(self) -> str:
        """What is wrong with what is written, "" if nothing is."""
        return self._wrong(self.line.text().strip())

    def _value(self, text: str) -> object:
        return self._number(text) if text else None

    def _words(self, value: object) -> str:
        return f"{value:.10g}" if isinstance(value, int | float) else ""


class LongTextField(Field):
    """Several lines, taken when they are left; as one text, or each line by itself."""

    wide = True

    def __init__(self, rows: int, hint: str = "", *, lines: bool = False) -> None:
        self.editor = QPlainTextEdit()
        self.editor.setPlaceholderText(hint)
        self.editor.setTabChangesFocus(True)
        self.editor.setFixedHeight(rows * self.editor.fontMetrics().lineSpacing() + 20)
        super().__init__(self.editor)
        self._lines = lines
        self.editor.installEventFilter(self)

    def show_value(self, value: object) -> None:
        text = "\n".join(value) if isinstance(value, tuple) else str(value or "")
        if not self.editor.document().isModified() and text != self._text():
            self.editor.setPlainText(text)

    def finish(self) -> None:
        if not self.editor.document().isModified():
            return
        self.editor.document().setModified(False)
        text = self._text()
        lines = tuple(line for line in text.split("\n") if line)
        self.edited.emit((lines or None) if self._lines else (text if text.strip() else None))

    def forget(self) -> None:
        self.editor.document().setModified(False)

    def _text(self) -> str:
        return self.editor.toPlainText()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.finish()
        return False
