# SPDX-License-Identifier: MIT
"""What `packaging/dev.py` does, verb by verb; standard library only, imports none of the app."""
