# SPDX-License-Identifier: MIT
"""The rows of a message, laid out and painted one by one; none knows the others."""
