# SPDX-License-Identifier: MIT
"""Markdown text to blocks, incrementally; pure, knows nothing of drawing."""
