# SPDX-License-Identifier: MIT
"""All that this package imports late; importing it in a thread spares the window the wait."""

import markdown_it.rules_block  # noqa: F401
import mdit_py_cjk_friendly  # noqa: F401
import mdit_py_plugins.footnote  # noqa: F401
import pygments.lexers.python  # noqa: F401
