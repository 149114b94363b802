# SPDX-License-Identifier: MIT
"""Where pages are shown: in one or two halves of the window, or in a window of their own."""
