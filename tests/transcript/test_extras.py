# SPDX-License-Identifier: MIT
"""Rows for attachments, pictures and sources, before, while and after they arrive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from chatglm_desktop.core.deltas import Image, Images, Source, Sources
from chatglm_desktop.core.messages import (
    AttachmentPart,
    ImagesPart,
    Message,
    MessageState,
    Part,
    ReasoningPart,
    Role,
    SourcesPart,
)
from chatglm_desktop.markdown.stream import BlockStream
from chatglm_desktop.transcript.document import Transcript
from chatglm_desktop.transcript.extras import SOURCES_SHOWN
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.rows import Row, RowChange, RowKind
from chatglm_desktop.transcript.selection import PartKind

Make = Callable[..., Message]
RUNNING = {"state": MessageState.STREAMING}

SOURCES = tuple(Source(f"https://e.org/{number}") for number in range(12))
IMAGES = (Image("https://e.org/a.png"), Image("https://e.org/b.png"))


def opened(message: Message, *extra: Part) -> Item:
    item = Item(replace(message, parts=(*message.parts, *extra)), BlockStream)
    item.open()
    while item.pending:
        item.work()
    return item


def kinds(item: Item) -> list[RowKind]:
    return [item.row(index).kind for index in range(item.row_count)]


def test_pictures_and_sources_stand_below_the_text(make_message: Make) -> None:
    item = opened(make_message("one"), ImagesPart(IMAGES), SourcesPart(SOURCES[:2]))
    assert kinds(item)[1:] == [
        RowKind.LEAF,
        RowKind.PICTURE,
        RowKind.PICTURE,
        RowKind.SOURCES,
        RowKind.SOURCE,
        RowKind.SOURCE,
        RowKind.FOOT,
    ]
    assert item.row(3) == Row(RowKind.PICTURE, leaf=1)


def test_of_many_sources_the_first_are_shown_until_all_are_wanted(make_message: Make) -> None:
    item = opened(make_message("one"), SourcesPart(SOURCES))
    assert kinds(item).count(RowKind.SOURCE) == SOURCES_SHOWN
    assert kinds(item)[-2] is RowKind.MORE_SOURCES
    assert item.show_all_sources() == (RowChange(2, SOURCES_SHOWN + 3, 14),)
    assert kinds(item).count(RowKind.SOURCE) == 12
    assert RowKind.MORE_SOURCES not in kinds(item)
    assert item.row(item.source_row(11)) == Row(RowKind.SOURCE, leaf=11)


def test_sources_that_arrive_while_the_text_does_leave_the_rows_of_the_text(
    make_message: Make,
) -> None:
    item = opened(make_message("one", **RUNNING))
    assert item.attach(Sources(SOURCES[:1])) == (RowChange(2, 1, 3),)
    assert item.append(PartKind.ANSWER, "\n\ntwo") == (RowChange(2, 0, 1),)
    assert item.attach(Sources(SOURCES[:2])) == (RowChange(3, 3, 4),)
    assert item.attach(Images(IMAGES)) == (RowChange(3, 4, 6),)
    ended = replace(item.message, state=MessageState.STOPPED)
    item.update(ended)
    assert kinds(item).count(RowKind.SOURCE) == 2
    item.update(replace(ended, parts=(*ended.parts, SourcesPart(SOURCES[:3]))))
    assert kinds(item).count(RowKind.SOURCE) == 3


def test_an_item_that_was_never_shown_takes_sources_too(make_message: Make) -> None:
    transcript = Transcript()
    transcript.reset([make_message("one", **RUNNING)])
    assert transcript.attach("m", Sources(SOURCES)).rows == ()
    assert transcript.open(0).extras.sources == SOURCES
    assert transcript.show_all_sources(0).rows


@pytest.mark.parametrize("url", ["file:///etc/passwd", "data:image/png;base64,AAAA", ""])
def test_pictures_that_are_not_on_the_web_are_not_offered(make_message: Make, url: str) -> None:
    item = opened(make_message("one"), ImagesPart((Image(url), *IMAGES)))
    assert item.extras.images == IMAGES


def test_attachments_stand_above_the_text(make_message: Make) -> None:
    part = AttachmentPart("a.pdf", "application/pdf", 12, "0" * 64)
    item = opened(make_message("one", role=Role.USER), part)
    assert kinds(item) == [RowKind.HEAD, RowKind.ATTACHMENTS, RowKind.LEAF, RowKind.FOOT]
    assert item.row(item.leaf_row(PartKind.ANSWER, 0)).kind is RowKind.LEAF


def test_rows_below_attachments_keep_their_numbers(make_message: Make) -> None:
    part = AttachmentPart("a.pdf", "application/pdf", 12, "0" * 64)
    item = opened(make_message(**RUNNING), part)
    assert item.append(PartKind.REASONING, "hm") == (RowChange(2, 0, 3),)
    assert item.append(PartKind.REASONING, "\n\nwell") == (RowChange(4, 0, 1),)
    assert item.row(item.leaf_row(PartKind.REASONING, 1)) == Row(
        RowKind.LEAF, PartKind.REASONING, 1
    )
    assert item.append(PartKind.ANSWER, "Yes") == (RowChange(2, 4, 1), RowChange(3, 0, 1))


def test_thinking_is_timed_until_the_answer_begins(make_message: Make) -> None:
    now = [100.0]
    item = Item(make_message(**RUNNING), BlockStream, lambda: now[0])
    seen = [(item.thinking, item.thought_seconds)]
    item.append(PartKind.REASONING, "hm")
    now[0] += 3.0
    seen.append((item.thinking, item.thought_seconds))
    item.append(PartKind.ANSWER, "Yes")
    now[0] += 3.0
    seen.append((item.thinking, item.thought_seconds))
    assert seen == [(False, 0.0), (True, 3.0), (False, 3.0)]
    item.update(
        replace(item.message, parts=(ReasoningPart("hm", 2.5),), state=MessageState.COMPLETE)
    )
    assert item.thought_seconds == 2.5


def test_what_the_user_chose_outlasts_a_reset(make_message: Make) -> None:
    transcript = Transcript()
    messages = [make_message("one", reasoning="hm")]
    transcript.reset(messages)
    transcript.open(0)
    transcript.fold(0, False)
    transcript.reset(messages)
    assert not transcript[0].folded
