# SPDX-License-Identifier: MIT
"""The sidebar: all conversations in their folders, what is archived and what is in the trash."""
