# SPDX-License-Identifier: MIT
from __future__ import annotations

from datetime import datetime

from chatglm_desktop.gui.search.when import short_time


def test_times_are_as_short_as_they_can_be_understood() -> None:
    now = datetime(2024, 5, 20, 15, 0).timestamp()
    today = short_time(datetime(2024, 5, 20, 9, 5).timestamp(), now)
    assert "05" in today
    assert "May" in short_time(datetime(2024, 5, 3).timestamp(), now)
    assert "23" in short_time(datetime(2023, 5, 3).timestamp(), now)
