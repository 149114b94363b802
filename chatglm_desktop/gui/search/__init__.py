# SPDX-License-Identifier: MIT
"""Finding in all conversations: the panel of results, the quick switcher, and the way there."""
