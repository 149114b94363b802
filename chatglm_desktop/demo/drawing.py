# SPDX-License-Identifier: MIT
"""Draws the demo's pictures as PNG files, without a library; knows no server."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A landscape: the sky between two colours, a sun, hills in a third."""

    width: int
    height: int
    top: Colour
    bottom: Colour
    hill: Colour


DRAWINGS = {
    "morning": Drawing(1024, 768, (126, 176, 232), (252, 226, 190), (64, 110, 92)),
    "evening": Drawing(768, 1024, (64, 52, 110), (244, 140, 96), (44, 36, 66)),
    "noon": Drawing(1280, 720, (70, 142, 226), (196, 226, 250), (86, 142, 74)),
}


def png(drawing: Drawing) -> bytes:
    """The drawing as a PNG file."""
    header = struct.pack(">IIBBBBB", drawing.width, drawing.height, 8, 2, 0, 0, 0)
    rows = b"".join(b"\0" + _row(drawing, y) for y in range(drawing.height))
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", checksum)


def _row(drawing: Drawing, y: int) -> bytes:
    """One line of pixels: sky, a piece of the sun, and hills as wide as they are deep."""
    width, height = drawing.width, drawing.height
    share = y / height
    sky = bytes(
        round(a + (b - a) * share) for a, b in zip(drawing.top, drawing.bottom, strict=True)
    )
    line = bytearray(sky * width)
    radius, centre = height // 12, height // 3
    half = int(max(radius**2 - (y - centre) ** 2, 0) ** 0.5)
    _fill(line, width * 2 // 3 - half, width * 2 // 3 + half, (255, 246, 214))
    for middle, peak, slope in ((0.3, 0.62, 1.1), (0.8, 0.72, 1.6)):
        reach = int(max(y - peak * height, 0.0) * slope)
        _fill(line, int(middle * width) - reach, int(middle * width) + reach, drawing.hill)
    if y >= height * 0.9:
        _fill(line, 0, width, drawing.hill)
    return bytes(line)


def _fill(line: bytearray, start: int, end: int, colour: Colour) -> None:
    start, end = max(start, 0), min(end, len(line) // 3)
    if end > start:
        line[3 * start : 3 * end] = bytes(colour) * (end - start)
