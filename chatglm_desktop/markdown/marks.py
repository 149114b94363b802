# SPDX-License-Identifier: MIT
"""How formulas, citations and footnote references are written; values only, parses nothing.

Each pattern reads at most to the next mark of its kind, so that many half-open marks cost
no more than their length. No possessive quantifiers: those of Python before 3.11.5 miss matches.
"""

from __future__ import annotations

import re

# Money: ``$5 and $10`` and ``$5到10$`` are no formulas, nor is code ever part of one.
_MONEY = r"(?!\d[\d,.]*\s*[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])"

MATH = re.compile(
    r"\$\$(?!\$)(?P<double>[^\\$`]*(?:(?:\\.|\$(?!\$))[^\\$`]*)*)\$\$(?!\$)"
    rf"|(?<![A-Za-z0-9$])\$(?![\s$]){_MONEY}"
    r"(?P<single>[^\\$`]*(?:\\.[^\\$`]*)*)(?<!\s)\$(?![A-Za-z0-9_$])"
    r"|\\\((?!\\\))(?P<round>[^\\`]*(?:\\[^()][^\\`]*)*)\\\)"
    r"|\\\[(?!\\\])(?P<square>[^\\`]*(?:\\[^\[\]][^\\`]*)*)\\\]",
    re.DOTALL,
)
"""A formula within text; the one group that matched is its LaTeX."""

CITE = re.compile(
    r"【(?:\d+†[^【】\n]*|turn\d+search\d+)】"
    r"|\[ref_id=[^†\[\]\n]+†[^†\n]*†(?P<target>[^†\[\]\s]*)\]"
    r"|\[(?P<ref>ref_\d+)\](?![(\[:])"
)
"""A mark that names a source: by number, by key, or by key with title and address."""

NOTE = re.compile(r"\[\^(?P<label>[^\[\]\s]+)\]")
"""A reference to a footnote."""

OPEN = re.compile(
    r"\$\$?\Z"
    r"|\$\$(?!\$)[^\\$`]*(?:(?:\\(?:.|\Z)|\$(?!\$))[^\\$`]*)*\Z"
    r"|(?<![A-Za-z0-9$])\$(?![\s$])(?P<single>[^\\$`]*(?:\\(?:.|\Z)[^\\$`]*)*)\Z"
    r"|\\\([^\\`]*(?:\\(?:[^()]|\Z)[^\\`]*)*\Z"
    r"|\\\[[^\\`]*(?:\\(?:[^\[\]]|\Z)[^\\`]*)*\Z"
    r"|【(?:\d+(?:†[^【】\n]*)?|t[a-z]{0,3}\d*[a-z]{0,6}\d*)?\Z"
    r"|\[(?:\^[^\[\]\s]*|r(?:e(?:f(?:_(?:\d*|i(?:d(?:=[^†\n]*(?:†[^†\n]*(?:†[^†\[\]\s]*)?)?)?)?)?"
    r")?)?)?)?\Z",
    re.DOTALL,
)
"""What may become one of these at the end of a text."""

PROSE = re.compile(
    r"\A\d[\d,.]*\s+[A-Za-z]{2}"
    r"|(?<![\\A-Za-z])[A-Za-z]{2,}\s+[A-Za-z]{2,}\s"
    r"|(?<![{\u3000-\u30ff\u3400-\u9fff])[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
)
"""What rather stands after a mark that opens no formula."""
