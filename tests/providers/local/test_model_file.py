# SPDX-License-Identifier: MIT
"""A chosen path becomes a model, or a clear word about why it cannot."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from chatglm_desktop.core.errors import ModelFileIncomplete, ModelFileUnreadable, NotAModelFile
from chatglm_desktop.providers.local.model_file import (
    MOST_CONTEXT,
    USUAL_CONTEXT,
    model_info,
    open_model,
)
from tests.helpers.gguf_files import GLM_EDGE, Tensor, model

POSIX = pytest.mark.skipif(os.name == "nt", reason="links and pipes of POSIX systems")


@pytest.fixture
def edge(tmp_path: Path) -> Path:
    file = tmp_path / "glm-edge.gguf"
    file.write_bytes(model(GLM_EDGE))
    return file


def split(folder: Path, count: int = 3) -> list[Path]:
    """A model in several files: the first knows its name, the others hold the weights."""
    paths = []
    for number in range(count):
        pairs = {**(GLM_EDGE if number == 0 else {}), "split.no": number, "split.count": count}
        path = folder / f"glm-air-{number + 1:05}-of-{count:05}.gguf"
        path.write_bytes(model(pairs, (Tensor(),) if number else ()))
        paths.append(path)
    return paths


def test_a_model_has_the_name_in_its_header(edge: Path) -> None:
    found = open_model(edge)
    assert (found.name, found.context, found.paths) == ("GLM Edge 1.5b Chat", 8192, (edge,))


def test_a_model_without_a_name_has_that_of_its_file(tmp_path: Path) -> None:
    file = tmp_path / "我的模型.gguf"
    file.write_bytes(model({}))
    found = open_model(file)
    assert (found.name, found.context) == ("我的模型", USUAL_CONTEXT)


def test_a_long_context_is_cut_to_what_memory_bears(tmp_path: Path) -> None:
    file = tmp_path / "long.gguf"
    file.write_bytes(model({"general.architecture": "glm4", "glm4.context_length": 1_048_576}))
    assert open_model(file).context == MOST_CONTEXT


def test_the_list_of_models_shows_name_and_size(edge: Path, tmp_path: Path) -> None:
    info = model_info(edge)
    assert (info.id, info.label, info.free) == (str(edge), "GLM Edge 1.5b Chat", True)
    other = tmp_path / "other.gguf"
    other.write_bytes(model({"general.name": "GLM 4", "general.size_label": "9B"}))
    assert model_info(other).label == "GLM 4 9B"


def test_the_same_bytes_are_one_model_by_whatever_path(edge: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.gguf"
    copy.write_bytes(edge.read_bytes())
    hard = tmp_path / "hard.gguf"
    hard.hardlink_to(edge)
    assert open_model(hard) == open_model(edge) != open_model(copy)


@POSIX
def test_a_link_is_followed(edge: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.gguf"
    link.symlink_to(edge)
    assert open_model(link) == open_model(edge)


def test_a_known_model_is_read_again_only_when_it_has_changed(edge: Path) -> None:
    known = open_model(edge)
    assert open_model(edge, known) is known
    edge.write_bytes(model({"general.name": "Another"}))
    assert open_model(edge, known).name == "Another"


@pytest.mark.parametrize("chosen", [0, 1, 2])
def test_any_part_of_a_split_model_stands_for_all_of_it(tmp_path: Path, chosen: int) -> None:
    paths = split(tmp_path)
    found = open_model(paths[chosen])
    assert (found.name, found.paths) == ("GLM Edge 1.5b Chat", tuple(paths))
    assert found == open_model(paths[0])


def test_a_split_model_without_a_name_has_that_of_its_files(tmp_path: Path) -> None:
    paths = split(tmp_path)
    paths[0].write_bytes(model({"split.count": 3}, ()))
    assert open_model(paths[0]).name == "glm-air"


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    paths = split(tmp_path)
    paths[1].unlink()
    with pytest.raises(ModelFileIncomplete) as caught:
        open_model(paths[0])
    assert caught.value.details == f"not there: {paths[1].name}"


def test_a_part_that_is_cut_off_is_noticed(tmp_path: Path) -> None:
    paths = split(tmp_path)
    paths[2].write_bytes(paths[2].read_bytes()[:-100])
    with pytest.raises(ModelFileIncomplete):
        open_model(paths[0])


@pytest.mark.parametrize("name", ["renamed.gguf", "glm-air-00001-of-00002.gguf"])
def test_a_part_under_another_name_has_lost_the_others(tmp_path: Path, name: str) -> None:
    first = split(tmp_path)[0]
    with pytest.raises(ModelFileIncomplete):
        open_model(first.rename(tmp_path / name))


def test_a_text_is_no_model(tmp_path: Path) -> None:
    file = tmp_path / "notes.gguf"
    file.write_text("not a model")
    with pytest.raises(NotAModelFile):
        open_model(file)


@pytest.mark.parametrize("path", ["gone.gguf", ".", "a\0b"])
def test_what_is_no_file_cannot_be_opened(tmp_path: Path, path: str) -> None:
    with pytest.raises(ModelFileUnreadable) as caught:
        open_model(f"{tmp_path}/{path}")
    assert caught.value.details
    assert str(tmp_path) not in str(caught.value)


@POSIX
def test_a_pipe_and_a_circle_of_links_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    for name in ("pipe", "circle"):
        with pytest.raises(ModelFileUnreadable):
            open_model(tmp_path / name)
