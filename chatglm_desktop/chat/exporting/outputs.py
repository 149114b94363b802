# SPDX-License-Identifier: MIT
"""Where the files of an export go: one file, a folder of them, a zip; one thread calls it all."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from chatglm_desktop.chat.exporting.files import ConversationFile
from chatglm_desktop.chat.exporting.json_file import JsonFile
from chatglm_desktop.chat.exporting.names import Names, safe_name
from chatglm_desktop.chat.exporting.staging import Staging, move_new, take_away
from chatglm_desktop.core.exports import SavedConversation
from chatglm_desktop.core.messages import Message

MOST_FOLDERS = 4
"""How deep folders lie in each other; what lies deeper goes into the innermost of these."""
_LONGEST_FOLDER = 48

OpenFile = Callable[[Path, Path, str], ConversationFile]
"""Opens a file, whose attached files go into a folder that has a relative address."""


class Output(Protocol):
    """All conversations of an export, one after the other. Raises OSErrors."""

    def begin(self, conversation: SavedConversation, folders: Sequence[str]) -> None:
        """``folders`` are the names of those that it lies in, the outermost first."""

    def add(self, messages: Sequence[Message]) -> None: ...

    def end(self) -> None:
        """Complete the conversation."""

    def publish(self) -> Path:
        """Let the result appear; returns where it is. Nothing else is called after it."""

    def discard(self) -> None:
        """Take everything away."""


class OneFile:
    """A conversation in a file, with a folder for attached files beside it if there are any."""

    def __init__(self, target: Path, files_word: str, open_file: OpenFile) -> None:
        self._staging = Staging(target)
        self._beside = f"{safe_name(target.stem, files_word)} {files_word}"
        self._path = self._staging.folder / f"0{target.suffix}"
        self._files = self._staging.folder / "files"
        self._open_file = open_file
        self._file: ConversationFile | None = None

    def begin(self, conversation: SavedConversation, folders: Sequence[str]) -> None:
        self._file = self._open_file(self._path, self._files, self._beside)
        self._file.begin(conversation)

    def add(self, messages: Sequence[Message]) -> None:
        _opened(self._file).add(messages)

    def end(self) -> None:
        _opened(self._file).end()

    def publish(self) -> Path:
        target = self._staging.target
        if not self._files.exists():
            self._staging.publish_file(self._path)
            return target
        folder = target.with_name(self._beside)
        made = None if folder.exists() else folder
        moved = move_new(self._files, folder)
        try:
            self._staging.publish_file(self._path)
        except OSError:
            take_away(moved, made)
            raise
        return target

    def discard(self) -> None:
        if self._file is not None:
            self._file.discard()
        self._staging.discard()


class JsonOutput:
    """All conversations in one file of this program's own format."""

    def __init__(self, target: Path, open_file: Callable[[Path], JsonFile]) -> None:
        self._staging = Staging(target)
        self._path = self._staging.folder / "0.json"
        self._open_file = open_file
        self._file: JsonFile | None = None

    def begin(self, conversation: SavedConversation, folders: Sequence[str]) -> None:
        self._opened().begin(conversation)

    def add(self, messages: Sequence[Message]) -> None:
        self._opened().add(messages)

    def end(self) -> None:
        self._opened().end()

    def publish(self) -> Path:
        self._opened().close()
        self._staging.publish_file(self._path)
        return self._staging.target

    def discard(self) -> None:
        if self._file is not None:
            self._file.discard()
        self._staging.discard()

    def _opened(self) -> JsonFile:
        self._file = self._file or self._open_file(self._path)
        return self._file


class ManyFiles:
    """A file for each conversation, in folders as those of the library."""

    def __init__(
        self, target: Path, suffix: str, untitled: str, files_word: str, open_file: OpenFile
    ) -> None:
        self._staging = Staging(target)
        self._suffix = suffix
        self._untitled = untitled
        self._files_word = files_word
        self._open_file = open_file
        self._names: dict[Path, Names] = {}
        self._folders: dict[tuple[str, ...], Path] = {}
        self._file: ConversationFile | None = None

    @property
    def folder(self) -> Path:
        """In which the files are written."""
        return self._staging.folder

    def begin(self, conversation: SavedConversation, folders: Sequence[str]) -> None:
        folder = self._folder(tuple(folders[:MOST_FOLDERS]))
        stem = safe_name(conversation.summary.title, self._untitled)
        path = folder / self._names[folder].take(stem, self._suffix)
        word = self._files_word
        self._file = self._open_file(path, folder / word, word)
        self._file.begin(conversation)

    def add(self, messages: Sequence[Message]) -> None:
        _opened(self._file).add(messages)

    def end(self) -> None:
        _opened(self._file).end()

    def publish(self) -> Path:
        return self._staging.publish_folder()

    def discard(self) -> None:
        if self._file is not None:
            self._file.discard()
        self._staging.discard()

    def _folder(self, names: tuple[str, ...]) -> Path:
        """The folder for conversations that lie in folders of these ``names``."""
        found = self._folders.get(names)
        if found is None:
            found = self._staging.folder
            if names:
                above = self._folder(names[:-1])
                name = safe_name(names[-1], self._untitled, _LONGEST_FOLDER)
                found = above / self._names[above].take(name)
                found.mkdir()
            self._folders[names] = found
            self._names[found] = Names()
            # The folder of attached files is not to be taken by a title.
            self._names[found].take(self._files_word)
        return found


class Zipped:
    """The files of ``many`` in one zip file, each taken in when it is complete."""

    def __init__(self, target: Path, many: ManyFiles) -> None:
        self._many = many
        self._staging = Staging(target)
        self._path = self._staging.folder / "0.zip"
        self._zip = zipfile.ZipFile(self._path, "w", zipfile.ZIP_DEFLATED)
        self._added: set[Path] = set()

    def begin(self, conversation: SavedConversation, folders: Sequence[str]) -> None:
        self._many.begin(conversation, folders)

    def add(self, messages: Sequence[Message]) -> None:
        self._many.add(messages)

    def end(self) -> None:
        self._many.end()
        self._take_in()

    def publish(self) -> Path:
        self._zip.close()
        self._staging.publish_file(self._path)
        self._many.discard()
        return self._staging.target

    def discard(self) -> None:
        with suppress(OSError, ValueError):
            self._zip.close()
        self._many.discard()
        self._staging.discard()

    def _take_in(self) -> None:
        """Move the files that are there into the zip file."""
        folder = self._many.folder
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = file.relative_to(folder)
            if name not in self._added:
                self._zip.write(file, name)
                self._added.add(name)
            file.unlink()


def _opened(file: ConversationFile | None) -> ConversationFile:
    assert file is not None, "no conversation was begun"
    return file
