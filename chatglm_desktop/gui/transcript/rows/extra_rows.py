# SPDX-License-Identifier: MIT
"""Makes the rows of a message that are not text; keeps none."""

from __future__ import annotations

from chatglm_desktop.core.pictures import attached
from chatglm_desktop.gui.pictures import Pictures
from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.rows.attachments_row import AttachmentsRow
from chatglm_desktop.gui.transcript.rows.picture_row import PictureRow
from chatglm_desktop.gui.transcript.rows.row import RowLayout
from chatglm_desktop.gui.transcript.rows.source_rows import MoreSources, SourceRow, SourcesTitle
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.rows import Row, RowKind


def extra_token(item: Item, row: Row, pictures: Pictures) -> tuple[object, ...]:
    """What such a row depends on besides width and theme."""
    extras = item.extras
    match row.kind:
        case RowKind.ATTACHMENTS:
            parts = extras.attachments
            return (parts, *(pictures.state(attached(part.digest)) for part in parts))
        case RowKind.PICTURE:
            image = extras.images[row.leaf]
            return (image, pictures.state(image.url))
        case RowKind.SOURCE:
            return (extras.sources[row.leaf],)
        case _:
            return (len(extras.sources),)


def extra_row(item: Item, row: Row, pictures: Pictures, look: Look, width: float) -> RowLayout:
    """The layout of attachments, a picture, a source or what stands around the sources."""
    extras = item.extras
    match row.kind:
        case RowKind.ATTACHMENTS:
            return AttachmentsRow(extras.attachments, pictures, look, width)
        case RowKind.PICTURE:
            return PictureRow(row.leaf + 1, extras.images[row.leaf], pictures, look, width)
        case RowKind.SOURCE:
            return SourceRow(row.leaf + 1, extras.sources[row.leaf], look, width)
        case RowKind.MORE_SOURCES:
            return MoreSources(len(extras.sources), look)
        case _:
            return SourcesTitle(len(extras.sources), look)
