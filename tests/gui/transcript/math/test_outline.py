# SPDX-License-Identifier: MIT
"""SVG shapes as outlines."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import pytest
from PySide6.QtCore import QPointF, QRectF

from chatglm_desktop.gui.transcript.math.outline import outline


def shapes(markup: str) -> list[Element]:
    return list(fromstring(f"<svg>{markup}</svg>").iter())


def test_paths_and_boxes_become_one_outline() -> None:
    path = outline(
        shapes(
            '<g><path d="M 0 0 L 4 0 Q 4 4 0 4 C 0 3 0 2 0 1 Z "/></g>'
            '<rect x="6" y="1" width="2" height="1"/>'
        )
    )
    assert path.boundingRect() == QRectF(0.0, 0.0, 8.0, 4.0)
    assert path.contains(QPointF(7.0, 1.5))
    assert path.contains(QPointF(1.0, 1.0))
    assert not path.contains(QPointF(5.0, 1.0))


def test_a_frame_is_hollow() -> None:
    frame = '<rect x="0" y="0" width="10" height="10" stroke="black" stroke-width="2" fill="none"/>'
    path = outline(shapes(frame))
    assert path.contains(QPointF(0.5, 5.0))
    assert not path.contains(QPointF(5.0, 5.0))
    ellipse = '<ellipse cx="5" cy="5" rx="5" ry="5" stroke="black"/>'
    assert not outline(shapes(ellipse)).contains(QPointF(5.0, 5.0))


@pytest.mark.parametrize("markup", ["<circle/>", '<path d="A 1 1"/>', '<path d="M x 1"/>'])
def test_what_the_library_never_draws_is_an_error(markup: str) -> None:
    with pytest.raises(ValueError, match=r"unknown|float"):
        outline(shapes(markup))
