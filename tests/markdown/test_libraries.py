# SPDX-License-Identifier: MIT
"""Once the libraries are imported, a first reply imports nothing more."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

PROGRAM = """
import sys
from importlib import import_module
from chatglm_desktop.markdown import libraries, highlight, inline, parser
before = set(sys.modules)
parser.parse_blocks("# a\\n\\n- b\\n\\n```python\\nc\\n```")
inline.parse_inline("**a**\\n[b](https://c)", {})
highlight.Highlighter("python").feed(["def a():"])
print(sorted(set(sys.modules) - before))
"""


def test_a_reply_needs_no_more_imports() -> None:
    command = [sys.executable, "-c", PROGRAM]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_libraries_are_there_after_the_import(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "chatglm_desktop.markdown.libraries"
    monkeypatch.delitem(sys.modules, name, raising=False)
    import_module(name)
    assert {"markdown_it", "mdit_py_cjk_friendly", "pygments.lexers.python"} <= set(sys.modules)
