# SPDX-License-Identifier: MIT
"""A real model file on this computer, through the real window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chatglm_desktop.chat.events import StatusChanged
from chatglm_desktop.core.accounts import Account
from chatglm_desktop.core.errors import failure_kind
from chatglm_desktop.core.generation import Generation
from chatglm_desktop.core.messages import MessageState
from chatglm_desktop.core.status import Loading
from tests.helpers.model_files import gemma_path

if TYPE_CHECKING:
    from pathlib import Path

    from chatglm_desktop.chat.events import SessionEvent
    from tests.helpers.theatre import Play, Theatre

pytestmark = pytest.mark.engine


def loaded(heard: list[SessionEvent]) -> bool:
    """Whether the reply had to wait for the file."""
    statuses = [event.status for event in heard if isinstance(event, StatusChanged)]
    return any(isinstance(status, Loading) for status in statuses)


def test_a_model_file_answers_in_the_window(theatre: Theatre, pytestconfig: pytest.Config) -> None:
    path = gemma_path(pytestconfig)

    async def act(play: Play) -> None:
        play.preferences.change(generation=Generation(temperature=0.0, max_tokens=16))
        await play.services.accounts.add(Account("file", "local", model=path))
        session = await play.conversations.open(play.current_id)
        heard: list[SessionEvent] = []
        session.events.connect(heard.append)
        play.page.composer.set_text("The sky is")
        play.page.composer.submit()
        await play.until(lambda: not session.running)
        reply = session.history.messages[-1]
        assert reply.state is MessageState.COMPLETE
        assert reply.text
        assert reply.text in play.page.transcript.clipboard.everything()
        assert reply.metrics is not None
        assert reply.metrics.completion_tokens == 16
        assert loaded(heard)
        # The next reply does not wait for the file again.
        heard.clear()
        play.page.composer.set_text("And the sea is")
        play.page.composer.submit()
        await play.until(lambda: not session.running)
        assert session.history.messages[-1].state is MessageState.COMPLETE
        assert not loaded(heard)

    theatre.play(act)


def test_a_file_that_is_no_model_says_so(theatre: Theatre, tmp_path: Path) -> None:
    file = tmp_path / "letter.gguf"
    file.write_text("Dear reader")

    async def act(play: Play) -> None:
        await play.services.accounts.add(Account("file", "local", model=str(file)))
        play.page.composer.set_text("Hello")
        play.page.composer.submit()
        session = await play.conversations.open(play.current_id)
        await play.until(lambda: not session.running)
        failure = session.history.messages[-1].failure
        assert failure is not None
        assert failure_kind(failure).__name__ == "NotAModelFile"

    theatre.play(act)
