# SPDX-License-Identifier: MIT
"""The verbs of the command line, and what they print; must not import Qt, but for a PDF."""
