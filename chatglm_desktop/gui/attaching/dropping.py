# SPDX-License-Identifier: MIT
"""Lets files be dropped anywhere on a page, and shows that they can be; reads none."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from chatglm_desktop.gui.attaching.sources import offers_files, sources_in
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager

_MARGIN = 16
_RADIUS = 16


class DropTarget(QObject):
    """Emits ``dropped(sources)`` with what was let go over ``page``."""

    dropped = Signal(object)

    def __init__(self, themes: ThemeManager, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._veil = DropVeil(themes, page)
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.DragEnter | QEvent.Type.DragMove if isinstance(event, QDropEvent):
                taken = offers_files(event.mimeData())
                event.setDropAction(Qt.DropAction.CopyAction)
                event.setAccepted(taken)
                self._veil.show_over(taken)
                return True
            case QEvent.Type.Drop if isinstance(event, QDropEvent):
                self._veil.show_over(False)
                sources = sources_in(event.mimeData())
                # A file manager that is told of a move would delete the file.
                event.setDropAction(Qt.DropAction.CopyAction)
                event.setAccepted(bool(sources))
                if sources:
                    self.dropped.emit(sources)
                return True
            case QEvent.Type.DragLeave | QEvent.Type.Hide:
                self._veil.show_over(False)
        return False


class DropVeil(QWidget):
    """Covers the page while files are held over it."""

    def __init__(self, themes: ThemeManager, page: QWidget) -> None:
        super().__init__(page)
        self._themes = themes
        self._page = page
        # Whatever lies below goes on being told of the drag.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("Drop files to send them along"))
        self.hide()

    def show_over(self, shown: bool) -> None:
        """Cover the page, or not."""
        if shown:
            self.setGeometry(self._page.rect())
            self.raise_()
        self.setVisible(shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        ground = QColor(theme.surface)
        ground.setAlphaF(0.92)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), ground)
            painter.setPen(QPen(QColor(theme.accent), 2, Qt.PenStyle.DashLine))
            painter.setBrush(QColor(theme.accent_weak))
            frame = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
            painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
            font = self.font()
            font.setPixelSize(16)
            painter.setFont(font)
            painter.setPen(QColor(theme.text))
            centre = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(frame.adjusted(24, 24, -24, -24), centre, self.accessibleName())
