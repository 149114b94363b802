# SPDX-License-Identifier: MIT
"""What a long conversation costs: to open, to scroll, to stream into, to look through.

The program and its database are the real ones, but for the last figures, which compare the
widget with Qt's own.
"""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from chatglm_desktop.gui import application
from tests.benchmarks import finding, opening, scrolling, standstill, streaming
from tests.benchmarks.measure import Measure


def run() -> list[Measure]:
    """All figures of the transcript."""
    app = QApplication.instance() or application.create("bench", "0")
    assert isinstance(app, QApplication)
    themes = application.dress(app, "light", "en")
    return [
        *opening.run(app, themes),
        *scrolling.run(app, themes),
        *streaming.run(themes),
        *standstill.run(app, themes),
        *finding.run(),
    ]
