# SPDX-License-Identifier: MIT
"""How the colours of folders and conversations look in each theme; plain values without Qt."""

from __future__ import annotations

from collections.abc import Mapping

from chatglm_desktop.core.folders import Colour
from chatglm_desktop.gui.theme.tokens import Theme

_LIGHT: Mapping[Colour, str] = {
    "red": "#d92d20",
    "orange": "#c4620a",
    "yellow": "#9a7400",
    "green": "#12805c",
    "blue": "#245fea",
    "purple": "#7c3aed",
    "grey": "#5d6779",
}
_DARK: Mapping[Colour, str] = {
    "red": "#ff8a80",
    "orange": "#ffa657",
    "yellow": "#f2cc60",
    "green": "#4ade9f",
    "blue": "#7aa2ff",
    "purple": "#c4a7ff",
    "grey": "#98a2b3",
}


COLOURS: Mapping[Colour, str] = {
    "": "No colour",
    "red": "Red",
    "orange": "Orange",
    "yellow": "Yellow",
    "green": "Green",
    "blue": "Blue",
    "purple": "Purple",
    "grey": "Grey",
}
"""What each colour is called, in English."""


def label_colour(colour: Colour, theme: Theme) -> str:
    """``colour`` as ``#rrggbb``, to be seen on the window's ground; dim for none."""
    return (_DARK if theme.dark else _LIGHT).get(colour, theme.dim)
