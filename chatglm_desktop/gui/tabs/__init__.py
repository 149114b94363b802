# SPDX-License-Identifier: MIT
"""The bar of open conversations: tabs, their menu, the list of all, and how they are dragged."""
