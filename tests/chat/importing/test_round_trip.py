# SPDX-License-Identifier: MIT
"""What this program exports, it imports without any loss."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.chat.exporting.exporter import Exporter
from chatglm_desktop.chat.importing.importer import Importer
from chatglm_desktop.chat.importing.plan import Target
from chatglm_desktop.chat.reading import Reading
from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.deltas import Image, Source
from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.export_choice import ExportContents
from chatglm_desktop.core.exports import Everything, ExportOrder
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.generation import Generation
from chatglm_desktop.core.imports import Imported
from chatglm_desktop.core.messages import (
    AttachmentPart,
    ImagesPart,
    Message,
    MessageState,
    Part,
    ReasoningPart,
    Role,
    SourcesPart,
    TextPart,
)
from chatglm_desktop.core.metrics import Metrics
from chatglm_desktop.store import Store
from chatglm_desktop.store.attachments import AttachmentFiles
from tests.chat.importing.conftest import NOW

PICTURE = b"a picture"
DIGEST = hashlib.sha256(PICTURE).hexdigest()

texts = st.text(st.characters(codec="utf-8"), max_size=20)
times = st.floats(0.0, 4_000_000_000.0, allow_nan=False)
parts: st.SearchStrategy[Part] = (
    st.builds(TextPart, texts)
    | st.builds(ReasoningPart, texts, st.floats(0, 100))
    | st.builds(SourcesPart, st.lists(st.builds(Source, texts, texts), max_size=2).map(tuple))
    | st.builds(ImagesPart, st.lists(st.builds(Image, texts), max_size=2).map(tuple))
    | st.builds(AttachmentPart, texts, texts, st.just(len(PICTURE)), st.just(DIGEST))
)
finished = st.sampled_from([state for state in MessageState if not state.running])
messages = st.builds(
    Message,
    st.uuids().map(lambda id: id.hex),
    st.sampled_from(Role),
    st.lists(parts, max_size=3).map(tuple),
    times,
    state=finished,
    model=texts,
    finish_reason=texts,
    failure=st.none() | st.builds(Failure, texts, texts, st.none() | st.integers(100, 599)),
    metrics=st.none() | st.builds(Metrics, st.integers(0, 9), cost=st.none() | st.floats(0, 1)),
)


@st.composite
def trees(draw: st.DrawFn) -> tuple[Message, ...]:
    """Messages of one conversation, parents first; times go as they like."""
    bare = draw(st.lists(messages, min_size=1, max_size=7, unique_by=lambda m: m.id))
    tree: list[Message] = []
    for message in bare:
        parent = draw(st.none() | st.sampled_from(tree)) if tree else None
        tree.append(replace(message, parent_id=None if parent is None else parent.id))
    return tuple(tree)


@st.composite
def conversations(draw: st.DrawFn) -> Imported:
    tree = draw(trees())
    created_at = draw(times)
    summary = ConversationSummary(
        draw(st.uuids()).hex,
        draw(texts),
        created_at,
        created_at,
        draw(st.booleans()),
        folder_id=draw(st.sampled_from([None, "outer", "inner"])),
        pinned=draw(st.booleans()),
        archived_at=draw(st.none() | times),
        colour=draw(st.sampled_from(["", "red", "grey"])),
    )
    generation = Generation(system_prompt=draw(st.none() | texts))
    leaf = draw(st.none() | st.sampled_from([message.id for message in tree]))
    return Imported(summary, tree, leaf, Setup("account", draw(texts), generation))


async def filled(store: Store, saved: list[Imported]) -> None:
    folders = (
        Folder("outer", "Work", 1.0, colour="blue"),
        Folder("inner", "计划", 2.0, "outer", system_prompt="Be exact."),
    )
    await store.importing.write([], folders)
    for one in saved:
        # One after the other, so that the order of versions is that of the tree.
        await store.create_conversation(one.summary)
        await store.save_setup(one.summary.id, one.setup)
        for message in one.messages:
            await store.tree.add_versions(one.summary.id, [message])
        if one.leaf_id is None:
            await store.tree.clear(one.summary.id)
        else:
            await store.tree.reveal(one.summary.id, one.leaf_id)


async def everything(store: Store) -> dict[str, Any]:
    """All that is in a store, as it can be compared."""
    found: dict[str, Any] = {}
    for summary in await store.conversations():
        tree, _ = await store.saved.tree(summary.id, 0, 1000)
        children: dict[str | None, list[str]] = {}
        for message in tree:
            children.setdefault(message.parent_id, []).append(message.id)
        history = await store.load_history(summary.id, 1000)
        branch = [message.id for message in history.messages]
        by_id = {message.id: message for message in tree}
        setup = await store.setup(summary.id)
        found[summary.id] = (summary, setup, by_id, children, branch)
    return found


async def round_trip(folder: Path, saved: list[Imported]) -> None:
    first, second = await Store.open(folder / "1.db"), await Store.open(folder / "2.db")
    files, others = AttachmentFiles(folder / "1"), AttachmentFiles(folder / "2")
    files.put(PICTURE)
    target = folder / "all.json"
    try:
        await filled(first, saved)
        order = ExportOrder(Everything(), "json", ExportContents(), target)
        await Exporter(first.saved, files.read).export(order)
        importer = Importer(second, never_keep, others.put, lambda: NOW)
        preview = await importer.look(target, Reading())
        assert preview.skipped == ()
        report = await importer.take_in(preview, Target(), Reading())
        assert report.error is None
        expected = await everything(first)
        assert await everything(second) == expected
        wanted = {part.digest for one in saved for m in one.messages for part in m.attachments}
        assert others.digests(1e12) == wanted
        again = await importer.look(target, Reading())
        assert not again.has_news
        assert again.known == len(expected)
    finally:
        await first.close()
        await second.close()


def never_keep(_: str, __: bytes) -> AttachmentPart:
    raise AssertionError("our own files come as they are")


@settings(max_examples=20, deadline=None)
@given(st.lists(conversations(), min_size=1, max_size=3, unique_by=lambda c: c.summary.id))
def test_what_was_exported_comes_back_as_it_was(saved: list[Imported]) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(round_trip(Path(folder), saved))
