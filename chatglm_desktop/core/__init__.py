# SPDX-License-Identifier: MIT
"""Values and rules of a chat; standard library only, no input or output."""
