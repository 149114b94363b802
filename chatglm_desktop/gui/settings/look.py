# SPDX-License-Identifier: MIT
"""The style of forms: fields that are always there; knows no field."""

from __future__ import annotations

from chatglm_desktop.gui.theme.tokens import Theme

FIELD_WIDTH = 248
"""Of a field that stands beside its name."""

SMALL = 13
"""Pixels of the letters of explanations."""


def form_sheet(theme: Theme) -> str:
    """Rules for editors, lists that fold out, and lists of sections."""
    edge = field_edge(theme)
    return f"""
QLineEdit, QPlainTextEdit, QComboBox {{
    background: {theme.surface}; color: {theme.text}; border: 1px solid {edge};
    border-radius: 8px; padding: 5px 9px;
    selection-background-color: {theme.selection}; selection-color: {theme.text};
    placeholder-text-color: {theme.dim};
}}
QPlainTextEdit {{ padding: 4px 5px; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border-color: {theme.accent}; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] {{ border-color: {theme.bad}; }}
QLineEdit:disabled, QComboBox:disabled {{ color: {theme.dim}; background: {theme.window}; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox::drop-down {{ border: none; width: 26px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QLineEdit, QComboBox QLineEdit:focus {{ border: none; padding: 0; }}
QComboBox QAbstractItemView {{
    background: {theme.raised}; color: {theme.text}; border: 1px solid {edge};
    selection-background-color: {theme.accent_weak}; selection-color: {theme.text};
    outline: none; padding: 4px;
}}
QComboBox QAbstractItemView::item {{ min-height: 28px; padding: 0 6px; border-radius: 6px; }}
QComboBox QAbstractItemView::item:selected {{ background: {theme.accent_weak}; }}
"""


def field_edge(theme: Theme) -> str:
    """The edge of a field: to be seen as one without being in use."""
    if theme.name == "high-contrast":
        return theme.line
    return "#5a6273" if theme.dark else "#8a93a5"
