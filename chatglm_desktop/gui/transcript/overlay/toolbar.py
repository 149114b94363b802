# SPDX-License-Identifier: MIT
"""The buttons at the foot of a message: where they are and how they look; does nothing.

They stand below the bubble, in the gap to the next one, so that nothing moves for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from chatglm_desktop.core.history import Versions
from chatglm_desktop.core.messages import Role
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.look import GAP
from chatglm_desktop.gui.transcript.rows.row import Hot, UseTool
from chatglm_desktop.transcript.rows import Row, RowKind
from chatglm_desktop.transcript.tools import Tool, ToolName, tools_of

if TYPE_CHECKING:
    from chatglm_desktop.gui.transcript.scene.painting import Display
    from chatglm_desktop.gui.transcript.scene.scene import Scene

SIDE = 26.0
_WIDE = 28.0
_ICON = 16.0
_BELOW = 3.0
_DISABLED = 0.35

_ICONS: dict[ToolName, str] = {
    "copy": "copy",
    "regenerate": "retry",
    "edit": "rename",
    "quote": "quote",
    "previous": "chevron-left",
    "next": "chevron-right",
    "delete": "trash",
    "more": "more",
}


@dataclass(frozen=True, slots=True)
class _Placed:
    """The toolbar of a message in pixels of the view; ``count`` is the text between versions."""

    frame: QRectF
    buttons: tuple[tuple[Tool, QRectF], ...]
    count: tuple[QRectF, str] | None


class Toolbar:
    """One for all messages. Shown under the pointer, at the keyboard's place and at the end.

    ``versions`` are those of messages by id, ``locked`` is whether a reply is running,
    ``focused`` the item that has the keyboard's place.
    """

    def __init__(self, scene: Scene, display: Display) -> None:
        self._scene = scene
        self._display = display
        self._pointer: QPointF | None = None
        self.versions: Mapping[str, Versions] = {}
        self.locked = False
        self.focused: int | None = None

    def point(self, pointer: QPointF | None) -> None:
        """The mouse pointer is at a point of the view, or nowhere in it."""
        self._pointer = pointer

    def tools(self, index: int) -> tuple[Tool, ...]:
        """What can be done with the message of an item."""
        selection = self._display.selection
        message = self._scene.transcript[index].message
        return tools_of(
            message,
            locked=self.locked,
            selected=selection is not None and selection.touches(index),
            versions=self.versions.get(message.id),
        )

    def hots(self, index: int) -> list[Hot]:
        """The buttons of an item that can be used, in pixels of the view."""
        placed = self._place(index)
        if placed is None:
            return []
        return [
            Hot(rect, UseTool(tool.name), tool_label(tool.name))
            for tool, rect in placed.buttons
            if tool.enabled
        ]

    def at(self, index: int, point: QPointF) -> tuple[int, Hot | None] | None:
        """The item whose toolbar is at a point, and the button there, if it can be used.

        Of the toolbars of item ``index`` and of the one above it, which hangs into it.
        """
        for near in (index, index - 1):
            placed = self._place(near) if near >= 0 else None
            if placed is not None and placed.frame.contains(point):
                hots = self.hots(near)
                return near, next((hot for hot in hots if hot.rect.contains(point)), None)
        return None

    def shown(self) -> Iterator[int]:
        """The items whose toolbar is to be seen now."""
        last = len(self._scene.transcript) - 1
        if last < 0:
            return
        items = {self._under_pointer(), self.focused}
        transcript = self._scene.transcript
        if transcript.has(last) and transcript[last].message.role is Role.ASSISTANT:
            items.add(last)
        yield from sorted(index for index in items if index is not None and index <= last)

    def _under_pointer(self) -> int | None:
        if self._pointer is None:
            return None
        # The gap below a bubble, where its toolbar is, belongs to it and not to the next one.
        y = max(self._scene.top + self._pointer.y() - GAP, 0.0)
        return self._scene.geometry.find(y).item

    def _place(self, index: int) -> _Placed | None:
        tools = self.tools(index) if self._scene.transcript.has(index) else ()
        if not tools:
            return None
        scene = self._scene
        bubble = scene.bubble(index)
        role = scene.transcript[index].message.role
        bottom = scene.geometry.item_top(index) + scene.geometry.item_height(index) - scene.top
        count = self._count(index) if any(tool.name == "next" for tool in tools) else ""
        metrics = QFontMetricsF(scene.layouts.look.small.font)
        gap = metrics.horizontalAdvance(count) if count else 0.0
        width = len(tools) * _WIDE + gap
        # The outermost icon stands at the edge of the text.
        inset = bubble.inset - (_WIDE - _ICON) / 2
        left = bubble.left + inset
        if role is Role.USER:
            left = bubble.left + bubble.width - width - inset
        frame = QRectF(round(left), round(bottom + _BELOW), width, SIDE)
        return _laid_out(frame, tools, count, gap)

    def _count(self, index: int) -> str:
        versions = self.versions[self._scene.transcript[index].message.id]
        return f"{versions.index + 1}/{versions.count}"

    def pieces(self) -> Iterator[tuple[int, QRectF, tuple[object, ...]]]:
        """Item and frame of the toolbars that are to be seen now, and how they look."""
        for index in self.shown():
            placed = self._place(index)
            if placed is not None:
                look = (placed.frame.left(), *(tool for tool, _ in placed.buttons), placed.count)
                yield index, placed.frame, look

    def paint(self, painter: QPainter, exposed: QRectF) -> None:
        """Draw the toolbars that are to be seen now."""
        for index in self.shown():
            placed = self._place(index)
            if placed is not None and placed.frame.intersects(exposed):
                self._paint(painter, index, placed)

    def _paint(self, painter: QPainter, index: int, placed: _Placed) -> None:
        look = self._scene.layouts.look
        theme = look.theme
        painter.fillRect(placed.frame, look.colour(theme.surface))
        place = (index, Row(RowKind.FOOT))
        hover = self._display.hover
        under = hover.action if hover and (hover.item, hover.row) == place else None
        for tool, rect in placed.buttons:
            copied = tool.name == "copy" and self._display.copied == place
            hovered = tool.enabled and under == UseTool(tool.name)
            if hovered:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.colour(theme.accent_weak))
                painter.drawRoundedRect(rect, 7.0, 7.0)
            colour = theme.ok if copied else theme.text if hovered else theme.dim
            icon = "check" if copied else _ICONS[tool.name]
            painter.setOpacity(1.0 if tool.enabled else _DISABLED)
            look.draw_icon(painter, icon, colour, rect)
            painter.setOpacity(1.0)
        if placed.count is not None:
            painter.setPen(look.colour(theme.dim))
            painter.setFont(look.small.font)
            rect, text = placed.count
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def _laid_out(frame: QRectF, tools: tuple[Tool, ...], count: str, gap: float) -> _Placed:
    x, y = frame.left(), frame.top()
    buttons: list[tuple[Tool, QRectF]] = []
    between: tuple[QRectF, str] | None = None
    for tool in tools:
        if tool.name == "next":
            between = (QRectF(x, y, gap, SIDE), count)
            x += gap
        buttons.append((tool, QRectF(x, y, _WIDE, SIDE)))
        x += _WIDE
    return _Placed(frame, tuple(buttons), between)


def tool_label(name: ToolName) -> str:
    """What a button does, in words."""
    labels: dict[ToolName, str] = {
        "copy": tr("Copy message"),
        "regenerate": tr("Regenerate"),
        "edit": tr("Edit and ask again"),
        "quote": tr("Quote the selection"),
        "previous": tr("Previous version"),
        "next": tr("Next version"),
        "delete": tr("Delete message"),
        "more": tr("More"),
    }
    return labels[name]
