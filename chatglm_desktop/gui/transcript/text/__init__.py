# SPDX-License-Identifier: MIT
"""Running text: spans to lines, characters to places."""
