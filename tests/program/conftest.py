# SPDX-License-Identifier: MIT
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from chatglm_desktop.gui.theme.manager import ThemeManager
from tests.helpers.theatre import Theatre


@pytest.fixture
def theatre(qapp: QApplication, tmp_path: Path) -> Iterator[Theatre]:
    """A program that can be started again and again on the same data folder."""
    themes = ThemeManager(qapp, "light")
    yield Theatre(qapp, tmp_path / "data", themes)
    themes.deleteLater()
