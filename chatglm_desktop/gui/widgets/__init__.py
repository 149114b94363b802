# SPDX-License-Identifier: MIT
"""Small widgets that know a theme and nothing else of this program."""
