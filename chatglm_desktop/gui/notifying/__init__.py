# SPDX-License-Identifier: MIT
"""Tells of replies that ended while nobody was looking."""
