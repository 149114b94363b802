# SPDX-License-Identifier: MIT
"""What a reply waits for is told at its place, counts down, and gives way to the answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QAccessible, QAccessibleEvent
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.messages import Message, MessageState
from chatglm_desktop.core.status import Asking, Loading, Queued, Retrying, Status
from chatglm_desktop.gui.transcript.accessible.message import name
from chatglm_desktop.gui.transcript.rows.foot_row import FootRow
from chatglm_desktop.gui.transcript.rows.waiting import WaitingNote, waiting_note
from chatglm_desktop.gui.transcript.view import TranscriptView
from tests.gui.transcript.conftest import Aim, describe
from tests.helpers.transcripts import show_messages

Make = Callable[..., Message]
RUNNING = {"id": "r", "state": MessageState.SENDING}
BUSY = Failure("RateLimited", "速率限制")


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(view: TranscriptView, make_message: Make) -> Clock:
    """The clock of a view in which a reply is on its way."""
    clock = Clock()
    view.parts.scene.transcript._clock = clock
    show_messages(view, [make_message("A question", id="q"), make_message(**RUNNING)])
    return clock


def note(view: TranscriptView) -> WaitingNote | None:
    return waiting_note(view.parts.scene.transcript[1], describe)


def words(view: TranscriptView) -> str:
    found = note(view)
    return plain(found.words) if found is not None else ""


def plain(text: str) -> str:
    """``text`` with spaces at which lines may break."""
    return text.replace("\u00a0", " ")


def foot(aim: Aim) -> FootRow:
    """The foot of the reply."""
    return next(row for _, row, _, _ in reversed(aim.rows()) if isinstance(row, FootRow))


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (Queued(1), "Waiting: 1 request ahead"),
        (Queued(3), "Waiting: 3 requests ahead"),
        (Retrying(BUSY, 106.3, 2, 4), "Trying again in 7 s · attempt 2 of 4"),
        (Retrying(BUSY, 99.0, 2, 4), "Trying again… · attempt 2 of 4"),
        (Loading("glm-edge.gguf"), "Loading glm-edge.gguf…"),
        (Loading("glm-edge.gguf", 0.426), "Loading glm-edge.gguf… 42%"),
        (Asking(), ""),
        (None, ""),
    ],
)
def test_every_status_is_told(
    view: TranscriptView, clock: Clock, status: Status | None, told: str
) -> None:
    view.contents.set_status("r", status)
    assert words(view) == told
    assert plain(name(view.parts.scene.transcript[1])) == (told or "ChatGLM is answering")


def test_the_reason_for_another_try_is_told(view: TranscriptView, clock: Clock) -> None:
    view.contents.set_status("r", Retrying(BUSY, 107.0, 2, 4))
    found = note(view)
    assert found is not None
    assert found.reason == "Failed: RateLimited The service says: 速率限制"
    view.contents.set_status("r", Retrying(Failure("Busy", "x" * 999), 107.0, 2, 4))
    found = note(view)
    assert found is not None
    assert len(found.reason) < 300
    view.contents.set_status("r", Retrying(Failure("Busy"), 107.0, 2, 4))
    found = note(view)
    assert found is not None
    assert found.reason == "Failed: Busy"


def test_the_seconds_are_counted_down_and_nothing_else_is_laid_out(
    view: TranscriptView, aim: Aim, clock: Clock, qtbot: QtBot
) -> None:
    view.contents.set_status("r", Retrying(BUSY, 101.95, 2, 4))
    assert words(view).startswith("Trying again in 2 s")
    upkeep = view.parts.upkeep
    assert upkeep._ticker.isActive()
    assert not upkeep._animation.isActive()
    before, place = view.layouts_made, foot(aim).hots[0].rect
    clock.now += 0.96
    with qtbot.waitSignal(upkeep._ticker.timeout):
        pass
    assert words(view).startswith("Trying again in 1 s")
    assert view.layouts_made == before + 1
    assert foot(aim).hots[0].rect == place
    clock.now += 1.0
    upkeep.refresh()
    assert words(view).startswith("Trying again…")
    upkeep._ticker.stop()
    upkeep.refresh()
    assert not upkeep._ticker.isActive()


def test_nothing_ticks_while_nothing_counts(view: TranscriptView, clock: Clock) -> None:
    for status in (Queued(1), Loading("x", 0.5)):
        view.contents.set_status("r", status)
        assert not view.parts.upkeep._ticker.isActive()
        assert not view.parts.upkeep._animation.isActive()


def test_dots_move_while_it_is_not_known_how_much_is_loaded(
    view: TranscriptView, clock: Clock
) -> None:
    assert view.parts.scene.working()
    view.contents.set_status("r", Loading("x"))
    assert view.parts.scene.working()
    view.contents.set_status("r", Loading("x", 0.1))
    assert not view.parts.scene.working()
    view.contents.set_status("r", Asking())
    assert view.parts.scene.working()


def test_the_answer_takes_its_place(view: TranscriptView, aim: Aim, clock: Clock) -> None:
    view.contents.set_status("r", Retrying(BUSY, 107.0, 2, 4))
    assert len(foot(aim).hots) == 2
    view.contents.append("r", "text", "Yes")
    assert note(view) is None
    assert not foot(aim).hots
    view.contents.set_status("r", Queued(1))
    assert note(view) is None


def test_an_end_ends_the_waiting(
    view: TranscriptView, aim: Aim, clock: Clock, make_message: Make
) -> None:
    view.contents.set_status("r", Queued(1))
    view.contents.update(make_message(id="r", state=MessageState.STOPPED))
    assert note(view) is None


def test_the_links_ask_for_what_they_say(
    view: TranscriptView, aim: Aim, clock: Clock, qtbot: QtBot
) -> None:
    view.contents.set_status("r", Retrying(BUSY, 107.0, 2, 4))
    for nth, action in enumerate(("retry_now", "stop")):
        with qtbot.waitSignal(view.action_requested) as asked:
            aim.click(aim.hot(nth))
        assert asked.args == ["r", action]


def test_a_status_before_the_message_was_in_view(view: TranscriptView, make_message: Make) -> None:
    view.hide()
    show_messages(view, [make_message("A question", id="q"), make_message(**RUNNING)])
    view.contents.set_status("r", Queued(2))
    view.show()
    assert words(view) == "Waiting: 2 requests ahead"


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is announced, as if somebody listened."""
    told: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if event.type() == QAccessible.Event.Announcement:
            told.append(event.message())  # type: ignore[attr-defined] # of this kind of event

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return told


def test_what_it_waits_for_is_said_once(
    view: TranscriptView, clock: Clock, said: list[str]
) -> None:
    for status in (Queued(1), Queued(1), Loading("x", 0.1), Loading("x", 0.2), Asking()):
        view.contents.set_status("r", status)
    view.contents.set_status("r", Retrying(Failure("Busy"), 107.0, 2, 4))
    assert [plain(text) for text in said] == [
        "Waiting: 1 request ahead",
        "Loading x… 10%",
        "Failed: Busy Trying again in 7 s · attempt 2 of 4",
    ]
