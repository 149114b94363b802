# SPDX-License-Identifier: MIT
"""The transcript as a widget: scrolls, follows, hands input on; knows neither session nor store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, Qt, QTimer, Signal
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

from chatglm_desktop.core.deltas import Images, Sources, StreamKind
from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.history import History
from chatglm_desktop.core.messages import Message, Role
from chatglm_desktop.core.tabs import Anchor
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.tokens import LIGHT, Theme
from chatglm_desktop.gui.transcript.accessible.assistance import Assistance
from chatglm_desktop.gui.transcript.accessible.scene_surface import SceneSurface
from chatglm_desktop.gui.transcript.actions import Actions
from chatglm_desktop.gui.transcript.animation import Animation, Ticker, next_second
from chatglm_desktop.gui.transcript.caret import Caret
from chatglm_desktop.gui.transcript.clipboard import Clipboard
from chatglm_desktop.gui.transcript.code_saver import CodeSaver
from chatglm_desktop.gui.transcript.finder import Finder
from chatglm_desktop.gui.transcript.jump import Jump
from chatglm_desktop.gui.transcript.keys import Keys
from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.mouse import Mouse
from chatglm_desktop.gui.transcript.overlay import Overlay
from chatglm_desktop.gui.transcript.pages import Pages
from chatglm_desktop.gui.transcript.painting import Display, ScenePainter
from chatglm_desktop.gui.transcript.picture_saver import PictureSaver
from chatglm_desktop.gui.transcript.places import Places
from chatglm_desktop.gui.transcript.pointer import Pointer
from chatglm_desktop.gui.transcript.references import References
from chatglm_desktop.gui.transcript.row import FailureText
from chatglm_desktop.gui.transcript.scene import Scene
from chatglm_desktop.gui.transcript.scroller import STEP, Scroller
from chatglm_desktop.gui.transcript.selecting import Selecting
from chatglm_desktop.gui.transcript.settling import BUDGET, Settler
from chatglm_desktop.gui.transcript.skeleton import paint_gaps
from chatglm_desktop.gui.transcript.spoken import visible_text
from chatglm_desktop.gui.transcript.words import STEPS
from chatglm_desktop.gui.transcript.zoomed import ZoomWheel, help_event, mouse_event, wheel_event
from chatglm_desktop.transcript.anchors import Target
from chatglm_desktop.transcript.caret import CaretPath
from chatglm_desktop.transcript.document import Change
from chatglm_desktop.transcript.follow import Added, Asked, FollowMode, Grown, Placed, Sent
from chatglm_desktop.transcript.selection import PartKind, Selection
from chatglm_desktop.transcript.tools import Versions

_WORK_SECONDS = 0.004
_FRAME_MS = 16
_HURRIED_FRAME_MS = 32
_REVEALED = 0.33
"""How far down in the view what was looked up is shown."""


class TranscriptView(QAbstractScrollArea):
    """Shows messages as they arrive. ``describe`` puts a failure into the user's words,
    ``budget`` is how many seconds of a frame go into laying out.

    Emits ``action_requested(message id, action)`` for the buttons of a failed turn (the
    actions are those that ``describe`` names, and "retry", "edit", "delete" of the toolbars),
    ``quote_wanted(text)``, ``version_wanted(message id, index)``, ``link_activated(url)``,
    ``link_doubted(url, text)`` for a link that leads elsewhere than its text says,
    ``told(text)`` for what the user should know, ``position_changed()`` when the reading
    position has moved, ``pasted(text)`` for the primary selection after a middle click, and
    ``history_wanted(first, count)`` for messages that come into view
    and are not at hand: :meth:`take_history` takes them.
    """

    action_requested = Signal(str, str)
    quote_wanted = Signal(str)
    version_wanted = Signal(str, int)
    link_activated = Signal(str)
    link_doubted = Signal(str, str)
    position_changed = Signal()
    history_wanted = Signal(int, int)
    zoom_wanted = Signal(int)
    told = Signal(str)
    pasted = Signal(str)

    def __init__(
        self,
        describe: Callable[[Failure], FailureText],
        parent: QWidget | None = None,
        budget: float = BUDGET,
    ) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Conversation"))
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._display = Display()
        self._scene = Scene(describe, Look(LIGHT, self.font()))
        self._settler = Settler(self._scene, budget)
        self._zoom_wheel = ZoomWheel()
        self._scroller = Scroller(self._scene, self._settler, self.verticalScrollBar(), self)
        self._pages = Pages(self._scene, self)
        self.pictures = self._scene.layouts.pictures
        transcript = self._scene.transcript
        self._clipboard = Clipboard(transcript, self._display, describe, self)
        self._selecting = Selecting(transcript, self._display, self)
        path = CaretPath(transcript, STEPS, self._scene.open)
        self._caret = Caret(self._scene, self._scroller, self._display, path, self)
        self._pointer = Pointer(self._scene, self._display, self)
        self._saver = CodeSaver(self)
        self._picture_saver = PictureSaver(self.pictures, self)
        self._actions = Actions(self._scene, self._display, self._clipboard, self._saver, self)
        self._references = References(self._scene, self._display, self._scroller, self)
        self.finder = Finder(self._scene, self._display, self._scroller, self)
        self._animation = Animation(self)
        self._ticker = Ticker(self)
        self._work = QTimer(self, singleShot=True, interval=0)
        self._since_settled = QElapsedTimer()
        self._repaint = QTimer(self, singleShot=True, interval=_FRAME_MS)
        self._jump = Jump(self._scene, self._scroller, self)
        self._mouse = Mouse(self._scene, self._pointer, self._jump, self.viewport(), self)
        self._keys = Keys(self._scroller, self._clipboard, self._selecting, self._caret)
        self._overlay = Overlay(
            self,
            self,
            scene=self._scene,
            display=self._display,
            clipboard=self._clipboard,
            actions=self._actions,
            scroller=self._scroller,
        )
        surface = SceneSurface(
            self.viewport(),
            self._scene,
            places=self._caret.places,
            selecting=self._selecting,
            overlay=self._overlay,
            actions=self._actions,
        )
        self.assistance = Assistance(self, surface, describe)
        self._connect()

    def _connect(self) -> None:
        self._scroller.moved.connect(self.position_changed)
        self._scroller.settled.connect(self._settled)
        self._pages.wanted.connect(self.history_wanted)
        self._pointer.changed.connect(self.viewport().update)
        self._pointer.scroll_wanted.connect(self._scroller.scroll_by)
        self._pointer.selected.connect(self._clipboard.offer_primary)
        self._pointer.changed.connect(self._caret.forget_column)
        self._mouse.pasted.connect(self.pasted)
        self._clipboard.messages_wanted.connect(self.history_wanted)
        self._clipboard.said.connect(self.told)
        self._selecting.changed.connect(self._selection_changed)
        self._caret.moved.connect(self._selection_changed)
        self._caret.changed.connect(self.viewport().update)
        self._pointer.activated.connect(self._actions.perform)
        self._actions.resizing.connect(self._scroller.stay)
        self._actions.changed.connect(self._refresh)
        self._actions.requested.connect(self.action_requested)
        self._saver.told.connect(self.told)
        self._picture_saver.told.connect(self.told)
        self._actions.picture_kept.connect(self._picture_saver.keep)
        self._actions.link.connect(self.link_activated)
        self._actions.doubtful_link.connect(self.link_doubted)
        self._overlay.changed.connect(self.viewport().update)
        self._overlay.changed.connect(self.assistance.moved)
        self._overlay.tools.requested.connect(self.action_requested)
        self._overlay.tools.quote_wanted.connect(self.quote_wanted)
        self._overlay.tools.version_wanted.connect(self.version_wanted)
        self._actions.reference_wanted.connect(self._references.show)
        self._references.changed.connect(self.viewport().update)
        self.finder.changed.connect(self.viewport().update)
        self._animation.ticked.connect(self._animate)
        self._ticker.timeout.connect(self._refresh)
        # Later: a row may ask for a picture while it is laid out.
        self.pictures.changed.connect(self._refresh, Qt.ConnectionType.QueuedConnection)
        self._jump.changed.connect(self.viewport().update)
        self._work.timeout.connect(self._work_on)
        self._repaint.timeout.connect(self._refresh)

    def show_messages(self, messages: Sequence[Message], anchor: Anchor | None = None) -> None:
        """Show other messages, all of a conversation, at ``anchor`` or at the end."""
        self.show_history(History("", None, len(messages), 0, tuple(messages)), anchor)

    def show_history(
        self, history: History, anchor: Anchor | None = None, position: int | None = None
    ) -> None:
        """Show another branch, at ``anchor`` or at the end.

        ``position`` is that of the anchor's message, for one that is not in ``history``.
        """
        self._display.selection = self._display.hover = self._display.copied = None
        self._overlay.reset()
        self._display.flash = None
        self._overlay.reset()
        self._clipboard.reset()
        self._pointer.reset()
        self._pages.reset()
        self.finder.reset()
        self.assistance.reset()
        transcript = self._scene.transcript
        if anchor is not None and transcript.knows(anchor.message_id):
            # Of another version of the branch: about the same.
            position = transcript.index(anchor.message_id)
        self._scene.reset(history.messages, history.first, history.length)
        if anchor is not None and transcript.knows(anchor.message_id):
            position = transcript.index(anchor.message_id)
        running = any(message.state.running for message in history.messages[-1:])
        if anchor is None or position is None:
            self._settler.aim(None)
            self._scroller.decide(Sent() if running else Asked())
        else:
            self._settler.aim(Target(position, anchor.offset, anchor=anchor))
            self._scroller.decide(Placed())
        self._refresh()

    def take_history(self, first: int, messages: Sequence[Message]) -> None:
        """The answer to ``history_wanted``; none if it could not be read. Late ones are ignored."""
        self._clipboard.take(first, messages)
        if self._pages.take(first, messages):
            self._refresh()

    def reveal(
        self, position: int, leaf: tuple[PartKind, int] | None = None, offset: float = 0.0
    ) -> None:
        """Bring a message, or one of its leaves, to a third from the top of the view.

        Waits for the message if it is not at hand. ``offset`` is in pixels at zoom 1, from the
        top of the message or leaf.
        """
        self._scroller.show(Target(position, offset, leaf, share=_REVEALED))

    def to_message(self, position: int) -> None:
        """Bring the beginning of a message to the top of the view, when it is at hand."""
        self._scroller.show(Target(position))

    def to_end(self) -> None:
        """Go to the latest text, and follow it."""
        self._scroller.to_end()

    @property
    def position(self) -> int:
        """The position of the message at the top of the view."""
        return self._scene.place.item

    @property
    def at_start_of_message(self) -> bool:
        """Whether the view begins with a message, not within one."""
        place = self._scene.place
        return place.row == 0 and place.offset <= STEP

    def reveal_message(self, message_id: str) -> None:
        """As :meth:`reveal`, for a message that is at hand. Raises KeyError for any other."""
        self.reveal(self._scene.transcript.index(message_id))

    def has_message(self, message_id: str) -> bool:
        """Whether a message is at hand."""
        return self._scene.transcript.knows(message_id)

    def message(self, message_id: str) -> Message:
        """A message that is at hand. Raises KeyError for any other."""
        transcript = self._scene.transcript
        return transcript[transcript.index(message_id)].message

    def message_ids(self) -> list[str]:
        """The messages at hand, oldest first."""
        branch = self._scene.transcript.branch
        return [branch[position].id for position in sorted(branch.at_hand)]

    @property
    def message_count(self) -> int:
        """How many messages the branch has, at hand or not."""
        return len(self._scene.transcript)

    def last_answer(self) -> str:
        """The text of the newest reply, empty if there is none."""
        transcript = self._scene.transcript
        for index in range(len(transcript) - 1, -1, -1):
            if not transcript.has(index):
                break
            if transcript[index].message.role is Role.ASSISTANT:
                return transcript[index].text(PartKind.ANSWER)
        return ""

    def remove_message(self, message_id: str) -> None:
        """Take a message out; the others stay where they are, as far as there is room.

        Raises KeyError for one that is not at hand.
        """
        selection = self._display.selection
        if selection is not None:
            index = self._scene.transcript.index(message_id)
            self._display.selection = selection.without(index)
        self._display.hover = self._display.copied = None
        self._clipboard.reset()
        self._overlay.reset()
        self._pointer.reset()
        self._pages.reset()
        self._scene.remove(message_id)
        self._refresh()

    def set_versions(self, versions: Mapping[str, Versions]) -> None:
        """Which of how many versions messages are, by id."""
        self._overlay.toolbar.versions = versions
        self.viewport().update()

    def set_locked(self, locked: bool) -> None:
        """Whether a reply is running, so that nothing else can be asked or deleted."""
        self._overlay.toolbar.locked = locked
        self.viewport().update()

    @property
    def follow_mode(self) -> FollowMode:
        return self._scroller.state.mode

    def set_follow_mode(self, mode: FollowMode) -> None:
        """How far the next replies are followed."""
        self._scroller.set_mode(mode)

    @property
    def zoom(self) -> float:
        """How much everything is enlarged."""
        return self._scene.zoom

    def set_zoom(self, zoom: float) -> None:
        """Enlarge everything; the line at the top of the view stays."""
        self._scene.zoom = zoom
        self._fit()

    def add_message(self, message: Message) -> None:
        """Show one more message at the end; the user's own is always brought into view."""
        self._scene.add(message)
        self.assistance.added(message)
        self._scroller.decide(Sent() if message.role is Role.USER else Added())
        self._refresh()

    def append_text(self, message_id: str, kind: StreamKind, text: str) -> None:
        """More text of a running message. Raises KeyError for an unknown one."""
        self._take(self._scene.transcript.append(message_id, kind, text))

    def revise_text(self, message_id: str, kind: StreamKind, text: str) -> None:
        """``text`` replaces all text of a kind. Raises KeyError for an unknown message."""
        self._take(self._scene.transcript.revise(message_id, kind, text))

    def update_message(self, message: Message) -> None:
        """A newer version of a message. Raises KeyError for an unknown one."""
        self._take(self._scene.transcript.update(message))
        self.assistance.ended(message)

    def attach(self, message_id: str, extra: Sources | Images) -> None:
        """All sources or pictures of a running message. Raises KeyError for an unknown one."""
        self._take(self._scene.transcript.attach(message_id, extra))

    def _take(self, change: Change) -> None:
        if not change.rows and self._work.isActive():
            return
        self._scene.apply(change)
        self._scroller.decide(Grown())
        self._refresh()

    def plain_text(self) -> str:
        """The whole conversation as text, with how each message ended."""
        return self._clipboard.everything()

    def item_text(self, message_id: str) -> str:
        """The text of a message as it was written. Raises KeyError for an unknown one."""
        transcript = self._scene.transcript
        return transcript[transcript.index(message_id)].text(PartKind.ANSWER)

    def visible_text(self) -> str:
        """The text of the rows that are in view."""
        return visible_text(self._scene, self._clipboard)

    @property
    def layouts_made(self) -> int:
        """How many rows were laid out since the view exists; a measure of its work."""
        return self._scene.layouts.made

    @property
    def layouts_alive(self) -> int:
        return len(self._scene.layouts)

    @property
    def rows_in_view(self) -> int:
        return sum(1 for _ in self._scene.visible_rows(0.0, self._scene.height))

    def apply_theme(self, theme: Theme) -> None:
        """Paint in other colours; the reading position stays."""
        self._settler.reflow()
        self._scene.layouts.restart(Look(theme, self.font()))
        self._refresh()

    @property
    def busy(self) -> bool:
        """Whether text waits to be parsed, or what is in view waits to be read or laid out."""
        return self._unready or self._pages.waiting

    @property
    def _unready(self) -> bool:
        return self._scene.transcript.pending or self._settler.unfinished

    @property
    def following(self) -> bool:
        return self._scroller.state.following

    def anchor(self) -> Anchor | None:
        """The reading position; None if the end is followed."""
        return self._scroller.anchor()

    def _refresh(self) -> None:
        """Measure what is in view; nothing while hidden."""
        if self.isVisible():
            self._scroller.settle()

    def _settled(self) -> None:
        self._since_settled.start()
        self.finder.advance()
        self._pages.ask()
        if not self._work.isActive():
            self._work.start()
        self._animation.run(self._scene.working())
        self._ticker.run(next_second(self._scene))
        self.viewport().update()

    def _work_on(self) -> None:
        """Parse for a while or, now and then, measure what has come into view, or soon will."""
        transcript = self._scene.transcript
        if not self._unready:
            if self._scroller.look_ahead():
                self._work.start()
            return
        if transcript.pending and not self._since_settled.hasExpired(_HURRIED_FRAME_MS):
            for change in transcript.work_for(_WORK_SECONDS):
                self._scene.apply(change)
            if transcript.pending:
                self._work.start()
                return
        self._refresh()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._scroller.take_bar()

    @property
    def clipboard(self) -> Clipboard:
        """What copies messages, code, tables and the selection."""
        return self._clipboard

    @property
    def selection(self) -> Selection | None:
        return self._display.selection

    @property
    def places(self) -> Places:
        """Where positions in the text are, in pixels at zoom 1."""
        return self._caret.places

    def select(self, selection: Selection | None) -> None:
        """Select something else. A caret stands where it was led."""
        self._selecting.select(selection)

    def select_all(self) -> None:
        """Select all messages."""
        self._selecting.select_all()

    def select_message(self, index: int) -> None:
        """Select all of a message."""
        self._selecting.select_message(index)

    def clear_selection(self) -> None:
        self.select(None)

    def toggle_caret(self) -> None:
        """Turn the caret mode on, in which arrows move a caret through the text, or off."""
        if self._caret.active:
            self._caret.leave()
        else:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._caret.enter()

    def _selection_changed(self) -> None:
        self._clipboard.offer_primary_soon()
        self.assistance.selected(self._display.selection)
        self.viewport().update()

    def selected_text(self) -> str:
        """The text of the selection, as a copy of it would be."""
        return self._clipboard.selected()

    def copy_selection(self) -> None:
        """Put what is selected on the clipboard, if anything is."""
        self._clipboard.copy_selection()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            zoom = self._scene.zoom
            exposed = QRectF(event.rect())
            exposed = QRectF(exposed.topLeft() / zoom, exposed.size() / zoom)
            painter.scale(zoom, zoom)
            ScenePainter(painter, self._scene, self._display, exposed).paint()
            paint_gaps(painter, self._scene, exposed)
            self._overlay.paint(painter, exposed)
            self._jump.paint(painter)
        if self._display.unfinished:
            self._repaint.start()

    def _animate(self, phase: float) -> None:
        self._display.phase = phase
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def _fit(self) -> None:
        """Tell the scene how much room there is."""
        scene = self._scene
        self._settler.reflow()
        # The scroll bar stands in the margin: when it comes or goes, no line moves.
        scene.width = self.width() / scene.zoom
        scene.height = self.viewport().height() / scene.zoom
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        for timer in (self._animation, self._ticker, self._work, self._repaint):
            timer.stop()
        self._pointer.reset()
        self._caret.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.apply_theme(self._scene.layouts.look.theme)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._overlay.press()
        self._mouse.press(mouse_event(event, self.zoom))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._mouse.press(mouse_event(event, self.zoom))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons():
            self._overlay.point(event.position() / self.zoom)
        self._mouse.move(mouse_event(event, self.zoom))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mouse.release(mouse_event(event, self.zoom))

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = self._zoom_wheel.notches(event)
        if notches is not None:
            event.accept()
            if notches:
                self.zoom_wanted.emit(notches)
        elif not self._mouse.wheel(wheel_event(event, self.zoom)):
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._overlay.take_key(event) and not self._keys.take(event):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._overlay.show_menu(event, QPointF(event.pos()) / self.zoom)

    def focusNextPrevChild(self, next: bool) -> bool:
        return self._overlay.tab(forward=next) or super().focusNextPrevChild(next)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._caret.show()
        self._overlay.focus_in(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._caret.hide()
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._mouse.tip(help_event(event, self.zoom))
            return True
        if event.type() == QEvent.Type.Leave:
            self._mouse.leave()
            self._overlay.point(None)
        return super().viewportEvent(event)
