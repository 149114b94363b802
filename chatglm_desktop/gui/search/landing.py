# SPDX-License-Identifier: MIT
"""Goes to what was found: its conversation, its version, its message, its words; finds nothing."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.core.search import Hit
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.transcript.finding import Landing

if TYPE_CHECKING:
    from chatglm_desktop.chat.conversations import Library
    from chatglm_desktop.core.deep_links import DeepLink
    from chatglm_desktop.gui.main_window import MainWindow
    from chatglm_desktop.gui.workspace import Workspace

log = logging.getLogger(__name__)


class Lander:
    """:meth:`go` always ends somewhere: at the words, the message, or at least the conversation."""

    def __init__(self, window: MainWindow, workspace: Workspace, library: Library) -> None:
        self._window = window
        self._workspace = workspace
        self._library = library

    async def follow(self, link: DeepLink) -> None:
        """Show what another program's link leads to."""
        hit = None
        if link.message_id:
            hit = Hit(link.conversation_id, link.message_id, "", None, 0.0, "", (), "text")
        await self.go(link.conversation_id, hit, beside=False)

    async def go(self, conversation_id: str, hit: Hit | None, beside: bool) -> None:
        """Show a conversation, at ``hit`` if there is one; ``beside`` what is in front."""
        if not await self._library.summaries([conversation_id]):
            self._window.toast.show_message(tr("The conversation is no longer there."))
            return
        wanted = hit.message_id if hit is not None else None
        found = None if wanted is None else await self._reveal(conversation_id, wanted)
        opened = await self._workspace.bring(conversation_id, beside=beside)
        if opened is None or hit is None or wanted is None:
            return
        if isinstance(found, int):
            opened.navigation.land(landing_at(found, hit))
            opened.page.transcript.setFocus()
        else:
            self._window.toast.show_message(found or tr("The message is no longer there."))

    async def _reveal(self, conversation_id: str, message_id: str) -> int | str:
        """Where the message stands, on the branch that is shown from now on; else why not."""
        try:
            session = await self._library.open(conversation_id)
            position = await self._library.position_of(conversation_id, message_id)
            if position is None:
                if session.running:
                    # What arrives would be lost from view, and has to end where it began.
                    return tr("A reply is arriving. This version can be shown when it has ended.")
                await session.reveal(message_id)
                position = await self._library.position_of(conversation_id, message_id)
        except (StoreError, KeyError) as error:
            # Why it cannot be shown is told where it is opened.
            log.info("a hit cannot be shown: %s", error)
            position = None
        return "" if position is None else position


def landing_at(position: int, hit: Hit) -> Landing:
    """Where to go in a message, for the longest of the marks in the snippet of ``hit``."""
    thinking = hit.place == "thinking"
    if not hit.marks or hit.place == "title":
        return Landing(position, thinking=thinking)
    start, end = max(_joined(hit), key=lambda mark: mark[1] - mark[0])
    return Landing(
        position,
        hit.snippet[start:end],
        hit.snippet[:start],
        hit.snippet[end:],
        thinking=thinking,
    )


def _joined(hit: Hit) -> list[tuple[int, int]]:
    """The marks, those as one that only white space parts."""
    joined: list[tuple[int, int]] = []
    for start, end in hit.marks:
        if joined and not hit.snippet[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
