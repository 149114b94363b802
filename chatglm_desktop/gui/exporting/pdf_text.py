# SPDX-License-Identifier: MIT
"""Lets a PDF's text be found and copied as it was written; knows no Qt.

Qt tells readers which character a glyph stands for, and takes the first that its font draws with
that glyph: a radical instead of the Chinese character, a tab instead of a space.
"""

from __future__ import annotations

import mmap
import re
import unicodedata
from pathlib import Path

_LIST = re.compile(rb"\[(?:<[0-9A-Fa-f]{4}> ?)+\]")
_CODE = re.compile(rb"<(0009|00A0|2[EeFf][0-9A-Fa-f]{2})>")
_RADICALS = (
    "⺂乛⺃乚⺅亻⺉刂⺋㔾⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺘扌⺙攵⺛旡⺞歺⺠民⺡氵⺣灬⺤爫⺦丬⺨犭⺭礻⺯糹⺰纟⺱罓⺳㓁⺹耂⺺肀"
    "⺾艹⻂衤⻅见⻆角⻈讠⻉贝⻋车⻌辶⻐钅⻑長⻒镸⻓长⻔门⻖阝⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤"
    "⻨麦⻩黄⻪黾⻫斉⻬齐⻮齿⻯竜⻰龙⻱龜⻲亀⼾户"
)
"""Radicals that have no other character in Unicode's tables, each before the one it looks like."""
_OTHERS = dict(zip(_RADICALS[::2], _RADICALS[1::2], strict=True)) | {"\t": " ", "\xa0": " "}


def correct_text(path: Path) -> None:
    """Put right what glyphs stand for, in place: nothing changes its length. Raises OSError."""
    with path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as data:
        place = data.find(b"begincmap")
        while place >= 0:
            end = data.find(b"endcmap", place)
            if end < 0:
                return
            data[place:end] = _LIST.sub(_corrected_list, data[place:end])
            place = data.find(b"begincmap", end)


def _corrected_list(found: re.Match[bytes]) -> bytes:
    return _CODE.sub(_corrected, found[0])


def _corrected(found: re.Match[bytes]) -> bytes:
    character = chr(int(found[1], 16))
    other = _OTHERS.get(character) or unicodedata.normalize("NFKC", character)
    return b"<%04X>" % ord(other) if len(other) == 1 else found[0]
