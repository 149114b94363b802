# SPDX-License-Identifier: MIT
"""What can be asked for on the command line without a window, as values; does nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

ProviderName: TypeAlias = Literal["guest", "glm", "openai", "local"]
ThinkingChoice: TypeAlias = Literal["on", "off", "show"]
Shelf: TypeAlias = Literal["listed", "archived", "trash"]
SearchOrderName: TypeAlias = Literal["newest", "relevance"]
ExportFormatName: TypeAlias = Literal["md", "html", "pdf", "json", "txt"]


@dataclass(frozen=True, slots=True)
class ServiceChoice:
    """Which service to ask; what is empty comes from the settings.

    ``api_key_env`` names an environment variable: a key on the command line could be read by
    every program of this computer.
    """

    provider: ProviderName | None = None
    base_url: str = ""
    api_key_env: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask one question and print the answer.

    It goes on with the ``conversation`` whose id begins so, or saves a new one; else nothing is
    kept. With ``stdin`` what comes in there stands before the question.
    """

    question: str
    service: ServiceChoice = field(default_factory=ServiceChoice)
    model: str = ""
    system: str = ""
    images: tuple[Path, ...] = ()
    thinking: ThinkingChoice | None = None
    conversation: str = ""
    save: bool = False
    stdin: bool = False
    json: bool = False

    @property
    def kept(self) -> bool:
        """Whether question and answer become part of the saved conversations."""
        return self.save or bool(self.conversation)


@dataclass(frozen=True, slots=True)
class ListModels:
    """Print the models that a service offers."""

    service: ServiceChoice = field(default_factory=ServiceChoice)
    json: bool = False


@dataclass(frozen=True, slots=True)
class ListConversations:
    """Print conversations, the newest first; ``limit`` 0 means all."""

    shelf: Shelf = "listed"
    folder: str = ""
    limit: int = 0
    json: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """Print what is found in the saved conversations."""

    query: str
    limit: int = 20
    order: SearchOrderName = "newest"
    json: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """Write conversations to files: those whose ids begin so, or all."""

    ids: tuple[str, ...] = ()
    all: bool = False
    format: ExportFormatName = "md"
    output: Path = Path()
    thinking: bool = False
    times: bool = False
    model: bool = False
    json: bool = False


@dataclass(frozen=True, slots=True)
class Import:
    """Take in conversations of a file, or only say which."""

    file: Path
    dry_run: bool = False
    folder: str = ""
    json: bool = False


@dataclass(frozen=True, slots=True)
class Backup:
    """Make a copy of all conversations, list the copies, or put one back."""

    restore: Path | None = None
    output: Path | None = None
    list: bool = False
    json: bool = False


Verb: TypeAlias = Ask | ListModels | ListConversations | Search | Export | Import | Backup
