# SPDX-License-Identifier: MIT
"""Formulas: from LaTeX to outlines that are painted in any size and colour."""
