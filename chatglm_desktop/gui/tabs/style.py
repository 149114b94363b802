# SPDX-License-Identifier: MIT
"""The style sheet of the tabs; text only."""

from __future__ import annotations

from chatglm_desktop.gui.theme.tokens import Theme


def tab_style(theme: Theme) -> str:
    """Tabs that stand on the line between bar and page."""
    return f"""
QTabBar {{ background: transparent; }}
QTabBar::tab {{
    color: {theme.dim}; background: transparent; border: 1px solid transparent;
    border-top-left-radius: 9px; border-top-right-radius: 9px;
    margin-right: 2px; padding: 0 6px 0 10px;
}}
QTabBar::tab:hover {{ color: {theme.text}; }}
QTabBar::tab:selected {{
    color: {theme.text}; background: {theme.surface};
    border-color: {theme.line}; border-bottom-color: {theme.surface};
}}
QTabBar QToolButton {{
    background: {theme.window}; color: {theme.dim};
    border: none; border-bottom: 1px solid {theme.line};
}}
"""
