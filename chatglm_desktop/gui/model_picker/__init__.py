# SPDX-License-Identifier: MIT
"""The list of models that a conversation can talk to, and what is asked to fill it."""
