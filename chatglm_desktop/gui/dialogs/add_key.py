# SPDX-License-Identifier: MIT
"""Explains what an API key is for and where the app stands with it; reads and stores none."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from chatglm_desktop.gui.dialogs.frame import Frame
from chatglm_desktop.gui.strings import tr


def show_add_key(parent: QWidget) -> Frame:
    """Show the explanation; returns at once."""
    paragraphs = (
        tr(
            "The free guest service of chatglm.cn is unofficial: it may ask for a login, "
            "limit guests or refuse this app at any time."
        ),
        tr(
            "The official GLM API needs a key of your own. You get one with a free account at "
            "open.bigmodel.cn (China) or z.ai (elsewhere), under “API keys”; the Flash models "
            "cost nothing."
        ),
        tr(
            "This version cannot use a key yet. A later one will ask for it here and keep it in "
            "the key store of your system. Until then the demo shows how everything works."
        ),
    )
    dialog = Frame(parent, tr("Add an API key"), "\n\n".join(paragraphs))
    dialog.setMinimumWidth(520)
    dialog.add_close()
    dialog.open()
    return dialog
