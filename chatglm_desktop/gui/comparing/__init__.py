# SPDX-License-Identifier: MIT
"""The answers of several models beside each other."""
