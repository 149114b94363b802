# SPDX-License-Identifier: MIT
"""The conversation as displayed: items, geometry, following, selection; knows no Qt."""
