# SPDX-License-Identifier: MIT
"""What mouse and keys mean, and what they are about."""
