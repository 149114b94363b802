# SPDX-License-Identifier: MIT
"""The shapes of an SVG drawing as one outline; knows only what the formula library draws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker


def outline(drawing: Iterable[Element]) -> QPainterPath:
    """All that is filled or stroked, in units of the drawing. Raises ValueError for the rest."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for element in drawing:
        shape = _shape(element)
        if element.get("stroke", "none") != "none":
            stroker = QPainterPathStroker()
            stroker.setWidth(float(element.get("stroke-width", "1")))
            shape = stroker.createStroke(shape)
        path.addPath(shape)
    return path


def _shape(element: Element) -> QPainterPath:
    path = QPainterPath()
    match element.tag:
        case "path":
            _follow(path, element.get("d", ""))
        case "rect":
            box = QRectF(*(float(element.get(name, "0")) for name in ("x", "y", "width", "height")))
            radius = float(element.get("rx", "0"))
            path.addRoundedRect(box, radius, radius)
        case "ellipse":
            x, y, across, down = (
                float(element.get(name, "0")) for name in ("cx", "cy", "rx", "ry")
            )
            path.addEllipse(QPointF(x, y), across, down)
        case "svg" | "g":
            pass  # what is in it comes by itself
        case _:
            raise ValueError(f"an unknown shape: {element.tag}")
    return path


def _follow(path: QPainterPath, commands: str) -> None:
    """Draw the commands of a path, which are all absolute and parted by spaces."""
    words = iter(commands.split())
    for word in words:
        match word:
            case "M":
                path.moveTo(*_numbers(words, 2))
            case "L":
                path.lineTo(*_numbers(words, 2))
            case "Q":
                path.quadTo(*_numbers(words, 4))
            case "C":
                path.cubicTo(*_numbers(words, 6))
            case "Z":
                path.closeSubpath()
            case _:
                raise ValueError(f"an unknown path command: {word}")


def _numbers(words: Iterator[str], count: int) -> list[float]:
    return [float(next(words)) for _ in range(count)]
