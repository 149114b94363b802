# SPDX-License-Identifier: MIT
"""What is said around a message: how long it thought, how it ended; knows no drawing."""

from __future__ import annotations

from chatglm_desktop.core.messages import Message, MessageState
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.transcript.item import Item

_CUT_BY_RULES = frozenset({"sensitive", "content_filter"})


def ending_note(message: Message) -> str:
    """Short remarks on a reply that did not end by itself or is another model's; "" for others."""
    return " · ".join(note for note in (_state_note(message), _successor_note(message)) if note)


def _successor_note(message: Message) -> str:
    if message.metrics is None or not message.metrics.instead_of:
        return ""
    old, new = message.metrics.instead_of, message.model
    return tr("{old} is retired; {new} answered", old=old, new=new)


def _state_note(message: Message) -> str:
    match message.state:
        case MessageState.STOPPED:
            return tr("Stopped")
        case MessageState.INTERRUPTED:
            return tr("Interrupted: the app was closed before the end")
        case MessageState.COMPLETE:
            return finish_note(message.finish_reason)
        case _:
            return ""


def finish_note(reason: str) -> str:
    """Why the service ended an answer before its end, "" if it did not."""
    if reason == "length":
        return tr("The answer was cut at the token limit.")
    if reason in _CUT_BY_RULES:
        return tr("The service's content rules ended this answer.")
    if reason == "model_context_window_exceeded":
        return tr("The answer was cut: the conversation has filled the model's memory.")
    return ""


def thinking_note(item: Item) -> str:
    """What stands above the thinking; it changes with every second while the model thinks."""
    seconds = int(item.thought_seconds) if item.thinking else round(item.thought_seconds)
    if item.thinking:
        return tr("Thinking… {time}", time=duration(seconds)) if seconds else tr("Thinking…")
    return tr("Thought for {time}", time=duration(seconds)) if seconds else tr("Thought")


def duration(seconds: int) -> str:
    """``seconds`` in words: "12 s", "1 min 5 s"."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return tr("{seconds} s", seconds=rest)
    return tr("{minutes} min {seconds} s", minutes=minutes, seconds=rest)


def unbroken(text: str) -> str:
    """``text`` that stays on one line: a number is not parted from its unit."""
    return text.replace(" ", "\u00a0")


def byte_count(size: int) -> str:
    """A number of bytes in words: "340 KB", "1.2 MB"."""
    if size < 1000:
        return tr("{number} bytes", number=size)
    if size < 1_000_000:
        return f"{round(size / 1000)} KB"
    return f"{size / 1_000_000:.1f} MB"
