# SPDX-License-Identifier: MIT
"""Which messages a view shows, and what happens to them; knows neither keys nor mouse."""

from __future__ import annotations

from collections.abc import Sequence

from chatglm_desktop.core.deltas import Images, Sources, StreamKind
from chatglm_desktop.core.history import History
from chatglm_desktop.core.messages import Message, Role
from chatglm_desktop.core.status import Status
from chatglm_desktop.core.tabs import Anchor
from chatglm_desktop.gui.transcript.accessible.assistance import Assistance
from chatglm_desktop.gui.transcript.copying.clipboard import Clipboard
from chatglm_desktop.gui.transcript.finder import Finder
from chatglm_desktop.gui.transcript.input.pointer import Pointer
from chatglm_desktop.gui.transcript.overlay.overlay import Overlay
from chatglm_desktop.gui.transcript.scene.pages import Pages
from chatglm_desktop.gui.transcript.scene.painting import Display
from chatglm_desktop.gui.transcript.scene.scene import Scene
from chatglm_desktop.gui.transcript.scene.scroller import Scroller
from chatglm_desktop.gui.transcript.scene.settling import Settler
from chatglm_desktop.gui.transcript.upkeep import Upkeep
from chatglm_desktop.transcript.anchors import target_of
from chatglm_desktop.transcript.document import Change
from chatglm_desktop.transcript.follow import Added, Asked, Grown, Placed, Sent
from chatglm_desktop.transcript.selection import PartKind


class Contents:
    """Methods that take a message id raise KeyError for a message that is not at hand."""

    def __init__(
        self,
        scene: Scene,
        display: Display,
        *,
        settler: Settler,
        scroller: Scroller,
        pages: Pages,
        overlay: Overlay,
        pointer: Pointer,
        clipboard: Clipboard,
        finder: Finder,
        assistance: Assistance,
        upkeep: Upkeep,
    ) -> None:
        self._scene = scene
        self._transcript = scene.transcript
        self._display = display
        self._settler = settler
        self._scroller = scroller
        self._pages = pages
        self._overlay = overlay
        self._pointer = pointer
        self._clipboard = clipboard
        self._finder = finder
        self._assistance = assistance
        self._upkeep = upkeep

    def __len__(self) -> int:
        """How many messages the branch has, at hand or not."""
        return len(self._transcript)

    def __contains__(self, message_id: str) -> bool:
        """Whether a message is at hand."""
        return self._transcript.knows(message_id)

    def ids(self) -> list[str]:
        """The messages at hand, oldest first."""
        branch = self._transcript.branch
        return [branch[position].id for position in sorted(branch.at_hand)]

    def message(self, message_id: str) -> Message:
        return self._transcript[self._transcript.index(message_id)].message

    def text(self, message_id: str) -> str:
        """The text of a message as it was written, or as much as has arrived."""
        return self._transcript[self._transcript.index(message_id)].text(PartKind.ANSWER)

    def show(
        self, history: History, anchor: Anchor | None = None, position: int | None = None
    ) -> None:
        """Show another branch, at ``anchor`` or at the end.

        ``position`` is that of the anchor's message, for one that is not in ``history``.
        """
        self._forget()
        self._display.selection = self._display.flash = None
        self._finder.reset()
        self._assistance.reset()
        # Of another version of the branch: about the same.
        position = self._position(anchor, position)
        self._scene.reset(history.messages, history.first, history.length)
        position = self._position(anchor, position)
        running = any(message.state.running for message in history.messages[-1:])
        if anchor is None or position is None:
            self._settler.aim(None)
            self._scroller.decide(Sent() if running else Asked())
        else:
            self._settler.aim(target_of(anchor, position))
            self._scroller.decide(Placed())
        self._renew()

    def _position(self, anchor: Anchor | None, otherwise: int | None) -> int | None:
        if anchor is not None and self._transcript.knows(anchor.message_id):
            return self._transcript.index(anchor.message_id)
        return otherwise

    def _forget(self) -> None:
        """Forget what refers to messages by their positions."""
        self._display.hover = self._display.copied = None
        for part in (self._overlay, self._clipboard, self._pointer, self._pages):
            part.reset()

    def take(self, first: int, messages: Sequence[Message]) -> None:
        """Messages that were asked for; none if they could not be read. Late ones are ignored."""
        self._clipboard.take(first, messages)
        if self._pages.take(first, messages):
            self._renew()

    def add(self, message: Message) -> None:
        """Show one more message at the end; the user's own is always brought into view."""
        self._scene.add(message)
        self._assistance.added(message)
        self._scroller.decide(Sent() if message.role is Role.USER else Added())
        self._renew()

    def append(self, message_id: str, kind: StreamKind, text: str) -> None:
        """More text of a running message."""
        self._take(self._transcript.append(message_id, kind, text))

    def revise(self, message_id: str, kind: StreamKind, text: str) -> None:
        """``text`` replaces all text of a kind."""
        self._take(self._transcript.revise(message_id, kind, text))

    def attach(self, message_id: str, extra: Sources | Images) -> None:
        """All sources or pictures of a running message."""
        self._take(self._transcript.attach(message_id, extra))

    def set_status(self, message_id: str, status: Status | None) -> None:
        """What a running message waits for before its first text."""
        self._take(self._transcript.wait(message_id, status))
        self._assistance.waits(self._transcript[self._transcript.index(message_id)])

    def show_metrics(self, shown: bool) -> None:
        """Whether what a reply took is told below it."""
        if shown != self._scene.layouts.shows_metrics:
            self._settler.reflow()
            self._scene.layouts.shows_metrics = shown
            self._upkeep.refresh()

    def update(self, message: Message) -> None:
        """A newer version of a message."""
        change = self._transcript.update(message)
        self._note_memory()
        self._take(change)
        self._assistance.ended(message)

    def remove(self, message_id: str) -> None:
        """Take a message out; the others stay where they are, as far as there is room."""
        selection = self._display.selection
        if selection is not None:
            index = self._transcript.index(message_id)
            self._display.selection = selection.without(index)
        self._forget()
        self._scene.remove(message_id)
        self._renew()

    def _take(self, change: Change) -> None:
        self._scroller.decide(Grown())
        if not change.rows and self._upkeep.working:
            return
        self._scene.apply(change)
        self._upkeep.refresh()

    def _renew(self) -> None:
        """Other messages are at hand."""
        self._note_memory()
        self._upkeep.refresh()

    def _note_memory(self) -> None:
        """Mark where the model's memory begins; nothing moves for that."""
        self._scene.memory_begins = self._transcript.memory_begins()
