# SPDX-License-Identifier: MIT
"""Draws every kind of block and state in one theme, scale and language, as tall as it needs.

The texts are those of ``tests/data/gallery``, a file for each language, in pages.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from chatglm_desktop.core.messages import Message
from chatglm_desktop.gui import application
from chatglm_desktop.gui.failures import describe
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.settings.options import Language, ThemeChoice
from tests.helpers.transcripts import show_messages
from tests.shots import gallery_states
from tests.shots.gallery_texts import pages, reply

TALL = 900
MOST = 6000


@dataclass(frozen=True, slots=True)
class Shape:
    """How wide a picture is, in pixels of the scale, and how much is enlarged."""

    name: str
    width: int
    zoom: float = 1.0


USUAL = Shape("", 860)
SHAPES = (Shape("-narrow", 560), Shape("-wide", 1600), Shape("-zoomed", 1100, 1.5))
"""What else a text is shown in where nothing else is special."""


class Gallery:
    """A view by itself that takes its time, and where its pictures go."""

    def __init__(self, themes: ThemeManager, name: str, output: Path) -> None:
        self._themes = themes
        self._name = name
        self._output = output

    def view(self, messages: Sequence[Message], shape: Shape = USUAL) -> TranscriptView:
        """Messages, shown in a view as tall as they are."""
        view = TranscriptView(describe, budget=inf)
        view.setFont(QApplication.font())
        view.apply_theme(self._themes.theme)
        view.set_zoom(shape.zoom)
        view.resize(shape.width, TALL)
        view.show()
        show_messages(view, messages)
        self.fit(view)
        return view

    def fit(self, view: TranscriptView) -> None:
        """Make a view as tall as what it shows, once that is laid out."""
        self._rest(view)
        for _ in range(3):
            height = view.verticalScrollBar().maximum() + view.height()
            view.resize(view.width(), min(height, MOST))
            self._rest(view)

    def _rest(self, view: TranscriptView) -> None:
        """Until formulas and colours are there too."""
        view.viewport().repaint()
        while view.busy or view.parts.display.unfinished:
            QApplication.processEvents()
            view.viewport().repaint()
        QApplication.processEvents()

    def save(self, view: TranscriptView, page: str) -> None:
        """Take the picture and close the view."""
        self._rest(view)
        file = self._output / f"gallery-{page}-{self._name}.png"
        if not view.grab().save(str(file)):
            raise OSError(f"cannot write {file}")
        view.close()
        view.deleteLater()
        QApplication.processEvents()


def shapes_for(theme: str, scale: float) -> Iterable[Shape]:
    """The shapes in which texts are shown: all of them once in the plainest look."""
    return (USUAL, *SHAPES) if theme == "light" and scale == 1.0 else (USUAL,)


def main(theme: str, language: str, name: str, output: str) -> int:
    app = application.create("shots", "0")
    # Arabic is a language of conversations, not yet of the window.
    spoken = "en" if language == "ar" else language
    themes = application.dress(app, cast("ThemeChoice", theme), cast("Language", spoken))
    gallery = Gallery(themes, name, Path(output))
    scale = QApplication.primaryScreen().devicePixelRatio()
    for page, text in pages(language).items():
        for shape in shapes_for(theme, scale):
            view = gallery.view([reply(text)], shape)
            gallery.save(view, page + shape.name)
    for page, stage in gallery_states.STAGES.items():
        view = gallery.view(stage.messages(language))
        view.setFocus(Qt.FocusReason.OtherFocusReason)
        stage.prepare(view)
        gallery.fit(view)
        gallery.save(view, page)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
