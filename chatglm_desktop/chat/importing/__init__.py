# SPDX-License-Identifier: MIT
"""Reads what other programs have exported, and takes it into the library."""
