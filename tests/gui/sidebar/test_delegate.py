# SPDX-License-Identifier: MIT
"""What a row shows stands where it stands in all others."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex

from chatglm_desktop.gui.sidebar.row_places import content_rect
from chatglm_desktop.gui.sidebar.view import LibraryView
from tests.gui.sidebar.conftest import summary
from tests.helpers.listed import Listed


def test_titles_begin_at_one_place_coloured_or_not(
    listed: Listed, view: LibraryView, row: Callable[[str], QModelIndex]
) -> None:
    def title_of(name: str) -> object:
        place = content_rect(view.visualRect(row(name)), 0)
        place.setWidth(20)
        return view.viewport().grab(place).toImage()

    listed.show([summary("a", colour="green"), summary("b", 1)])
    assert title_of("a") == title_of("b")
