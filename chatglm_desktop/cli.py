# SPDX-License-Identifier: MIT
"""The command line and its headless verbs; must not import Qt."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from chatglm_desktop import __version__

if TYPE_CHECKING:
    from chatglm_desktop.chat.service import Service

INTERRUPTED = 130
"""The exit code of a program that was ended by Ctrl-C."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was asked on the command line; ``question`` is None unless the verb is ``ask``."""

    question: str | None = None
    demo: bool = False
    data_dir: Path | None = None
    endpoint: str = ""
    screenshot: Path | None = None
    smoke_test: bool = False
    debug: bool = False
    exit_after_paint: bool = False


def parse(argv: Sequence[str] | None = None) -> Arguments:
    """The arguments of the command line. Exits with 2 and a message when they make no sense."""
    parser = argparse.ArgumentParser(
        prog="chatglm-desktop", description="A native desktop chat app for ChatGLM."
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
    verbs = parser.add_subparsers(title="without a window", metavar="ask")
    ask_parser = verbs.add_parser("ask", help="ask one question, print the answer")
    ask_parser.add_argument("question")
    arguments = Arguments(**vars(parser.parse_args(argv)))
    if arguments.question is not None and not arguments.question.strip():
        ask_parser.error("the question is empty")
    return arguments


async def ask(service: Service, question: str, out: TextIO, err: TextIO) -> int:
    """Stream the answer to ``out``. Returns 0 for a whole answer, 1 after saying why not."""
    from chatglm_desktop.core.errors import ChatError

    try:
        await _print_answer(service, question, out)
    except ChatError as error:
        print(f"\n{error}\n{error.hint}", file=err)
        return 1
    return 0


async def _print_answer(service: Service, question: str, out: TextIO) -> None:
    from contextlib import aclosing

    from chatglm_desktop.chat.waiting import Waiting
    from chatglm_desktop.core.deltas import Revision
    from chatglm_desktop.core.messages import Message, Role, TextPart

    printed = ""
    branch = [Message("question", Role.USER, (TextPart(question),), 0.0)]
    waiting = Waiting(lambda status: None)
    async with aclosing(service.stream(branch, waiting)) as deltas:
        async for delta in deltas:
            match delta:
                case str():
                    print(delta, end="", file=out, flush=True)
                    printed += delta
                case Revision(text, "text") if text.startswith(printed):
                    print(text.removeprefix(printed), end="", file=out, flush=True)
                    printed = text
                case Revision(text, "text"):
                    # What was printed cannot be taken back: the new version follows it.
                    print(f"\n\n{text}", end="", file=out, flush=True)
                    printed = text
                case _:
                    pass
    print(file=out)
