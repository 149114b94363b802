# SPDX-License-Identifier: MIT
"""Tells text from other bytes, and puts a text file into a question; reads no file."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from pathlib import PurePath

_MARKS = (
    # Longer marks first: the one of UTF-16 begins that of UTF-32.
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = re.compile("[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]")
"""Characters that no text has: a terminal's bell and colours may stand in one."""

_COMMON_SHARE = 0.7
"""The least share of common characters among the Chinese ones of a real Chinese text."""

_FENCES = re.compile("`{3,}")
_LEAST_FENCE = 3

_LANGUAGES: Mapping[str, str] = {
    "bat": "bat",
    "bash": "bash",
    "c": "c",
    "cc": "cpp",
    "cfg": "ini",
    "clj": "clojure",
    "cpp": "cpp",
    "cs": "csharp",
    "css": "css",
    "csv": "csv",
    "dart": "dart",
    "diff": "diff",
    "ex": "elixir",
    "fs": "fsharp",
    "go": "go",
    "gradle": "groovy",
    "h": "c",
    "hpp": "cpp",
    "hs": "haskell",
    "htm": "html",
    "html": "html",
    "ini": "ini",
    "java": "java",
    "jl": "julia",
    "js": "javascript",
    "json": "json",
    "jsonl": "json",
    "jsx": "jsx",
    "kt": "kotlin",
    "lua": "lua",
    "m": "objectivec",
    "md": "markdown",
    "ml": "ocaml",
    "patch": "diff",
    "php": "php",
    "pl": "perl",
    "ps1": "powershell",
    "py": "python",
    "r": "r",
    "rb": "ruby",
    "rs": "rust",
    "scala": "scala",
    "scss": "scss",
    "sh": "bash",
    "sql": "sql",
    "svg": "xml",
    "swift": "swift",
    "tex": "latex",
    "toml": "toml",
    "ts": "typescript",
    "tsx": "tsx",
    "vue": "vue",
    "xml": "xml",
    "yaml": "yaml",
    "yml": "yaml",
    "zig": "zig",
    "zsh": "bash",
}
_WHOLE_NAMES: Mapping[str, str] = {
    "cmakelists.txt": "cmake",
    "dockerfile": "dockerfile",
    "makefile": "makefile",
}


def decode_text(data: bytes) -> str | None:
    """The text in ``data``; None if it is none.

    UTF-8, UTF-16 and UTF-32 with a mark, GB18030 (Chinese) and Windows-1252 (western).
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    text = _decoded(data, "utf-8")
    if text is not None:
        return text
    chinese = _decoded(data, "gb18030")
    if chinese is not None and _is_chinese(chinese):
        return chinese
    return _decoded(data, "windows-1252")


def fence_language(name: str) -> str:
    """What is written after the fence round a file of this name; "" for no language."""
    path = PurePath(name.lower())
    return _WHOLE_NAMES.get(path.name) or _LANGUAGES.get(path.suffix[1:], "")


def fenced(text: str, language: str = "") -> str:
    """``text`` as a block of code that nothing in it can end."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    longest = max((len(fence) for fence in _FENCES.findall(lines)), default=0)
    fence = "`" * max(_LEAST_FENCE, longest + 1)
    end = "" if lines.endswith("\n") or not lines else "\n"
    return f"{fence}{language}\n{lines}{end}{fence}"


def inlined(name: str, text: str, language: str | None = None) -> str:
    """A text file as it stands in a question: its name and what is in it.

    ``language`` is that of the file's name unless it is given.
    """
    shown = " ".join(name.split())
    return f"{shown}:\n{fenced(text, fence_language(name) if language is None else language)}"


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _BINARY.search(text) else text


def _is_chinese(text: str) -> bool:
    """Whether the characters of a text are those that are used.

    Western letters look like pairs of bytes for rare characters.
    """
    beyond = re.sub("[\x00-\x7f]", "", text)
    return len(beyond.encode("gb2312", "ignore")) >= 2 * _COMMON_SHARE * len(beyond)
