# SPDX-License-Identifier: MIT
"""Runs a demo server from a terminal: prints its URL and serves until Ctrl-C or SIGTERM."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Mapping

from chatglm_desktop.demo.chat_scenarios import ChatScenario, scenarios_of
from chatglm_desktop.demo.dialects import DIALECTS
from chatglm_desktop.demo.openai_server import DialectServer
from chatglm_desktop.demo.scenarios import SCENARIOS, Scenario
from chatglm_desktop.demo.server import DemoServer


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m chatglm_desktop.demo",
        description="A server on this computer that answers like a service does, with scripts.",
    )
    parser.add_argument(
        "--dialect",
        choices=DIALECTS,
        help="the kind of server of chat completions; the guest service without it",
    )
    parser.add_argument("--port", type=int, default=0, help="0, the default, takes a free one")
    parser.add_argument("--scenario", default="answer", metavar="NAME")
    parser.add_argument("--pace", type=float, default=1.0, help="1 is realistic, 0 does not wait")
    parser.add_argument("--list", action="store_true", help="list the scenarios and exit")
    return parser


def _scenarios(dialect: str | None) -> Mapping[str, Scenario | ChatScenario]:
    return SCENARIOS if dialect is None else scenarios_of(dialect)


def _server(options: argparse.Namespace) -> DemoServer | DialectServer:
    if options.dialect is None:
        return DemoServer(options.scenario, options.pace, port=options.port)
    return DialectServer(options.dialect, options.scenario, options.pace, port=options.port)


async def _serve(server: DemoServer | DialectServer) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    await server.start()
    try:
        sys.stdout.write(f"{server.url}\n")
        if isinstance(server, DialectServer) and server.key:
            sys.stdout.write(f"API key: {server.key}\n")
        sys.stdout.flush()
        await stop.wait()
    finally:
        await server.stop()


def main(arguments: list[str] | None = None) -> int:
    """Run with these command-line arguments; the result is the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    scenarios = _scenarios(options.dialect)
    if options.list:
        for name, scenario in scenarios.items():
            sys.stdout.write(f"{name:18} {scenario.help}\n")
        return 0
    if options.scenario not in scenarios:
        parser.error(f"unknown scenario {options.scenario!r}; --list names them")
    try:
        asyncio.run(_serve(_server(options)))
    except OSError as error:
        sys.stderr.write(f"The demo server cannot start: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
