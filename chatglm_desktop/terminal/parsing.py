# SPDX-License-Identifier: MIT
"""The verbs of the command line: which words they take, and what these make of them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from chatglm_desktop.terminal.verbs import (
    Ask,
    Backup,
    Export,
    Import,
    ListConversations,
    ListModels,
    Search,
    ServiceChoice,
    Verb,
)

T = TypeVar("T")

STDIN = "-"

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def add_verbs(parser: argparse.ArgumentParser) -> None:
    """Let the command line take a verb."""
    verbs = parser.add_subparsers(title="without a window", dest="verb", metavar="VERB")
    for name, (help, add) in _VERBS.items():
        verb = verbs.add_parser(name, help=help, description=f"{help[0].upper()}{help[1:]}.")
        verb.allow_abbrev = False
        add(verb)
        verb.add_argument("--json", action="store_true", help="one object per line")
        # Also after the verb, where it does not undo what stands before it.
        verb.add_argument("--data-dir", type=Path, metavar="DIR", default=argparse.SUPPRESS)


def _add_ask(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "question", nargs="?", default=STDIN, help="- or nothing reads it from stdin"
    )
    parser.add_argument("--stdin", action="store_true", help="put stdin before the question")
    _add_service(parser)
    parser.add_argument("--model", default="", metavar="ID", help="for local: a .gguf file")
    parser.add_argument("--system", default="", metavar="TEXT", help="the system prompt")
    parser.add_argument(
        "--image", dest="images", type=Path, action="append", default=[], metavar="FILE"
    )
    parser.add_argument(
        "--thinking", choices=("on", "off", "show"), help="show prints it on stderr"
    )
    parser.add_argument(
        "--conversation", default="", metavar="ID", help="go on with a saved conversation"
    )
    parser.add_argument("--save", action="store_true", help="keep it as a new conversation")


def _add_service(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--provider",
        choices=("guest", "glm", "openai", "local"),
        help="the first service of that kind in the settings, or a new one",
    )
    parser.add_argument("--base-url", default="", metavar="URL", help="where its API is")
    parser.add_argument(
        "--api-key-env", default="", metavar="NAME", help="environment variable with the key"
    )


def _add_list(parser: argparse.ArgumentParser) -> None:
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--archived", dest="shelf", action="store_const", const="archived")
    where.add_argument("--trash", dest="shelf", action="store_const", const="trash")
    parser.set_defaults(shelf="listed")
    parser.add_argument("--folder", default="", metavar="NAME", help="only those in this folder")
    parser.add_argument("--limit", type=_count, default=0, metavar="N", help="at most so many")


def _add_search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", help='words, "phrases", and filters as in the window')
    parser.add_argument("--limit", type=_count, default=20, metavar="N", help="at most so many")
    parser.add_argument("--order", choices=("newest", "relevance"), default="newest")


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="*", metavar="ID", help="as list prints them")
    parser.add_argument("--all", action="store_true", help="all conversations")
    parser.add_argument("--format", choices=("md", "html", "pdf", "json", "txt"), default="md")
    parser.add_argument(
        "--output", type=Path, required=True, metavar="PATH", help="a file, or a folder for several"
    )
    parser.add_argument("--thinking", action="store_true", help="with the thinking")
    parser.add_argument("--times", action="store_true", help="with the time of each message")
    parser.add_argument("--model", action="store_true", help="with the model of each reply")


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--dry-run", action="store_true", help="only say what it would do")
    parser.add_argument("--folder", default="", metavar="NAME", help="into a new folder")


def _add_backup(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--restore", type=Path, metavar="FILE", help="put this copy back")
    what.add_argument("--output", type=Path, metavar="FILE", help="write the copy to FILE")
    what.add_argument("--list", action="store_true", help="print which copies there are")


_VERBS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "ask": ("ask one question, print the answer", _add_ask),
    "models": ("list the models of a service", _add_service),
    "list": ("list the saved conversations", _add_list),
    "search": ("search the saved conversations", _add_search),
    "export": ("write conversations to files", _add_export),
    "import": ("take in conversations of other programs", _add_import),
    "backup": ("copy all conversations, or put a copy back", _add_backup),
}


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def verb_of(parser: argparse.ArgumentParser, values: dict[str, object]) -> Verb | None:
    """The verb of what was parsed, if there is one; ends the program where it makes no sense."""
    match values.pop("verb"):
        case "ask":
            return _ask(parser, values)
        case "models":
            return _filled(ListModels, values | {"service": _service(parser, values)})
        case "export":
            values["ids"] = tuple(values["ids"])  # type: ignore[arg-type] # argparse's list
            if bool(values["ids"]) == bool(values["all"]):
                parser.error("export either conversations by their ids, or --all")
            return _filled(Export, values)
        case None:
            return None
        case name:
            return _filled(_PLAIN[str(name)], values)


_PLAIN: dict[str, type[Verb]] = {
    "list": ListConversations,
    "search": Search,
    "import": Import,
    "backup": Backup,
}


def _ask(parser: argparse.ArgumentParser, values: dict[str, object]) -> Ask:
    values["images"] = tuple(values["images"])  # type: ignore[arg-type] # argparse's list
    question = str(values["question"])
    values["stdin"] = values["stdin"] or question == STDIN
    values["question"] = "" if question == STDIN else question
    asked = _filled(Ask, values | {"service": _service(parser, values)})
    if not asked.question.strip() and not asked.stdin:
        parser.error("the question is empty")
    if asked.save and asked.conversation:
        parser.error("--save makes a new conversation, --conversation goes on with one")
    if asked.kept and asked.images:
        parser.error("pictures can be sent with a question that is not kept only")
    return asked


def _service(parser: argparse.ArgumentParser, values: dict[str, object]) -> ServiceChoice:
    service = _filled(ServiceChoice, values)
    if service.api_key_env and not _VARIABLE.fullmatch(service.api_key_env):
        # What was given may be the key itself: it is not repeated.
        parser.error("--api-key-env takes the name of an environment variable, not a key")
    if "@" in service.base_url.partition("://")[2].partition("/")[0]:
        # Nor is this: every program can read the command line.
        parser.error("no user or password in --base-url: use --api-key-env")
    return service


def _filled(kind: type[T], values: dict[str, object]) -> T:
    """A ``kind`` with those of ``values`` that it has fields for."""
    names = kind.__dataclass_fields__.keys()  # type: ignore[attr-defined] # only our own classes
    return kind(**{name: value for name, value in values.items() if name in names})
