# SPDX-License-Identifier: MIT
"""The few style rules that a palette cannot express; knows no widget class of this program."""

from __future__ import annotations

from chatglm_desktop.gui.theme.tokens import Theme


def stylesheet(theme: Theme) -> str:
    """Rules for scroll bars, menus, tool tips, buttons and one-line editors.

    A button is the main one of its dialog when its ``primary`` property is true; an editor that is
    always there, and not only while something is renamed, has a true ``form``.
    """
    return f"""
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {_grip(theme)}; border-radius: 3px; margin: 3px; }}
QScrollBar::handle:vertical {{ min-height: 36px; }}
QScrollBar::handle:horizontal {{ min-width: 36px; }}
QScrollBar::handle:hover {{ background: {theme.dim}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{
    background: {theme.raised}; color: {theme.text};
    border: 1px solid {theme.line}; padding: 4px 6px;
}}
QMenu {{
    background: {theme.raised}; color: {theme.text};
    border: 1px solid {theme.line}; padding: 5px;
}}
QMenu::item {{ padding: 6px 28px 6px 10px; border-radius: 6px; }}
QMenu::item:selected {{ background: {theme.accent_weak}; }}
QMenu::item:disabled {{ color: {theme.dim}; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::separator {{ height: 1px; background: {theme.line}; margin: 5px 4px; }}
QPushButton {{
    background: {theme.raised}; color: {theme.text};
    border: 1px solid {theme.line}; border-radius: 8px; padding: 6px 14px;
    outline: none;
}}
QPushButton:hover {{ background: {theme.accent_weak}; }}
QPushButton:focus {{ border-color: {theme.accent}; }}
QPushButton:disabled {{ color: {theme.dim}; background: {theme.window}; }}
QPushButton[primary="true"] {{
    background: {theme.accent}; color: {theme.on_accent}; border-color: {theme.accent};
}}
QPushButton[primary="true"]:disabled {{
    background: {theme.window}; color: {theme.dim}; border-color: {theme.line};
}}
QPushButton[primary="true"]:hover, QPushButton[primary="true"]:focus {{
    border-color: {theme.text};
}}
QLineEdit {{
    background: {theme.surface}; color: {theme.text}; border: 1px solid {theme.accent};
    border-radius: 6px; padding: 2px 6px; selection-background-color: {theme.selection};
    selection-color: {theme.text};
}}
QLineEdit[form="true"] {{
    border-color: {_edge(theme)}; border-radius: 8px; padding: 6px 10px;
}}
QLineEdit[form="true"]:focus {{ border-color: {theme.accent}; }}
QLineEdit[form="true"]:disabled {{ color: {theme.dim}; background: {theme.window}; }}
"""


def _grip(theme: Theme) -> str:
    """A scroll bar's handle: quieter than text, but to be seen on every ground."""
    if theme.name == "high-contrast":
        return theme.text
    return "#454c59" if theme.dark else "#c3c9d4"


def _edge(theme: Theme) -> str:
    """The edge of a field: to be seen as one without being in use."""
    if theme.name == "high-contrast":
        return theme.line
    return "#5a6273" if theme.dark else "#8a93a5"
