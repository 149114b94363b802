# SPDX-License-Identifier: MIT
"""The command line as values; does nothing and must not import Qt."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias, TypeVar

from chatglm_desktop import __version__

T = TypeVar("T")

INTERRUPTED = 130
"""The exit code of a program that was ended by Ctrl-C."""

ProviderName: TypeAlias = Literal["guest", "glm", "openai", "local"]
ThinkingChoice: TypeAlias = Literal["on", "off", "show"]

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


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
    """Ask one question and print the answer."""

    question: str
    service: ServiceChoice = field(default_factory=ServiceChoice)
    model: str = ""
    system: str = ""
    images: tuple[Path, ...] = ()
    thinking: ThinkingChoice | None = None
    json: bool = False


@dataclass(frozen=True, slots=True)
class ListModels:
    """Print the models that a service offers."""

    service: ServiceChoice = field(default_factory=ServiceChoice)
    json: bool = False


Verb: TypeAlias = Ask | ListModels


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was asked on the command line; without a ``verb`` the window opens."""

    verb: Verb | None = None
    demo: bool = False
    data_dir: Path | None = None
    endpoint: str = ""
    screenshot: Path | None = None
    smoke_test: bool = False
    debug: bool = False
    exit_after_paint: bool = False


def parse(argv: Sequence[str] | None = None) -> Arguments:
    """The arguments of the command line. Exits with 2 and a message when they make no sense."""
    parser = _parser()
    values = vars(parser.parse_args(argv))
    verb = _verb(parser, values)
    names = Arguments.__dataclass_fields__.keys() - {"verb"}
    return Arguments(verb, **{name: values[name] for name in names})


def _parser() -> argparse.ArgumentParser:
    # No abbreviations: "--api-key SECRET" must not pass for "--api-key-env".
    parser = argparse.ArgumentParser(
        prog="chatglm-desktop",
        description="A native desktop chat app for ChatGLM.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"ChatGLM Desktop {__version__}")
    parser.add_argument("--demo", action="store_true", help="chat with a demo inside the program")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="keep everything in DIR")
    parser.add_argument("--endpoint", default="", metavar="URL", help="another guest endpoint")
    parser.add_argument(
        "--screenshot", type=Path, metavar="FILE", help="save a picture of the window and exit"
    )
    parser.add_argument("--smoke-test", action="store_true", help="check this program and exit")
    parser.add_argument("--debug", action="store_true", help="log what happens to stderr")
    parser.add_argument("--exit-after-paint", action="store_true", help=argparse.SUPPRESS)
    verbs = parser.add_subparsers(title="without a window", dest="verb", metavar="ask|models")
    _add_ask(verbs.add_parser("ask", help="ask one question", allow_abbrev=False))
    _add_models(verbs.add_parser("models", help="list the models", allow_abbrev=False))
    return parser


def _add_ask(parser: argparse.ArgumentParser) -> None:
    parser.description = "Ask one question, print the answer."
    parser.add_argument("question")
    _add_service(parser)
    parser.add_argument("--model", default="", metavar="ID", help="for local: a .gguf file")
    parser.add_argument("--system", default="", metavar="TEXT", help="the system prompt")
    parser.add_argument(
        "--image", dest="images", type=Path, action="append", default=[], metavar="FILE"
    )
    parser.add_argument(
        "--thinking", choices=("on", "off", "show"), help="show prints it on stderr"
    )
    parser.add_argument("--json", action="store_true", help="one object per line and delta")


def _add_models(parser: argparse.ArgumentParser) -> None:
    parser.description = "List the models of a service."
    _add_service(parser)
    parser.add_argument("--json", action="store_true", help="one object per line and model")


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


def _verb(parser: argparse.ArgumentParser, values: dict[str, object]) -> Verb | None:
    match values.pop("verb"):
        case "ask":
            values["images"] = tuple(values["images"])  # type: ignore[arg-type] # argparse's list
            asked = _filled(Ask, values | {"service": _service(parser, values)})
            if not asked.question.strip():
                parser.error("the question is empty")
            return asked
        case "models":
            return _filled(ListModels, values | {"service": _service(parser, values)})
    return None


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
