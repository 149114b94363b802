# SPDX-License-Identifier: MIT
"""The settings: what can be chosen, in sections; knows no provider and no file format."""
