# SPDX-License-Identifier: MIT
"""One question that waits to be sent: its beginning, and buttons to change it; knows no queue."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QWidget

from chatglm_desktop.core.draft import Queued
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.transcript.rows.glyphs import paint_file_glyph
from chatglm_desktop.gui.widgets.icon_button import IconButton, hover_colour
from chatglm_desktop.gui.widgets.tool_tip import plain_tip

HEIGHT = 30
_PAD = 2
_NUMBER = 22
_GLYPH = 18
_SHOWN = 300
"""Characters of a question that can be in one line at all."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
_REMOVE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class QueueRow(QWidget):
    """Emits ``edit_wanted(id)``, ``removed(id)``, ``step_wanted(id, steps)`` to be moved up or
    down, ``neighbour_wanted(id, steps)`` for the focus, and ``dragged(id, y)`` in its parent.
    """

    edit_wanted = Signal(int)
    removed = Signal(int)
    step_wanted = Signal(int, int)
    neighbour_wanted = Signal(int, int)
    dragged = Signal(int, int)

    def __init__(self, themes: ThemeManager, item: Queued, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self.item = item
        self.number = 0
        self._edited = False
        self._buttons: list[IconButton] = []
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(_PAD, 0, 2, 0)
        row.setSpacing(0)
        row.addStretch(1)
        self._add("chevron-up", tr("Send earlier"), partial(self._step, -1))
        self._add("chevron-down", tr("Send later"), partial(self._step, 1))
        self._add("rename", tr("Edit"), self._edit)
        self._add("close", tr("Do not send"), self._remove)
        themes.changed.connect(self._repaint)
        self.show_item(item, 0, edited=False)

    def _add(self, icon: str, name: str, act: Callable[[], None]) -> None:
        button = IconButton(self._themes, icon, name, side=24, icon_size=14, parent=self)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        button.setSizePolicy(policy)
        button.clicked.connect(act)
        button.hide()
        self._buttons.append(button)
        self._row.addWidget(button)

    def show_item(self, item: Queued, number: int, *, edited: bool) -> None:
        """Show the question as it is now, and its ``number`` in the queue; ``edited`` if it is
        in the text field.
        """
        self.item = item
        self.number = number
        self._edited = edited
        self.setAccessibleName(self._words())
        self.setToolTip(plain_tip(item.question.text[: 2 * _SHOWN]))
        self.update()

    def _words(self) -> str:
        question = self.item.question
        files = ", ".join(part.name for part in question.attachments)
        return " ".join(question.text[:_SHOWN].split()) or files

    def _step(self, steps: int) -> None:
        self.step_wanted.emit(self.item.id, steps)

    def _edit(self) -> None:
        self.edit_wanted.emit(self.item.id)

    def _remove(self) -> None:
        self.removed.emit(self.item.id)

    def sizeHint(self) -> QSize:
        return QSize(0, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, HEIGHT)

    def event(self, event: QEvent) -> bool:
        # Keys that mean something else in the rest of the window.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            moves = event.modifiers() == Qt.KeyboardModifier.AltModifier
            up_or_down = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
            if event.key() == Qt.Key.Key_F2 or (moves and up_or_down):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            steps = 1 if key == Qt.Key.Key_Down else -1
            moves = event.modifiers() & Qt.KeyboardModifier.AltModifier
            (self.step_wanted if moves else self.neighbour_wanted).emit(self.item.id, steps)
        elif key in _ENTER:
            self._edit()
        elif key in _REMOVE:
            self._remove()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self.dragged.emit(self.item.id, round(self.mapToParent(event.position()).y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._edit()

    def enterEvent(self, event: QEvent) -> None:
        self._offer_buttons()

    def leaveEvent(self, event: QEvent) -> None:
        self._offer_buttons()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._offer_buttons()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._offer_buttons()

    def _offer_buttons(self) -> None:
        for button in self._buttons:
            button.setVisible(self._hot)
        self.update()

    @property
    def _hot(self) -> bool:
        return self.underMouse() or QApplication.focusWidget() is self

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.accent)) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(hover_colour(theme.text) if self._hot else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
            self._paint_number(painter)
            left = _PAD + _NUMBER
            if self.item.question.attachments:
                place = QRectF(left, 0, _GLYPH, self.height()).center()
                paint_file_glyph(painter, place, QColor(theme.dim))
                left += _GLYPH + 4
            right = self._buttons[0].x() if self._hot else self.width() - _PAD
            font = self.font()
            font.setPixelSize(13)
            font.setItalic(self._edited)
            painter.setFont(font)
            painter.setPen(QColor(theme.dim if self._edited else theme.text))
            width = right - left - 4
            shown = painter.fontMetrics().elidedText(
                self._words(), Qt.TextElideMode.ElideRight, width
            )
            painter.drawText(QRectF(left, 0, width, self.height()), _LEFT, shown)

    def _paint_number(self, painter: QPainter) -> None:
        font = self.font()
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(QColor(self._themes.theme.dim))
        painter.drawText(QRectF(_PAD + 2, 0, _NUMBER, self.height()), _LEFT, f"{self.number}")

    def _repaint(self) -> None:
        self.update()
