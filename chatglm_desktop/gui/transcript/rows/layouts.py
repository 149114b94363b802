# SPDX-License-Identifier: MIT
"""Makes the layouts of rows when they come into view and keeps few; knows no scrolling."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from chatglm_desktop.core.errors import Failure
from chatglm_desktop.gui.pictures import Pictures
from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.math.row import math_row
from chatglm_desktop.gui.transcript.rows.chrome_rows import GapRow, HeadRow, RuleRow, ThinkingRow
from chatglm_desktop.gui.transcript.rows.code_row import CodeRow
from chatglm_desktop.gui.transcript.rows.extra_rows import extra_row, extra_token
from chatglm_desktop.gui.transcript.rows.foot_row import FootRow
from chatglm_desktop.gui.transcript.rows.metrics_note import metrics_note
from chatglm_desktop.gui.transcript.rows.notes import thinking_note
from chatglm_desktop.gui.transcript.rows.row import FailureText, RowLayout
from chatglm_desktop.gui.transcript.rows.row_states import RowKey, RowStates
from chatglm_desktop.gui.transcript.rows.table_row import TableRow
from chatglm_desktop.gui.transcript.rows.text_row import TextRow
from chatglm_desktop.gui.transcript.rows.waiting import waiting_note
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.leaves import CodeLeaf, MathLeaf, RuleLeaf, TableLeaf, TextLeaf
from chatglm_desktop.transcript.rows import Row, RowKind
from chatglm_desktop.transcript.selection import PartKind
from chatglm_desktop.transcript.texts import leaf_spans

THINKING_INDENT = 16.0


@dataclass(frozen=True, slots=True)
class _Entry:
    token: tuple[object, ...]
    layout: RowLayout
    arrived: int


class Layouts:
    """Layouts by message id and row. ``describe`` puts a failure into words."""

    def __init__(self, describe: Callable[[Failure], FailureText], look: Look) -> None:
        self._describe = describe
        self._look = look
        self._entries: OrderedDict[RowKey, _Entry] = OrderedDict()
        self._arrived = 0
        self.states = RowStates()
        self.pictures = Pictures()
        self.shows_metrics = True
        """Whether what a reply took is told below it."""
        self.made = 0
        """How many layouts were made so far."""

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def look(self) -> Look:
        return self._look

    def restart(self, look: Look) -> None:
        """Drop all layouts; from now on make them with ``look``."""
        self._look = look
        self._entries.clear()

    def take_formulas(self) -> None:
        """From now on make rows anew that waited for formulas which have arrived."""
        self._arrived = self._look.formulas.arrived

    def forget(self) -> None:
        """Drop everything, for other messages."""
        self._entries.clear()
        self.states.clear()

    def trim(self, most: int) -> None:
        """Keep at most ``most`` layouts, those used last."""
        while len(self._entries) > most:
            self._entries.popitem(last=False)

    def get(self, item: Item, row: Row, width: float, *, first: bool) -> RowLayout:
        """The layout of a row of ``item`` at ``width``, made anew if what it shows changed."""
        key = (item.message.id, row)
        self.states.watch(item)
        token = (width, first, *self._token(item, row, key))
        entry = self._entries.get(key)
        if entry is None or entry.token != token or self._outdated(entry):
            previous = entry.layout if entry is not None else None
            entry = _Entry(token, self._make(item, row, width, first, previous), self._arrived)
            self._entries[key] = entry
            self.made += 1
        self._entries.move_to_end(key)
        return entry.layout

    def _outdated(self, entry: _Entry) -> bool:
        """Whether the row may have waited for a formula that has arrived."""
        return entry.layout.unfinished and entry.arrived != self._arrived

    def _token(self, item: Item, row: Row, key: RowKey) -> tuple[object, ...]:
        """What the layout depends on besides width and theme."""
        match row.kind:
            case RowKind.LEAF:
                return self._leaf_token(item, row, key)
            case RowKind.HEAD:
                return (item.message.model, item.message.created_at)
            case RowKind.THINKING:
                return (item.folded, thinking_note(item))
            case RowKind.THOUGHT_END:
                return ()
            case RowKind.FOOT:
                begun = item.answers or item.thinks
                return (item.message, begun, waiting_note(item, self._describe), self.shows_metrics)
            case _:
                return extra_token(item, row, self.pictures)

    def _leaf_token(self, item: Item, row: Row, key: RowKey) -> tuple[object, ...]:
        leaf = item.leaves(row.part)[row.leaf]
        if isinstance(leaf, CodeLeaf):
            return (leaf, self.states.wrapped(key), self.states.expanded(key))
        if isinstance(leaf, MathLeaf):
            return (leaf, _grows(item, row))
        ends = isinstance(leaf, TableLeaf) and _ends_table(item, row, leaf)
        return (leaf, item.part(row.part).link_changes, ends, item.extras.sources)

    def _make(
        self, item: Item, row: Row, width: float, first: bool, previous: RowLayout | None
    ) -> RowLayout:
        look = self._look
        match row.kind:
            case RowKind.HEAD:
                return HeadRow(item.message, look, first=first)
            case RowKind.THINKING:
                return ThinkingRow(thinking_note(item), look, width, folded=item.folded)
            case RowKind.THOUGHT_END:
                return GapRow()
            case RowKind.FOOT:
                return self._foot(item, width)
            case RowKind.LEAF:
                return self._leaf(item, row, width, previous)
            case _:
                return extra_row(item, row, self.pictures, look, width)

    def _foot(self, item: Item, width: float) -> FootRow:
        failure = item.message.failure
        return FootRow(
            item.message,
            self._look,
            width,
            has_text=item.answers or item.thinks,
            working=item.silent,
            failure=self._describe(failure) if failure is not None else None,
            waiting=waiting_note(item, self._describe),
            metrics=metrics_note(item.message) if self.shows_metrics else "",
        )

    def _leaf(self, item: Item, row: Row, width: float, previous: RowLayout | None) -> RowLayout:
        dim = row.part is PartKind.REASONING
        references = item.references(row.part)
        leaf = item.leaves(row.part)[row.leaf]
        look = self._look
        key = (item.message.id, row)
        match leaf:
            case TextLeaf():
                spans = leaf_spans(leaf, references)
                return TextRow(leaf, spans, look, width, dim=dim)
            case CodeLeaf():
                return CodeRow(
                    leaf,
                    look,
                    width,
                    look.highlighters,
                    self.states.sideways(key),
                    wrapped=self.states.wrapped(key),
                    expanded=self.states.expanded(key),
                    previous=previous if isinstance(previous, CodeRow) else None,
                )
            case TableLeaf():
                head = replace(row, leaf=row.leaf - leaf.number)
                sideways = self.states.sideways((item.message.id, head))
                ends = _ends_table(item, row, leaf)
                return TableRow(
                    leaf,
                    references,
                    look,
                    width,
                    sideways,
                    dim=dim,
                    ends=ends,
                    meaning=(item.part(row.part).link_changes, item.extras.sources),
                    previous=previous if isinstance(previous, TableRow) else None,
                )
            case RuleLeaf():
                return RuleRow(leaf, width)
            case MathLeaf():
                sideways = self.states.sideways(key)
                grows = _grows(item, row)
                return math_row(leaf, look, width, sideways, dim=dim, grows=grows)
            case _:
                assert_never(leaf)


def _grows(item: Item, row: Row) -> bool:
    """Whether a leaf may be longer at the next delta."""
    arrives = item.running and (row.part is PartKind.ANSWER or not item.answers)
    return arrives and row.leaf + 1 == len(item.leaves(row.part))


def _ends_table(item: Item, row: Row, leaf: TableLeaf) -> bool:
    """Whether this is the last row of its table, as far as known."""
    leaves = item.leaves(row.part)
    below = leaves[row.leaf + 1] if row.leaf + 1 < len(leaves) else None
    return not (isinstance(below, TableLeaf) and below.number == leaf.number + 1)
