# SPDX-License-Identifier: MIT
"""Leads from a mark in the text to the source or the footnote that it means; paints nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from chatglm_desktop.gui.transcript.input.hits import Hover
from chatglm_desktop.gui.transcript.rows.row import OpenNote, OpenSource
from chatglm_desktop.gui.transcript.rows.source_rows import source_tip
from chatglm_desktop.gui.transcript.scene.painting import Display
from chatglm_desktop.gui.transcript.scene.scene import Scene
from chatglm_desktop.gui.transcript.scene.scroller import Scroller
from chatglm_desktop.markdown.sources import cited
from chatglm_desktop.transcript.anchors import Target
from chatglm_desktop.transcript.rows import Row, RowKind

_FLASH_MS = 1600
_SHARE = 0.4


class References(QObject):
    """Brings what a mark means into view and lets it light up; emits ``changed()``."""

    changed = Signal()

    def __init__(self, scene: Scene, display: Display, scroller: Scroller, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._display = display
        self._scroller = scroller
        self._flash = QTimer(self, singleShot=True, interval=_FLASH_MS)
        self._flash.timeout.connect(self._end)

    def show(self, hover: Hover) -> None:
        """Show what the mark under the pointer refers to, if that is known."""
        item = self._scene.transcript[hover.item]
        match hover.action:
            case OpenSource(mark):
                source = cited(mark, item.extras.sources)
                if source is not None:
                    self._show_source(hover.item, source)
            case OpenNote(label):
                leaf = item.part(hover.row.part).note(label)
                if leaf is not None:
                    target = Target(hover.item, leaf=(hover.row.part, leaf), share=_SHARE)
                    self._show(target, Row(RowKind.LEAF, hover.row.part, leaf))
            case _:
                pass

    def _show_source(self, index: int, source: int) -> None:
        row = Row(RowKind.SOURCE, leaf=source)
        if not self._scene.transcript[index].shows(row):
            self._scroller.stay()
            self._scene.apply(self._scene.transcript.show_all_sources(index))
        self._show(Target(index, source=source, share=_SHARE), row)

    def _show(self, target: Target, row: Row) -> None:
        if not self._in_view(target.position, row):
            self._scroller.show(target)
        self._display.flash = (target.position, row)
        self._flash.start()
        self.changed.emit()

    def _in_view(self, index: int, row: Row) -> bool:
        scene = self._scene
        return any(
            item == index
            and scene.transcript[item].row(number) == row
            and y >= 0
            and y + scene.geometry.row_height(item, number) <= scene.height
            for item, number, y in scene.visible_rows(0.0, scene.height)
        )

    def _end(self) -> None:
        self._display.flash = None
        self.changed.emit()


def reference_tip(scene: Scene, hover: Hover) -> str:
    """What a citation mark refers to, in a line; "" for anything else."""
    if not isinstance(hover.action, OpenSource):
        return ""
    sources = scene.transcript[hover.item].extras.sources
    source = cited(hover.action.mark, sources)
    return "" if source is None else source_tip(source + 1, sources[source])
