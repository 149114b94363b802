# SPDX-License-Identifier: MIT
"""The command line as values; does nothing and must not import Qt."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chatglm_desktop import __version__

if TYPE_CHECKING:
    from chatglm_desktop.core.deep_links import DeepLink
    from chatglm_desktop.terminal.verbs import Verb

INTERRUPTED = 130
"""The exit code of a program that was ended by Ctrl-C."""

VERBS = ("ask", "models", "list", "search", "export", "import", "backup")

SCHEME = "chatglm-desktop"
"""What links to conversations begin with."""

_HELP = ("-h", "--help")


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was asked on the command line; without a ``verb`` the window opens, at the ``link``."""

    verb: Verb | None = None
    demo: bool = False
    data_dir: Path | None = None
    endpoint: str = ""
    screenshot: Path | None = None
    smoke_test: bool = False
    debug: bool = False
    exit_after_paint: bool = False
    link: DeepLink | None = None


def parse(argv: Sequence[str] | None = None) -> Arguments:
    """The arguments of the command line. Exits with 2 and a message when they make no sense."""
    given = list(sys.argv[1:] if argv is None else argv)
    # The window opens sooner without what it does not need.
    with_verbs = any(word in VERBS or word in _HELP for word in given)
    parser = _parser(with_verbs=with_verbs)
    # With a verb it is no link: what is asked may begin like one.
    places = [] if with_verbs else given
    links = [word for word in places if word.lower().startswith(f"{SCHEME}:")]
    if len(links) > 1:
        parser.error("one link at a time")
    values = vars(parser.parse_args([word for word in given if word not in links]))
    link, verb = None, None
    if links:
        link = _link(parser, links[0])
    if with_verbs:
        from chatglm_desktop.terminal.parsing import verb_of

        verb = verb_of(parser, values)
    names = Arguments.__dataclass_fields__.keys() - {"verb", "link"}
    return Arguments(verb, link=link, **{name: values[name] for name in names})


def _link(parser: argparse.ArgumentParser, text: str) -> DeepLink:
    from chatglm_desktop.core.deep_links import parse_link

    link = parse_link(text)
    if link is None:
        parser.error("the link leads to no conversation")
    return link


def _parser(*, with_verbs: bool) -> argparse.ArgumentParser:
    # No abbreviations: "--api-key SECRET" must not pass for "--api-key-env".
    parser = argparse.ArgumentParser(
        prog="chatglm-desktop",
        description="A native desktop chat app for ChatGLM.",
        epilog=f"{SCHEME}://conversation/ID opens the window with a conversation.",
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
    if with_verbs:
        from chatglm_desktop.terminal.parsing import add_verbs

        add_verbs(parser)
    return parser
