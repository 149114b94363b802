# SPDX-License-Identifier: MIT
"""Renders the icon's SVG master into the files that systems want: PNG in sizes, .ico and .icns."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

MASTER = Path(__file__).parents[1] / "resources/icons/chatglm-desktop.svg"
PNG_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 24, 32, 48, 64, 256)
# Apple's type codes; those with @2x pictures share a size with others.
ICNS_SIZES = {
    "icp4": 16,
    "icp5": 32,
    "ic11": 32,
    "ic12": 64,
    "ic07": 128,
    "ic13": 256,
    "ic08": 256,
    "ic14": 512,
    "ic09": 512,
    "ic10": 1024,
}


def png(size: int) -> bytes:
    """The master as a square PNG of ``size`` pixels; needs a QGuiApplication."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(MASTER)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """A Windows icon of PNG pictures by size (at most 256, which is written as 0)."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    offset = len(head) + 16 * len(pictures)
    entries, bodies = b"", b""
    for size, picture in sorted(pictures.items()):
        edge = size % 256
        start = offset + len(bodies)
        entries += struct.pack("<BBBBHHII", edge, edge, 0, 0, 1, 32, len(picture), start)
        bodies += picture
    return head + entries + bodies


def icns(pictures: dict[str, bytes]) -> bytes:
    """An Apple icon of PNG pictures by type code."""
    body = b"".join(
        code.encode("ascii") + struct.pack(">I", len(picture) + 8) + picture
        for code, picture in pictures.items()
    )
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def write_icons(folder: Path) -> None:
    """Write every form into ``folder``: ``chatglm-desktop.ico``, ``.icns`` and ``<size>.png``."""
    folder.mkdir(parents=True, exist_ok=True)
    for size in PNG_SIZES:
        (folder / f"{size}.png").write_bytes(png(size))
    (folder / "chatglm-desktop.ico").write_bytes(ico({size: png(size) for size in ICO_SIZES}))
    (folder / "chatglm-desktop.icns").write_bytes(
        icns({code: png(size) for code, size in ICNS_SIZES.items()})
    )


if __name__ == "__main__":
    app = QGuiApplication([])
    write_icons(Path(sys.argv[1]))
