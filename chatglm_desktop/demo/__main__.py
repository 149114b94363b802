# SPDX-License-Identifier: MIT
"""Runs the demo server from a terminal: prints its URL and serves until Ctrl-C or SIGTERM."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys

from chatglm_desktop.demo.scenarios import SCENARIOS
from chatglm_desktop.demo.server import DemoServer


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m chatglm_desktop.demo",
        description="A server on this computer that answers like the guest service, with scripts.",
    )
    parser.add_argument("--port", type=int, default=0, help="0, the default, takes a free one")
    parser.add_argument("--scenario", choices=sorted(SCENARIOS), metavar="NAME")
    parser.add_argument("--pace", type=float, default=1.0, help="1 is realistic, 0 does not wait")
    parser.add_argument("--list", action="store_true", help="list the scenarios and exit")
    return parser


async def _serve(server: DemoServer) -> None:
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
        sys.stdout.flush()
        await stop.wait()
    finally:
        await server.stop()


def main(arguments: list[str] | None = None) -> int:
    """Run with these command-line arguments; the result is the exit code."""
    options = _parser().parse_args(arguments)
    if options.list:
        for name, scenario in SCENARIOS.items():
            sys.stdout.write(f"{name:18} {scenario.help}\n")
        return 0
    try:
        asyncio.run(_serve(DemoServer(options.scenario, options.pace, port=options.port)))
    except OSError as error:
        sys.stderr.write(f"The demo server cannot start: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
