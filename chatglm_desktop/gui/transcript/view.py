# SPDX-License-Identifier: MIT
"""The transcript as a widget: takes Qt's events and paints; knows neither session nor store."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.history import Versions
from chatglm_desktop.core.tabs import Anchor
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.tokens import LIGHT, Theme
from chatglm_desktop.gui.transcript.input.zoomed import (
    ZoomWheel,
    help_event,
    mouse_event,
    wheel_event,
)
from chatglm_desktop.gui.transcript.look import Looks
from chatglm_desktop.gui.transcript.parts import Parts
from chatglm_desktop.gui.transcript.rows.row import FailureText
from chatglm_desktop.gui.transcript.scene.painting import ScenePainter
from chatglm_desktop.gui.transcript.scene.scroller import STEP
from chatglm_desktop.gui.transcript.scene.settling import BUDGET
from chatglm_desktop.gui.transcript.scene.skeleton import paint_gaps
from chatglm_desktop.gui.transcript.spoken import visible_text
from chatglm_desktop.transcript.anchors import Target
from chatglm_desktop.transcript.follow import FollowMode
from chatglm_desktop.transcript.selection import PartKind, Selection

_REVEALED = 0.33
"""How far down in the view what was looked up is shown."""


class TranscriptView(QAbstractScrollArea):
    """Shows messages as they arrive.

    ``describe`` puts a failure into the user's words, ``budget`` is how many seconds of a frame
    go into laying out, ``looks`` are shared with other views.

    Emits ``action_requested(message id, action)`` for the buttons of a failed turn (the
    actions are those that ``describe`` names, and those of ``ToolActions.requested``),
    ``quote_wanted(text)``, ``version_wanted(message id, index)``, ``export_wanted(first, count)``,
    ``link_activated(url)``,
    ``link_doubted(url, text)`` for a link that leads elsewhere than its text says,
    ``told(text)`` for what the user should know, ``position_changed()`` when the reading
    position has moved, ``zoom_wanted(steps)``, ``follow_mode_chosen(mode)``, ``pasted(text)``
    for the primary selection after a middle click, and ``history_wanted(first, count)`` for
    messages that come into view and are not at hand: ``contents.take`` takes them.

    :attr:`contents` are the messages, :attr:`clipboard` copies, :attr:`selecting` selects,
    :attr:`finder` marks, :attr:`places` knows where text stands.
    """

    action_requested = Signal(str, str)
    quote_wanted = Signal(str)
    version_wanted = Signal(str, int)
    export_wanted = Signal(int, int)
    link_activated = Signal(str)
    link_doubted = Signal(str, str)
    position_changed = Signal()
    history_wanted = Signal(int, int)
    zoom_wanted = Signal(int)
    follow_mode_chosen = Signal(str)
    told = Signal(str)
    pasted = Signal(str)

    def __init__(
        self,
        describe: Callable[[Failure], FailureText],
        parent: QWidget | None = None,
        budget: float = BUDGET,
        looks: Looks | None = None,
    ) -> None:
        super().__init__(parent)
        self._looks = looks or Looks()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Conversation"))
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        look = self._looks.get(LIGHT, self.font())
        self.parts = parts = Parts(self, describe, look, budget)
        self.contents = parts.contents
        self.clipboard = parts.clipboard
        self.selecting = parts.selecting
        self.finder = parts.finder
        self.places = parts.caret.places
        self.assistance = parts.assistance
        self.pictures = parts.pictures
        self._zoom_wheel = ZoomWheel()
        self._connect()

    def _connect(self) -> None:
        parts = self.parts
        parts.scroller.moved.connect(self.position_changed)
        parts.scroller.mode_chosen.connect(self.follow_mode_chosen)
        parts.pages.wanted.connect(self.history_wanted)
        parts.clipboard.messages_wanted.connect(self.history_wanted)
        for teller in (parts.clipboard.said, parts.code_saver.told, parts.picture_saver.told):
            teller.connect(self.told)
        parts.mouse.pasted.connect(self.pasted)
        parts.actions.requested.connect(self.action_requested)
        parts.actions.link.connect(self.link_activated)
        parts.actions.doubtful_link.connect(self.link_doubted)
        parts.overlay.tools.requested.connect(self.action_requested)
        parts.overlay.tools.quote_wanted.connect(self.quote_wanted)
        parts.overlay.tools.version_wanted.connect(self.version_wanted)
        parts.overlay.tools.export_wanted.connect(self.export_wanted)

    def reveal(
        self, position: int, leaf: tuple[PartKind, int] | None = None, offset: float = 0.0
    ) -> None:
        """Bring a message, or one of its leaves, to a third from the top of the view.

        Waits for the message if it is not at hand. ``offset`` is in pixels at zoom 1, from the
        top of the message or leaf.
        """
        self.parts.scroller.show(Target(position, offset, leaf, share=_REVEALED))

    def to_message(self, position: int) -> None:
        """Bring the beginning of a message to the top of the view, when it is at hand."""
        self.parts.scroller.show(Target(position))

    def to_end(self) -> None:
        """Go to the latest text, and follow it."""
        self.parts.scroller.to_end()

    @property
    def position(self) -> int:
        """The position of the message at the top of the view."""
        return self.parts.scene.place.item

    @property
    def at_start_of_message(self) -> bool:
        """Whether the view begins with a message, not within one."""
        place = self.parts.scene.place
        return place.row == 0 and place.offset <= STEP

    def reveal_message(self, message_id: str) -> None:
        """As :meth:`reveal`, for a message that is at hand. Raises KeyError for any other."""
        self.reveal(self.parts.scene.transcript.index(message_id))

    def set_versions(self, versions: Mapping[str, Versions]) -> None:
        """Which of how many versions messages are, by id."""
        self.parts.overlay.toolbar.versions = versions
        self.viewport().update()

    def set_bare(self, bare: bool) -> None:
        """Whether messages have no buttons: nothing is to be changed here."""
        self.parts.overlay.toolbar.bare = bare
        self.viewport().update()

    def place_of(self, message_id: str) -> QRect:
        """Where the buttons of a message are, in pixels of the view; empty out of sight."""
        scene, toolbar = self.parts.scene, self.parts.overlay.toolbar
        if not scene.transcript.knows(message_id):
            return QRect()
        united = QRectF()
        for hot in toolbar.hots(scene.transcript.index(message_id)):
            united = united.united(hot.rect)
        scaled = QRectF(united.topLeft() * scene.zoom, united.size() * scene.zoom)
        return scaled.toRect() & self.viewport().rect()

    def set_removed(self, count: int) -> None:
        """How many messages were deleted and can be restored."""
        self.parts.overlay.toolbar.removed = count

    def set_locked(self, locked: bool) -> None:
        """Whether a reply is running, so that nothing else can be asked or deleted."""
        self.parts.overlay.toolbar.locked = locked
        self.viewport().update()

    @property
    def follow_mode(self) -> FollowMode:
        return self.parts.scroller.state.mode

    def set_follow_mode(self, mode: FollowMode) -> None:
        """How far the next replies are followed."""
        self.parts.scroller.set_mode(mode)

    @property
    def zoom(self) -> float:
        """How much everything is enlarged."""
        return self.parts.scene.zoom

    def set_zoom(self, zoom: float) -> None:
        """Enlarge everything; the line at the top of the view stays."""
        self.parts.scene.zoom = zoom
        self._fit()

    def visible_text(self) -> str:
        """The text of the rows that are in view."""
        return visible_text(self.parts.scene, self.clipboard)

    @property
    def layouts_made(self) -> int:
        """How many rows were laid out since the view exists; a measure of its work."""
        return self.parts.scene.layouts.made

    @property
    def layouts_alive(self) -> int:
        return len(self.parts.scene.layouts)

    @property
    def rows_in_view(self) -> int:
        return sum(1 for _ in self.parts.scene.visible_rows(0.0, self.parts.scene.height))

    def apply_theme(self, theme: Theme) -> None:
        """Paint in other colours; the reading position stays."""
        self.parts.settler.reflow()
        self.parts.scene.layouts.restart(self._looks.get(theme, self.font()))
        self.parts.upkeep.refresh()

    @property
    def busy(self) -> bool:
        """Whether text waits to be parsed, or what is in view waits to be read or laid out."""
        return self.parts.upkeep.busy

    @property
    def following(self) -> bool:
        return self.parts.scroller.state.following

    def anchor(self) -> Anchor | None:
        """The reading position; None if the end is followed."""
        return self.parts.scroller.anchor()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.parts.scroller.take_bar()

    @property
    def selection(self) -> Selection | None:
        return self.parts.display.selection

    def toggle_caret(self) -> None:
        """Turn the caret mode on, in which arrows move a caret through the text, or off."""
        if self.parts.caret.active:
            self.parts.caret.leave()
        else:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.parts.caret.enter()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            zoom = self.parts.scene.zoom
            painter.scale(zoom, zoom)
            self.parts.display.unfinished = False
            self.parts.display.focus = self.parts.overlay.focus
            for rect in event.region():  # type: ignore[attr-defined] # missing in the stubs
                exposed = QRectF(rect)
                exposed = QRectF(exposed.topLeft() / zoom, exposed.size() / zoom)
                painter.setClipRect(exposed)
                self._paint(painter, exposed)
        if self.parts.display.unfinished:
            self.parts.upkeep.refresh_soon()

    def _paint(self, painter: QPainter, exposed: QRectF) -> None:
        ScenePainter(painter, self.parts.scene, self.parts.display, exposed).paint()
        paint_gaps(painter, self.parts.scene, exposed)
        self.parts.overlay.paint(painter, exposed)
        self.parts.jump.paint(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def _fit(self) -> None:
        """Tell the scene how much room there is."""
        scene = self.parts.scene
        self.parts.settler.reflow()
        # The scroll bar stands in the margin: when it comes or goes, no line moves.
        scene.width = self.width() / scene.zoom
        scene.height = self.viewport().height() / scene.zoom
        self.parts.upkeep.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.parts.upkeep.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.parts.upkeep.stop()
        self.parts.pointer.reset()
        self.parts.caret.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.apply_theme(self.parts.scene.layouts.look.theme)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.parts.overlay.press()
        self.parts.mouse.press(mouse_event(event, self.zoom))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.parts.mouse.press(mouse_event(event, self.zoom))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons():
            self.parts.overlay.point(event.position() / self.zoom)
        self.parts.mouse.move(mouse_event(event, self.zoom))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.parts.mouse.release(mouse_event(event, self.zoom))

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = self._zoom_wheel.notches(event)
        turned = wheel_event(event, self.zoom)
        if notches is not None:
            event.accept()
            if notches:
                self.zoom_wanted.emit(notches)
        elif self.parts.mouse.wheel(turned):
            event.setAccepted(turned.isAccepted())
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.parts.overlay.take_key(event) and not self.parts.keys.take(event):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.parts.overlay.show_menu(event, QPointF(event.pos()) / self.zoom)

    def focusNextPrevChild(self, next: bool) -> bool:
        return self.parts.overlay.tab(forward=next) or super().focusNextPrevChild(next)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.parts.caret.show()
        self.parts.overlay.focus_in(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.parts.caret.hide()
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self.parts.mouse.tip(help_event(event, self.zoom))
            return True
        if event.type() == QEvent.Type.Leave:
            self.parts.mouse.leave()
            self.parts.overlay.point(None)
        return super().viewportEvent(event)
