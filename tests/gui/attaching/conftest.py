# SPDX-License-Identifier: MIT
"""Files in a folder of their own, and a shelf on which they are read as in the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatglm_desktop.chat.file_texts import FileTexts
from chatglm_desktop.gui.attaching.intake import Intake
from chatglm_desktop.store.attachments import AttachmentFiles


@pytest.fixture
def files(tmp_path: Path) -> AttachmentFiles:
    return AttachmentFiles(tmp_path / "kept")


@pytest.fixture
def intake(files: AttachmentFiles) -> Intake:
    return Intake(files, FileTexts(files))
