# SPDX-License-Identifier: MIT
"""What leaves the transcript: copies and files."""
