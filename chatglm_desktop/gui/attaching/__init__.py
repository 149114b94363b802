# SPDX-License-Identifier: MIT
"""Files that are to go along with the next message: taken, read, shown, taken out again."""
