# SPDX-License-Identifier: MIT
"""Moments and sizes as the user's system writes them; knows no widget."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale


def moment_words(at: float) -> str:
    """Day and time of ``at``, in seconds since the epoch."""
    moment = QDateTime.fromSecsSinceEpoch(int(at))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)


def size_words(size: int) -> str:
    """``size`` bytes, as "3.2 MB"."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
