# SPDX-License-Identifier: MIT
"""The child process: serves one model file on loopback until its parent is gone.

It is started as a plain file and imports nothing of this package, so that it is up at once and
holds nothing in memory but the model. It reads one line of JSON, its order, from stdin, and tells
in lines of JSON on stdout how far it is. The end of stdin is the end of the parent. What the
engine says goes to stderr. It knows neither conversations nor keys of other services.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import RawIOBase
from typing import Any, TypeAlias

FLAG = "--engine-child"
"""The argument that makes the frozen program such a child."""

NICENESS = 5
"""The window comes first where both want the processor."""

_CHUNK = 4 << 20
_SHARE_OF_READING = 0.9
"""The rest is for what the engine does when it has the file: it does not tell how long."""
_HEALTH_TRIES = 100
_HEALTH_PAUSE = 0.1

Tell: TypeAlias = Callable[[Mapping[str, object]], None]


def command() -> list[str]:
    """The command line of a child. Nothing secret is in it: processes can see each other's."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    # -P: the modules beside this file are not to be found as modules of their own.
    return [sys.executable, "-X", "faulthandler", "-P", __file__]


def run_child(
    reading: int = 0,
    writing: int = 1,
    engine: Any = None,
    leave: Callable[[int], object] = os._exit,
) -> int:
    """Serve until the parent is gone; returns 1 if that is impossible.

    ``reading`` and ``writing`` are file descriptors, ``engine`` is the module xllamacpp.
    ``leave`` ends the process at once: there is nothing to save, and the engine's own way out
    can hang.
    """
    # Without a buffer, whose lock would be held by the thread that waits for the end.
    orders = os.fdopen(reading, "rb", buffering=0, closefd=False)
    out = os.fdopen(os.dup(writing), "wb")
    # What C code prints must not get among the lines for the parent.
    os.dup2(2, writing)

    def tell(report: Mapping[str, object]) -> None:
        out.write(json.dumps(report).encode() + b"\n")
        out.flush()

    with out:
        order = json.loads(orders.readline())
        watch = threading.Thread(target=_wait_for_end, args=(orders, leave), daemon=True)
        watch.start()
        try:
            server = serve(order, tell, engine or import_engine())
        except (ImportError, OSError, RuntimeError, http.client.HTTPException) as error:
            tell({"failed": f"{type(error).__name__}: {error}"})
            return 1
        watch.join()
        del server
    return 0


def serve(order: Mapping[str, Any], tell: Tell, engine: Any) -> object:
    """Load the model and serve it; returns what must stay alive."""
    for share in read_through(order["paths"]):
        tell({"loading": share * _SHARE_OF_READING})
    server = engine.Server(_parameters(order, engine))
    port = urllib.parse.urlsplit(server.listening_address).port
    assert port is not None
    wait_for_health(port)
    tell({"ready": port})
    return server


def read_through(paths: Sequence[str]) -> Iterator[float]:
    """Have the system read the files into its cache; yields the share of it, per cent by per cent.

    The engine tells of no progress. What it takes from the disk, it takes from the cache then.
    """
    total = sum(os.path.getsize(path) for path in paths)  # noqa: PTH202 # quick to import
    done, told = 0, -1
    buffer = bytearray(_CHUNK)
    for path in paths:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            while count := file.readinto(buffer):
                done += count
                percent = done * 100 // max(total, done)
                if percent > told:
                    told = percent
                    yield percent / 100


def wait_for_health(port: int) -> None:
    """Until the server says that it can answer. Raises RuntimeError if it never does."""
    for _ in range(_HEALTH_TRIES):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        with contextlib.closing(connection):
            connection.request("GET", "/health")
            if connection.getresponse().status == 200:
                return
        time.sleep(_HEALTH_PAUSE)  # a process of its own: no loop, and nothing else to do
    raise RuntimeError("the server does not become ready")


def _parameters(order: Mapping[str, Any], engine: Any) -> object:
    params = engine.CommonParams()
    params.model.path = order["paths"][0]
    params.model_alias = {order["name"]}
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [order["token"]]
    # A page in a browser could reach the port: it is not to read what it gets.
    params.cors_origins = ""
    params.ui = False
    params.endpoint_slots = False
    params.n_ctx = order["context"]
    params.n_parallel = 1
    # At most a gigabyte of other conversations, so that going back to one is quick.
    params.cache_ram_mib = 1024
    if order["threads"]:
        params.cpuparams.n_threads = order["threads"]
    # Errors only. Nothing of what is asked or answered is among them.
    params.verbosity = 1
    return params


def import_engine() -> Any:
    """The engine, in a process that gives way to the window."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    import xllamacpp

    return xllamacpp


def _wait_for_end(orders: RawIOBase, leave: Callable[[int], object]) -> None:
    """Nobody but the parent holds the other end of stdin open."""
    orders.readall()
    leave(0)


if __name__ == "__main__":
    sys.exit(run_child())
