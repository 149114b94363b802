# SPDX-License-Identifier: MIT
"""What the small text under the draft says of the keys; knows no widget."""

from __future__ import annotations

from chatglm_desktop.gui.composing.edit_mode import Target
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.settings.options import SendKey


def key_hint(target: Target, key: SendKey, *, running: bool, undecided: bool = False) -> str:
    """What ``key`` does while ``target`` is edited, or a reply is ``running``.

    ``undecided`` if the draft is to wait until one of several answers is kept.
    """
    if isinstance(target, str):
        return (
            tr("A reply is arriving. The change can be sent when it has ended.")
            if running
            else tr("Sending asks anew; the answers so far are kept as versions")
        )
    if target is not None:
        return tr("The message waits on as you write it now")
    enter = key == "enter"
    if undecided:
        return (
            tr("Enter sends this when you keep an answer")
            if enter
            else tr("Ctrl+Enter sends this when you keep an answer")
        )
    if running:
        return (
            tr("A reply is arriving. Enter sends this when it has ended.")
            if enter
            else tr("A reply is arriving. Ctrl+Enter sends this when it has ended.")
        )
    return (
        tr("Enter sends, Shift+Enter starts a new line")
        if enter
        else tr("Ctrl+Enter sends, Enter starts a new line")
    )
