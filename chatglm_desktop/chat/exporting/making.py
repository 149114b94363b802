# SPDX-License-Identifier: MIT
"""Puts the writers of one export together; one thread calls what it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, assert_never

from chatglm_desktop.chat.exporting.files import ConversationFile, Files, FilesBeside, TextFile
from chatglm_desktop.chat.exporting.format import DataOf, TextFormat
from chatglm_desktop.chat.exporting.html import FormulaSvg, HtmlFormat
from chatglm_desktop.chat.exporting.json_file import JsonFile
from chatglm_desktop.chat.exporting.json_values import exported_at
from chatglm_desktop.chat.exporting.markdown import MarkdownFormat
from chatglm_desktop.chat.exporting.outputs import JsonOutput, ManyFiles, OneFile, Output, Zipped
from chatglm_desktop.chat.exporting.text import PlainFormat
from chatglm_desktop.chat.exporting.words import Words
from chatglm_desktop.core.export_choice import ExportContents
from chatglm_desktop.core.exports import (
    SUFFIXES,
    Chosen,
    Everything,
    ExportFailed,
    ExportOrder,
    InFolder,
    Messages,
)
from chatglm_desktop.core.folders import Folder, within

OpenPdf: TypeAlias = Callable[[Path, ExportContents, Words, DataOf], ConversationFile]
"""Begins a PDF file."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What needs more than this package: without them there are no drawn formulas and no PDF."""

    formula: FormulaSvg | None = None
    pdf: OpenPdf | None = None


class Making:
    """``now`` is in seconds since the epoch."""

    def __init__(
        self,
        order: ExportOrder,
        read_file: Callable[[str], bytes],
        tools: Tools,
        words: Words,
        now: float,
    ) -> None:
        self._order = order
        self._files = Files(read_file)
        self._tools = tools
        self._words = words
        self._now = now

    @property
    def missing(self) -> int:
        """Attached files that were no longer there."""
        return self._files.missing

    def output(self, folders: Mapping[str, Folder]) -> Output:
        """Where everything goes. Raises ExportFailed, and OSErrors."""
        order, words = self._order, self._words
        if order.format == "json":
            return JsonOutput(order.target, lambda path: self._json(path, folders))
        if is_single(order):
            return OneFile(order.target, words.files, self._open)
        suffix = SUFFIXES[order.format]
        many = ManyFiles(order.target, suffix, words.untitled, words.files, self._open)
        return Zipped(order.target, many) if order.zipped else many

    def _json(self, path: Path, folders: Mapping[str, Folder]) -> JsonFile:
        wanted: frozenset[str] = frozenset()
        match self._order.scope:
            case Everything():
                wanted = frozenset(folders)
            case InFolder(folder_id):
                wanted = within(folders.values(), folder_id) & folders.keys()
            case _:
                pass
        return JsonFile(path, self._files, folders, sorted(wanted), exported_at(self._now))

    def _open(self, path: Path, files: Path, address: str) -> ConversationFile:
        if self._order.format != "pdf":
            return TextFile(path, self._text_format(files, address))
        if self._tools.pdf is None:
            raise ExportFailed("other", "no PDF can be written here")
        return self._tools.pdf(path, self._order.contents, self._words, self._files.data)

    def _text_format(self, files: Path, address: str) -> TextFormat:
        contents, words = self._order.contents, self._words
        match self._order.format:
            case "markdown":
                beside = FilesBeside(self._files, files, address)
                return MarkdownFormat(contents, words, beside.link)
            case "html":
                return HtmlFormat(contents, words, self._files.data, self._tools.formula)
            case _:
                return PlainFormat(contents, words)


def is_single(order: ExportOrder) -> bool:
    """Whether the result is one file even without being packed."""
    match order.scope:
        case Chosen(ids):
            return len(ids) == 1 or order.format == "json"
        case Messages():
            return True
        case Everything() | InFolder():
            return order.format == "json"
        case _:
            assert_never(order.scope)
