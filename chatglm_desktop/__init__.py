# SPDX-License-Identifier: MIT
"""ChatGLM Desktop: a native chat app for ChatGLM."""

__version__ = "0.1.0"
