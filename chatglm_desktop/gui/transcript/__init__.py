# SPDX-License-Identifier: MIT
"""The painted conversation view; decides how things look, not what happens."""
