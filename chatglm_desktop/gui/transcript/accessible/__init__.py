# SPDX-License-Identifier: MIT
"""The transcript as assistive technology sees it: a list of messages with text and actions."""
