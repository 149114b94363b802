# SPDX-License-Identifier: MIT
"""One conversation that has a page, with all that stands between page and session; no tab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatglm_desktop.gui.bridge import Bridge
    from chatglm_desktop.gui.comparing.control import ComparingControl
    from chatglm_desktop.gui.conversation_page import ConversationPage
    from chatglm_desktop.gui.message_actions import MessageActions
    from chatglm_desktop.gui.navigation import Navigation
    from chatglm_desktop.gui.queue_control import QueueControl
    from chatglm_desktop.gui.setup_control import SetupControl


@dataclass(frozen=True, slots=True)
class Opened:
    """The page owns all the others."""

    page: ConversationPage
    bridge: Bridge
    navigation: Navigation
    setup: SetupControl
    queue: QueueControl
    actions: MessageActions
    comparing: ComparingControl

    def close(self) -> None:
        """Let the page go."""
        self.bridge.close()
        self.navigation.close()
        self.setup.close()
        self.queue.close()
        self.actions.close()
        self.comparing.close()
        self.page.deleteLater()
