# SPDX-License-Identifier: MIT
"""Times as short as they can be understood; knows no widget."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDate, QLocale, QTime

from chatglm_desktop.gui.strings import tr


def short_time(at: float, now: float) -> str:
    """The hour of a moment of today, the day of another one; both in epoch seconds."""
    moment, present = datetime.fromtimestamp(at), datetime.fromtimestamp(now)
    locale = QLocale()
    if moment.date() == present.date():
        return locale.toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)
    day = QDate(moment.year, moment.month, moment.day)
    if moment.year == present.year:
        return locale.toString(day, tr("d MMM"))
    return locale.toString(day, QLocale.FormatType.ShortFormat)
