# SPDX-License-Identifier: MIT
from __future__ import annotations

from collections.abc import AsyncIterator

from chatglm_desktop.chat.prompt import Turn, fold_history, request_messages
from chatglm_desktop.core.deltas import Delta
from chatglm_desktop.core.messages import Role
from chatglm_desktop.core.provider import RequestFile, RequestMessage


class Supports:
    default_model = "m"
    models: list[str] = ["m"]  # noqa: RUF012 # the shape of the contract

    def __init__(self, *, history: bool, system: bool) -> None:
        self.supports_message_history = history
        self.supports_system_message = system

    def create_async_generator(
        self,
        model: str,
        messages: list[RequestMessage],
        proxy: str | None = None,
        **kwargs: object,
    ) -> AsyncIterator[Delta]:
        raise NotImplementedError


def turn(role: Role, text: str) -> Turn:
    return Turn(role, text)


TURNS = [turn(Role.USER, "Hi"), turn(Role.ASSISTANT, "Hello!"), turn(Role.USER, "天气？")]


def test_a_lone_question_goes_out_as_it_was_written() -> None:
    assert fold_history([turn(Role.USER, "User: odd\n\n text")]) == "User: odd\n\n text"


def test_without_history_all_turns_fold_into_one_user_text() -> None:
    messages = request_messages(TURNS, Supports(history=False, system=False), "Be brief.")
    assert messages == [
        {
            "role": "user",
            "content": "System: Be brief.\n\nUser: Hi\n\nAssistant: Hello!\n\nUser: 天气？",
        }
    ]


def test_a_failed_reply_without_text_is_left_out() -> None:
    turns = [turn(Role.USER, "Hi"), turn(Role.ASSISTANT, ""), turn(Role.USER, "Again")]
    assert fold_history([t for t in turns if t.text]) == "User: Hi\n\nUser: Again"
    assert request_messages(turns, Supports(history=True, system=True)) == [
        {"role": "user", "content": "Hi"},
        {"role": "user", "content": "Again"},
    ]


def test_with_history_each_turn_keeps_its_role() -> None:
    assert request_messages(TURNS, Supports(history=True, system=True), "Be brief.") == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "Hello!"},
        {"role": "user", "content": "天气？"},
    ]


def test_without_a_system_role_the_prompt_precedes_the_first_turn() -> None:
    messages = request_messages(TURNS, Supports(history=True, system=False), "Be brief.")
    assert messages[0] == {"role": "user", "content": "Be brief.\n\nHi"}
    assert len(messages) == 3


def test_files_go_along_with_their_turn_even_without_text() -> None:
    picture = RequestFile("a.png", "image/png", b"bytes")
    turns = [Turn(Role.USER, "", (picture,)), Turn(Role.ASSISTANT, "A cat.")]
    assert request_messages(turns, Supports(history=True, system=True)) == [
        {"role": "user", "content": "", "files": (picture,)},
        {"role": "assistant", "content": "A cat."},
    ]
