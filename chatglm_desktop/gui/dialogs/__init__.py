# SPDX-License-Identifier: MIT
"""Dialogs; each is shown with open() and never blocks the loop."""
