# SPDX-License-Identifier: MIT
"""What is told of a message, whatever the format."""

from __future__ import annotations

import pytest

from chatglm_desktop.chat.exporting.told import local_time, tell
from chatglm_desktop.chat.exporting.words import Words
from chatglm_desktop.core.export_choice import ExportContents
from chatglm_desktop.core.messages import Message, MessageState, Role


@pytest.mark.parametrize(
    ("state", "note"),
    [
        (MessageState.COMPLETE, ""),
        (MessageState.STOPPED, "Stopped"),
        (MessageState.INTERRUPTED, "Interrupted: the app was closed before the end"),
        (MessageState.STREAMING, "Still being written"),
    ],
)
def test_how_a_reply_ended_is_told(state: MessageState, note: str) -> None:
    message = Message("m", Role.ASSISTANT, (), 1.0, state=state)
    assert tell(message, ExportContents(), Words()).note == note


@pytest.mark.parametrize("at", [float("inf"), float("nan"), 1e300, -1e300])
def test_a_time_that_is_none_is_left_out(at: float) -> None:
    assert local_time(at) == ""
    assert tell(Message("m", Role.SYSTEM, (), at), ExportContents(), Words()).details == ()


def test_times_are_told_as_everybody_reads_them() -> None:
    assert len(local_time(1.7e9)) == len("2023-11-14 22:13")
