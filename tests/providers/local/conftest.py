# SPDX-License-Identifier: MIT
"""Model files and engines for the tests, the engines closed at their end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from chatglm_desktop.providers.local.engine import Engine
from tests.helpers.gguf_files import GLM_EDGE, model
from tests.helpers.model_files import gemma_path
from tests.helpers.puppets import Puppets, puppets

MakeEngine = Callable[..., Engine]


@pytest.fixture(scope="session")
def gemma(request: pytest.FixtureRequest) -> str:
    """The path of a real model."""
    return gemma_path(request.config)


@pytest.fixture
def edge(tmp_path: Path) -> str:
    """The path of a file that looks like a chat model."""
    file = tmp_path / "edge.gguf"
    file.write_bytes(model(GLM_EDGE))
    return str(file.resolve())


@pytest.fixture
def other(tmp_path: Path) -> str:
    """The path of another model."""
    file = tmp_path / "other.gguf"
    file.write_bytes(model({"general.name": "Other"}))
    return str(file.resolve())


@pytest_asyncio.fixture
async def stage() -> AsyncIterator[Puppets]:
    """Stands in for the children of engines."""
    async with puppets() as theatre:
        yield theatre


@pytest_asyncio.fixture
async def make_engine() -> AsyncIterator[MakeEngine]:
    made: list[Engine] = []

    def make(*arguments: object, **keywords: object) -> Engine:
        made.append(Engine(*arguments, **keywords))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for engine in made:
        await engine.close()
