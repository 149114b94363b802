# SPDX-License-Identifier: MIT
"""What of a selection is copied, and how it is written; pure."""
