# SPDX-License-Identifier: MIT
"""Folds the deltas of one running reply into a message; cost per delta does not grow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from chatglm_desktop.core.deltas import (
    ConversationRef,
    Delta,
    FinishReason,
    Image,
    Images,
    Reasoning,
    Revision,
    Source,
    Sources,
    Usage,
)
from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.messages import (
    ImagesPart,
    Message,
    MessageState,
    Part,
    ReasoningPart,
    SourcesPart,
    TextPart,
)


class Reply:
    """A reply while it arrives: fold deltas, then ask for the :attr:`message`.

    What ``message`` holds already is gone on with. ``clock`` returns seconds; it times the
    thinking.
    """

    def __init__(self, message: Message, clock: Callable[[], float]) -> None:
        self._message = message
        self._clock = clock
        thought = message.reasoning
        self._text = [message.text] if message.text else []
        self._reasoning = [thought.text] if thought else []
        self._reasoning_began: float | None = None
        self._reasoning_seconds = thought.seconds if thought else 0.0
        self._sources: tuple[Source, ...] = ()
        self._images: tuple[Image, ...] = ()
        self._finish_reason = ""
        for part in message.parts:
            match part:
                case SourcesPart(items):
                    self._sources = items
                case ImagesPart(items):
                    self._images = items
                case _:
                    pass

    @property
    def id(self) -> str:
        return self._message.id

    def fold(self, delta: Delta) -> None:
        """Take in one delta."""
        match delta:
            case str():
                self._text.append(delta)
                self._end_reasoning()
            case Reasoning(text):
                self._begin_reasoning()
                self._reasoning.append(text)
            case Revision(text, "text"):
                self._text = [text]
            case Revision(text, _):
                self._begin_reasoning()
                self._reasoning = [text]
            case Sources(items):
                self._sources = items
            case Images(items):
                self._images = items
            case Usage() | ConversationRef():
                pass  # known to the service; not part of the message
            case FinishReason(reason):
                self._finish_reason = reason
                self._end_reasoning()
            case _:
                assert_never(delta)

    def message(self, state: MessageState, failure: Failure | None = None) -> Message:
        """The message as it stands, in ``state``."""
        if not state.running:
            self._end_reasoning()
        return replace(
            self._message,
            parts=self._parts(),
            state=state,
            failure=failure,
            finish_reason=self._finish_reason,
        )

    def _parts(self) -> tuple[Part, ...]:
        parts: list[Part] = []
        if self._reasoning:
            parts.append(ReasoningPart("".join(self._reasoning), self._thought_for()))
        if self._text:
            parts.append(TextPart("".join(self._text)))
        if self._images:
            parts.append(ImagesPart(self._images))
        if self._sources:
            parts.append(SourcesPart(self._sources))
        return tuple(parts)

    def _thought_for(self) -> float:
        began = self._reasoning_began
        return self._reasoning_seconds + (0.0 if began is None else self._clock() - began)

    def _begin_reasoning(self) -> None:
        if self._reasoning_began is None:
            self._reasoning_began = self._clock()

    def _end_reasoning(self) -> None:
        self._reasoning_seconds = self._thought_for()
        self._reasoning_began = None
