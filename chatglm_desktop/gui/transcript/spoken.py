# SPDX-License-Identifier: MIT
"""The text of the rows in view, as a reader would hear it; changes nothing."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QPointF

from chatglm_desktop.gui.transcript.copying.clipboard import Clipboard
from chatglm_desktop.gui.transcript.rows.code_row import CodeRow
from chatglm_desktop.gui.transcript.scene.scene import Scene
from chatglm_desktop.transcript.rows import RowKind
from chatglm_desktop.transcript.texts import leaf_text

_FAR = 1.0e5


def visible_text(scene: Scene, clipboard: Clipboard) -> str:
    """The lines in view under the names of who wrote them, with how messages ended."""
    told = []
    rows = scene.visible_rows(0.0, scene.height)
    for index, in_view in groupby(rows, key=lambda row: row[0]):
        item = scene.transcript[index]
        texts: list[str] = []
        ended = False
        for _, number, y in in_view:
            match item.row(number).kind:
                case RowKind.LEAF:
                    texts.append(_shown(scene, index, number, y))
                case RowKind.FOOT:
                    ended = True
                case _:
                    pass
        told.append(clipboard.told(item, "\n".join(texts), ended=ended))
    return "\n\n".join(told)


def _shown(scene: Scene, index: int, number: int, y: float) -> str:
    """What of the leaf at ``y`` is in view: a block of code may be thousands of lines."""
    item = scene.transcript[index]
    row = item.row(number)
    text = leaf_text(item.leaves(row.part)[row.leaf], item.references(row.part))
    layout = scene.layout(index, number)
    start, end = 0, len(text)
    if y < 0:
        start = layout.character_at(QPointF(0.0, -y))
    folded = isinstance(layout, CodeRow) and layout.folded
    if folded or y + layout.height > scene.height:
        end = layout.character_at(QPointF(_FAR, min(scene.height - y, layout.height)))
    return text[start:end]
