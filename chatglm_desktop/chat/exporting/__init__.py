# SPDX-License-Identifier: MIT
"""Conversations to files that other programs read; the writers are pure, without Qt."""
