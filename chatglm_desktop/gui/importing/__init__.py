# SPDX-License-Identifier: MIT
"""Taking in conversations from a file: what it would do, how far it is, what it has done."""
