# SPDX-License-Identifier: MIT
"""Which rows are in view and where: measured, moved, painted."""
