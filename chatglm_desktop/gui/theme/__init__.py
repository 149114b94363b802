# SPDX-License-Identifier: MIT
"""Colours, fonts, style sheet and icons; knows no conversation."""
