# SPDX-License-Identifier: MIT
"""Exported text reads without marks."""

from __future__ import annotations

from chatglm_desktop.chat.exporting.text import PlainFormat
from chatglm_desktop.chat.exporting.words import Words
from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.export_choice import ExportContents
from chatglm_desktop.core.exports import SavedConversation
from chatglm_desktop.core.messages import Message
from tests.helpers.exports import rich_messages


def written(*messages: Message, contents: ExportContents, title: str = "T") -> str:
    format = PlainFormat(contents, Words(), lambda at: f"at {at:.0f}")
    saved = SavedConversation(ConversationSummary("c", title, 5.0, 6.0), Setup(), None, 2, 2)
    return format.head(saved) + "".join(map(format.message, messages)) + format.foot()


def test_a_conversation_reads_well() -> None:
    shown = written(*rich_messages("ab" * 32), contents=ExportContents(thinking=True))
    rule = "─" * 40
    assert shown.startswith(
        f"T\nat 5\n\n{rule}\nYou · at 1700000000\n\n[图 1.png]\n[gone.txt]\n\n天气"
    )
    assert "(Thinking)\nLet me think.\n\n天气\n\n重点：明天 $x^2 < 1$ 下雨[1]。\n\n" in shown
    assert "城市\t温度\n北京\t3\n" in shown
    assert (
        "[https://e.example/p.png]\n[data:x]\n\nSources\n1. Weather [1] https://e.example/w\n"
        in shown
    )
    assert shown.endswith("\n\n(The service is still working on another reply of yours.)\n")


def test_what_is_not_wanted_is_left_out() -> None:
    bare = ExportContents(thinking=False, times=False, model=False)
    shown = written(*rich_messages("ab" * 32)[2:3], contents=bare, title="")
    assert shown.startswith(f"Conversation\n\n{'─' * 40}\nAssistant\n\n天气\n")
