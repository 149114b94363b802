# SPDX-License-Identifier: MIT
"""Exports from the window: the dialog, its progress, and what needs Qt's fonts: PDF, formulas."""
