# SPDX-License-Identifier: MIT
"""The buttons at the foot of a message: where they are and how they look; does nothing.

They stand below the bubble, in the gap to the next one, so that nothing moves for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from chatglm_desktop.core.history import Versions
from chatglm_desktop.core.messages import Role
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.look import GAP
from chatglm_desktop.gui.transcript.overlay.placed import (
    WIDE,
    Placed,
    Words,
    count_words,
    hidden_words,
    place,
)
from chatglm_desktop.gui.transcript.rows.row import Hot, UseTool
from chatglm_desktop.transcript.rows import Row, RowKind
from chatglm_desktop.transcript.tools import Tool, ToolName, switcher_of, tools_of

if TYPE_CHECKING:
    from chatglm_desktop.gui.transcript.scene.painting import Display
    from chatglm_desktop.gui.transcript.scene.scene import Scene

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
    "continue": "play",
    "delete": "trash",
    "more": "more",
}


class Toolbar:
    """One for all messages. Shown under the pointer, at the keyboard's place and at the end; of
    messages that have versions the switch is always shown.

    ``versions`` are those of messages by id, ``removed`` messages can be restored; a ``bare`` view
    has no buttons, as nothing can be changed in it. ``locked`` is whether a reply is running,
    ``focused`` the item that has the keyboard's place.
    """

    def __init__(self, scene: Scene, display: Display) -> None:
        self._scene = scene
        self._display = display
        self._pointer: QPointF | None = None
        self.versions: Mapping[str, Versions] = {}
        self.removed = 0
        self.bare = False
        self.locked = False
        self.focused: int | None = None

    def point(self, pointer: QPointF | None) -> None:
        """The mouse pointer is at a point of the view, or nowhere in it."""
        self._pointer = pointer

    def tools(self, index: int) -> tuple[Tool, ...]:
        """What can be done with the message of an item."""
        if self.bare:
            return ()
        selection = self._display.selection
        message = self._scene.transcript[index].message
        return tools_of(
            message,
            locked=self.locked,
            selected=selection is not None and selection.touches(index),
            versions=self.versions.get(message.id),
            last=index == len(self._scene.transcript) - 1,
        )

    def hots(self, index: int) -> list[Hot]:
        """The buttons of an item that can be used, in pixels of the view."""
        placed = self._place(index)
        if placed is None:
            return []
        return [
            Hot(rect, UseTool(tool.name), self._label(index, tool.name))
            for tool, rect in placed.buttons
            if tool.enabled
        ]

    def _label(self, index: int, name: ToolName) -> str:
        label = tool_label(name)
        if name not in ("previous", "next"):
            return label
        versions = self.versions[self._scene.transcript[index].message.id]
        told = (label, count_words(versions), hidden_words(versions))
        return " · ".join(words for words in told if words)

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

    def _signs(self) -> Iterator[int]:
        """The items in view of which only the switch is to be seen."""
        if not self.versions:
            return
        scene, shown = self._scene, set(self.shown())
        rows = scene.visible_rows(-GAP, scene.height)
        for index in sorted({index for index, _, _ in rows} - shown):
            if scene.transcript.has(index):
                message = scene.transcript[index].message
                if switcher_of(message, locked=False, versions=self.versions.get(message.id)):
                    yield index

    def _place(self, index: int, *, alone: bool = False) -> Placed | None:
        """Where the buttons of an item are, or only its switch ``alone``."""
        scene = self._scene
        tools = self.tools(index) if scene.transcript.has(index) else ()
        if alone:
            tools = tuple(tool for tool in tools if tool.name in ("previous", "next"))
        if not tools:
            return None
        bubble = scene.bubble(index)
        from_right = scene.transcript[index].message.role is Role.USER
        bottom = scene.geometry.item_top(index) + scene.geometry.item_height(index) - scene.top
        # The outermost icon stands at the edge of the text.
        inset = bubble.inset - (WIDE - _ICON) / 2
        x = bubble.left + (bubble.width - inset if from_right else inset)
        words = self._words(index) if any(tool.name == "next" for tool in tools) else Words()
        corner = QPointF(x, bottom + _BELOW)
        placed = place(corner, tools, words, from_right=from_right)
        room = x if from_right else scene.width - x
        if placed.frame.width() > room:
            bare = replace(words, sign="")
            return place(corner, tools, bare, from_right=from_right)
        return placed

    def _words(self, index: int) -> Words:
        versions = self.versions[self._scene.transcript[index].message.id]
        width = QFontMetricsF(self._scene.layouts.look.small.font).horizontalAdvance
        count, sign = count_words(versions), hidden_words(versions)
        return Words(count, width(count), sign, width(sign))

    def pieces(self) -> Iterator[tuple[int, QRectF, tuple[object, ...]]]:
        """Item and frame of the toolbars that are to be seen now, and how they look."""
        for index, placed in self._seen():
            look = (placed.frame.left(), *(tool for tool, _ in placed.buttons), *placed.texts)
            yield index, placed.frame, look

    def paint(self, painter: QPainter, exposed: QRectF) -> None:
        """Draw the toolbars that are to be seen now."""
        for index, placed in self._seen():
            if placed.frame.intersects(exposed):
                self._paint(painter, index, placed)

    def _seen(self) -> Iterator[tuple[int, Placed]]:
        for index in self.shown():
            if (placed := self._place(index)) is not None:
                yield index, placed
        for index in self._signs():
            if (placed := self._place(index, alone=True)) is not None:
                yield index, placed

    def _paint(self, painter: QPainter, index: int, placed: Placed) -> None:
        look = self._scene.layouts.look
        theme = look.theme
        painter.fillRect(placed.frame, look.colour(theme.surface))
        here = (index, Row(RowKind.FOOT))
        hover = self._display.hover
        under = hover.action if hover and (hover.item, hover.row) == here else None
        for tool, rect in placed.buttons:
            copied = tool.name == "copy" and self._display.copied == here
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
        painter.setPen(look.colour(theme.dim))
        painter.setFont(look.small.font)
        for rect, text in placed.texts:
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def tool_label(name: ToolName) -> str:
    """What a button does, in words."""
    labels: dict[ToolName, str] = {
        "copy": tr("Copy message"),
        "regenerate": tr("Regenerate"),
        "edit": tr("Edit"),
        "quote": tr("Quote the selection"),
        "previous": tr("Previous version"),
        "next": tr("Next version"),
        "continue": tr("Continue this answer"),
        "delete": tr("Delete message"),
        "more": tr("More"),
    }
    return labels[name]
