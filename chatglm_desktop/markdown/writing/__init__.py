# SPDX-License-Identifier: MIT
"""Blocks and spans back to text: Markdown, plain text, HTML; pure."""
