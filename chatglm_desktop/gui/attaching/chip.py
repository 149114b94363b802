# SPDX-License-Identifier: MIT
"""One file of the next message: thumbnail, name, size or what is wrong, a button to take it out."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from chatglm_desktop.core.attachments import file_kind
from chatglm_desktop.core.pictures import attached
from chatglm_desktop.gui.attaching.shelf import ShelfItem
from chatglm_desktop.gui.attaching.words import is_large, item_note, refusal_text
from chatglm_desktop.gui.pictures import Pictures
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.transcript.rows.glyphs import paint_file_glyph, paint_picture_glyph
from chatglm_desktop.gui.transcript.rows.picture_row import rounded
from chatglm_desktop.gui.widgets.icon_button import IconButton
from chatglm_desktop.gui.widgets.tool_tip import plain_tip

WIDTH = 236
HEIGHT = 48
_THUMB = 36.0
_PAD = 6.0
_RADIUS = 10.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class AttachmentChip(QWidget):
    """Emits ``remove_requested(id)``; of a text also ``opened(id)``, to be looked at, and
    ``text_wanted(id)``, to be in the message itself.
    """

    remove_requested = Signal(int)
    opened = Signal(int)
    text_wanted = Signal(int)

    def __init__(
        self, themes: ThemeManager, pictures: Pictures, item: ShelfItem, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._pictures = pictures
        self._item = item
        self._thumbnail: QImage | None = None
        self.button = IconButton(themes, "close", "", side=24, icon_size=14, parent=self)
        self.button.clicked.connect(self._ask)
        self.text_button = IconButton(themes, "as-text", "", side=24, icon_size=14, parent=self)
        self.text_button.clicked.connect(self._ask_for_text)
        self.setFocusProxy(self.button)
        themes.changed.connect(self._repaint)
        pictures.changed.connect(self._repaint)
        self.show_item(item)

    def show_item(self, item: ShelfItem) -> None:
        """Show the file as it is now."""
        if item.part != self._item.part:
            self._thumbnail = None
        self._item = item
        address = self._address()
        if address and self._pictures.state(address) == "hidden":
            self._pictures.ask(address)
        note = refusal_text(item.refusal) if item.refusal else item_note(item)
        self.setAccessibleName(f"{item.name}, {note}")
        self.setToolTip(plain_tip(f"{item.name}\n{note}"))
        remove = tr("Take out {name}", name=item.name)
        self.button.setAccessibleName(remove)
        self.button.setToolTip(plain_tip(remove))
        insert = tr("Insert {name} as text", name=item.name)
        self.text_button.setAccessibleName(insert)
        self.text_button.setToolTip(plain_tip(insert))
        self.text_button.setVisible(item.readable)
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self.setCursor(hand if item.readable else arrow)
        self.update()

    def open(self) -> None:
        """Let what is written in a text be looked at."""
        if self._item.readable:
            self.opened.emit(self._item.id)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)

    def _ask(self) -> None:
        self.remove_requested.emit(self._item.id)

    def _ask_for_text(self) -> None:
        self.text_wanted.emit(self._item.id)

    def _address(self) -> str:
        """That of the thumbnail; "" for a file that has none."""
        part = self._item.part
        return attached(part.digest) if part and file_kind(part) == "picture" else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        side = self.button.sizeHint().width()
        top = (self.height() - side) // 2
        self.button.setGeometry(self.width() - side - 6, top, side, side)
        self.text_button.setGeometry(self.button.x() - side, top, side, side)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.open()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # What is below must not take it for its own.
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, item = self._themes.theme, self._item
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.bad if item.refusal else theme.line)))
            painter.setBrush(QColor(theme.window))
            frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
            self._paint_thumbnail(painter)
            self._paint_words(painter)
            if item.busy and item.share:
                self._paint_share(painter, item.share)

    def _paint_thumbnail(self, painter: QPainter) -> None:
        theme = self._themes.theme
        place = QRectF(_PAD, (self.height() - _THUMB) / 2, _THUMB, _THUMB)
        address = self._address()
        picture = self._pictures.get(address) if address else None
        if picture is not None:
            painter.drawImage(place.topLeft(), self._rendered(picture.image))
        elif address or self._item.name.lower().endswith((".png", ".jpg", ".jpeg", ".webp")):
            paint_picture_glyph(painter, place.center(), QColor(theme.dim), 1.25)
        else:
            paint_file_glyph(painter, place.center(), QColor(theme.dim))

    def _rendered(self, image: QImage) -> QImage:
        ratio = self.devicePixelRatioF()
        if self._thumbnail is None or self._thumbnail.devicePixelRatioF() != ratio:
            self._thumbnail = rounded(image, _THUMB, _THUMB, ratio, 6.0)
        return self._thumbnail

    def _paint_words(self, painter: QPainter) -> None:
        theme, item = self._themes.theme, self._item
        left = 2 * _PAD + _THUMB + 2
        buttons = self.text_button if self._item.readable else self.button
        width = buttons.x() - left - 4
        font = self.font()
        font.setPixelSize(12)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        line = self.height() / 2 - 6
        lines = (
            (item.name, Qt.TextElideMode.ElideMiddle, theme.text, 6.0),
            (item_note(item), Qt.TextElideMode.ElideRight, self._note_colour(), 6.0 + line),
        )
        for text, mode, colour, top in lines:
            painter.setPen(QColor(colour))
            shown = metrics.elidedText(text, mode, int(width))
            painter.drawText(QRectF(left, top, width, line), _LEFT, shown)

    def _note_colour(self) -> str:
        theme = self._themes.theme
        if self._item.refusal:
            return theme.bad
        return theme.warn if is_large(self._item) else theme.dim

    def _paint_share(self, painter: QPainter, share: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._themes.theme.accent))
        room = self.width() - 2 * _RADIUS
        start = QPointF(_RADIUS, self.height() - 3.0)
        painter.drawRoundedRect(QRectF(start.x(), start.y(), room * share, 2.0), 1.0, 1.0)

    def _repaint(self) -> None:
        self.update()
