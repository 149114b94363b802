# SPDX-License-Identifier: MIT
from __future__ import annotations

import logging
from pathlib import Path

from chatglm_desktop.app import _Log


def test_a_log_that_cannot_be_written_ends_nothing(tmp_path: Path) -> None:
    log = _Log(tmp_path / "nowhere" / "program.log", encoding="utf-8", delay=True)
    log.emit(logging.LogRecord("here", logging.INFO, "", 0, "said", None, None))
    log.close()
    assert list(tmp_path.iterdir()) == []
