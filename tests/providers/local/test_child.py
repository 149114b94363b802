# SPDX-License-Identifier: MIT
"""What the child does, step by step, in this process; the real one runs in test_real_engine."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from chatglm_desktop.providers.local import child


class Health(HTTPServer):
    """Becomes healthy after so many questions."""

    def __init__(self, sick: int) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.sick = sick


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Health)
        assert self.path == "/health"
        self.send_response(503 if self.server.sick > 0 else 200)
        self.server.sick -= 1
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def health(sick: int = 0) -> Iterator[int]:
    """The port of a server."""
    with Health(sick) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def module(port: int, seen: list[Any]) -> Any:
    """As much of xllamacpp as the child uses."""

    def parameters() -> Any:
        return SimpleNamespace(model=SimpleNamespace(), cpuparams=SimpleNamespace())

    def serve(parameters: Any) -> Any:
        seen.append(parameters)
        return SimpleNamespace(listening_address=f"http://127.0.0.1:{port}")

    return SimpleNamespace(CommonParams=parameters, Server=serve)


@pytest.fixture
def order(tmp_path: Path) -> dict[str, Any]:
    file = tmp_path / "model.gguf"
    file.write_bytes(bytes(1000))
    common = {"name": "GLM", "token": "secret", "context": 4096, "threads": 0}
    return {"paths": [str(file)], **common}


def test_the_model_is_served_to_who_has_the_token_on_loopback_only(order: dict[str, Any]) -> None:
    reports: list[Any] = []
    seen: list[Any] = []
    with health() as port:
        child.serve({**order, "threads": 3}, reports.append, module(port, seen))
    (parameters,) = seen
    assert parameters.model.path == order["paths"][0]
    assert (parameters.hostnames, parameters.port) == (["127.0.0.1"], 0)
    assert parameters.api_keys == ["secret"]
    assert (parameters.model_alias, parameters.n_ctx) == ({"GLM"}, 4096)
    assert parameters.cpuparams.n_threads == 3
    assert reports == [{"loading": 0.9}, {"ready": port}]


def test_the_engine_chooses_the_number_of_threads(order: dict[str, Any]) -> None:
    seen: list[Any] = []
    with health() as port:
        child.serve(order, print, module(port, seen))
    assert not hasattr(seen[0].cpuparams, "n_threads")


def test_reading_tells_each_per_cent_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_CHUNK", 3)
    paths = []
    for number in range(2):
        file = tmp_path / str(number)
        file.write_bytes(bytes(500))
        paths.append(str(file))
    shares = list(child.read_through(paths))
    assert shares == sorted(set(shares))
    assert len(shares) == 101
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_an_empty_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "empty"
    file.touch()
    assert list(child.read_through([str(file)])) == []


def test_health_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_HEALTH_PAUSE", 0)
    with health(sick=3) as port:
        child.wait_for_health(port)
    monkeypatch.setattr(child, "_HEALTH_TRIES", 2)
    with health(sick=3) as port, pytest.raises(RuntimeError):
        child.wait_for_health(port)


@contextmanager
def parent(order: dict[str, Any]) -> Iterator[tuple[int, int, Callable[[], None], list[Any]]]:
    """The child's ends of two pipes, how to end the parent, and what it has heard by then."""
    orders_out, orders_in = os.pipe()
    reports_out, reports_in = os.pipe()
    os.write(orders_in, json.dumps(order).encode() + b"\n")
    ends = [orders_in]
    heard: list[Any] = []

    def listen() -> None:
        with os.fdopen(reports_out, "rb") as reports:
            for line in reports:
                heard.append(json.loads(line))
                if "ready" in heard[-1]:
                    end()

    def end() -> None:
        while ends:
            os.close(ends.pop())

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        yield orders_out, reports_in, listener.join, heard
    finally:
        end()
        os.close(orders_out)
        os.close(reports_in)


def test_it_serves_until_its_parent_is_gone(order: dict[str, Any]) -> None:
    left: list[int] = []
    with health() as port, parent(order) as (reading, writing, join, heard):
        assert child.run_child(reading, writing, module(port, []), left.append) == 0
        join()
    assert left == [0]
    assert heard == [{"loading": 0.9}, {"ready": port}]


def test_what_the_engine_prints_is_no_report(
    order: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    with health() as port, parent(order) as (reading, writing, join, heard):
        engine = module(port, [])
        serve = engine.Server

        def noisy(parameters: Any) -> Any:
            os.write(writing, b"ggml says hello\n")
            return serve(parameters)

        engine.Server = noisy
        child.run_child(reading, writing, engine, lambda code: None)
        join()
    assert len(heard) == 2
    assert capfd.readouterr().err == "ggml says hello\n"


def test_a_failure_is_told_to_the_parent(order: dict[str, Any]) -> None:
    def refuse(parameters: Any) -> Any:
        raise RuntimeError("Failed to init server")

    engine = module(0, [])
    engine.Server = refuse
    waited = threading.Event()
    with parent(order) as (reading, writing, join, heard):
        assert child.run_child(reading, writing, engine, lambda code: waited.set()) == 1
        join()
    assert waited.wait(10)
    assert heard == [{"loading": 0.9}, {"failed": "RuntimeError: Failed to init server"}]


def test_the_engine_gives_way_to_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []
    monkeypatch.setattr(os, "nice", given.append, raising=False)
    engine = child.import_engine()
    assert engine.__name__ == "xllamacpp"
    monkeypatch.delattr(os, "nice")
    assert child.import_engine() is engine
    assert given == [child.NICENESS]


def test_the_command_is_this_file_or_the_frozen_program(monkeypatch: pytest.MonkeyPatch) -> None:
    python, *options, file = child.command()
    assert (python, file) == (sys.executable, child.__file__)
    assert "-P" in options
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child.command() == [sys.executable, child.FLAG]
