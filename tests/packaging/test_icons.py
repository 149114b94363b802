# SPDX-License-Identifier: MIT
"""The rendered icons can be read again, in every size, and show the master."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QImageReader
from PySide6.QtWidgets import QApplication

import icons


@pytest.fixture
def folder(qapp: QApplication, tmp_path: Path) -> Path:
    icons.write_icons(tmp_path)
    return tmp_path


@pytest.mark.parametrize("size", icons.PNG_SIZES)
def test_each_png_has_its_size_a_clear_corner_and_the_accent(folder: Path, size: int) -> None:
    image = QImage(str(folder / f"{size}.png"))
    assert image.size() == QSize(size, size)
    assert image.pixelColor(0, 0).alpha() == 0
    blue = image.pixelColor(size // 5, size // 2)
    assert blue.alpha() > 200
    assert blue.hue() == pytest.approx(QColor("#2f6bff").hue(), abs=12)


def test_the_windows_icon_holds_all_sizes(folder: Path) -> None:
    reader = QImageReader(str(folder / "chatglm-desktop.ico"))
    assert reader.imageCount() == len(icons.ICO_SIZES)
    sizes = []
    for number in range(reader.imageCount()):
        reader.jumpToImage(number)
        sizes.append(reader.read().width())
    assert sizes == list(icons.ICO_SIZES)


def test_the_apple_icon_names_its_lengths_truly(folder: Path) -> None:
    data = (folder / "chatglm-desktop.icns").read_bytes()
    assert data[:8] == b"icns" + struct.pack(">I", len(data))
    found, at = {}, 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at + 4 : at + 8])
        found[data[at : at + 4].decode()] = QImage.fromData(data[at + 8 : at + length]).width()
        at += length
    assert found == icons.ICNS_SIZES
