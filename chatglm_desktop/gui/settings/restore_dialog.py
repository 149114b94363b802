# SPDX-License-Identifier: MIT
"""Shows what is in a copy before it takes the place of the present; restores nothing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from chatglm_desktop.core.backups import SnapshotContents
from chatglm_desktop.gui.dialogs.frame import Frame
from chatglm_desktop.gui.strings import tr


class RestoreDialog(Frame):
    """``name`` is what the copy is called. Emits ``agreed()``."""

    agreed = Signal()

    def __init__(self, parent: QWidget, name: str, contents: SnapshotContents) -> None:
        super().__init__(parent, tr("Restore this copy?"), "\n\n".join(_paragraphs(name, contents)))
        self.cancel_button = self.add_button(tr("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        self.restore_button = self.add_button(tr("Restore and start again"), primary=True)
        self.restore_button.clicked.connect(self._agree)
        # Enter alone must not do it.
        self.cancel_button.setDefault(True)
        self.cancel_button.setFocus()

    def _agree(self) -> None:
        self.accept()
        self.agreed.emit()


def _paragraphs(name: str, contents: SnapshotContents) -> list[str]:
    held = _counted(contents.conversations, contents.messages)
    said = [tr("{name}. {conversations}, {messages}.", name=name, **held)]
    if contents.titles:
        newest = "\n".join(f"•  {title}" for title in contents.titles)
        said.append(f"{tr('The newest of them:')}\n{newest}")
    if contents.missing_messages or contents.missing_conversations:
        missing = _counted(contents.missing_conversations, contents.missing_messages)
        said.append(
            tr(
                "Of what you have now, this is not in it: {conversations}, {messages}.",
                **missing,
            )
        )
    else:
        said.append(tr("All messages that you have now are in it."))
    said.append(tr("A copy of the present is taken first, so that you can come back to it."))
    return said


def _counted(conversations: int, messages: int) -> dict[str, str]:
    """How many there are of both, in words."""
    return {
        "conversations": tr("1 conversation")
        if conversations == 1
        else tr("{count} conversations", count=conversations),
        "messages": tr("1 message") if messages == 1 else tr("{count} messages", count=messages),
    }
