# SPDX-License-Identifier: MIT
"""What lies over the rows: toolbars, the keyboard's ring, the button to the latest text."""
