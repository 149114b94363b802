# SPDX-License-Identifier: MIT
from __future__ import annotations

from chatglm_desktop.core.models import ModelInfo, chats, join_models

KNOWN = (
    ModelInfo("glm-b", "GLM B", context=100, free=True),
    ModelInfo("glm-a", retired=True, successor="glm-b"),
)


def test_known_models_come_first_and_listed_ones_by_name() -> None:
    listed = [ModelInfo("Zeta"), ModelInfo("alpha"), ModelInfo("glm-b")]
    ids = [model.id for model in join_models(KNOWN, listed)]
    assert ids == ["glm-b", "glm-a", "alpha", "Zeta"]


def test_what_is_known_stays_and_what_a_list_adds_is_taken_over() -> None:
    listed = [
        ModelInfo("glm-b", context=5, most_output=7, inputs=frozenset({"image"})),
        ModelInfo("glm-a"),
    ]
    b, a = join_models(KNOWN, listed)
    assert b == ModelInfo("glm-b", "GLM B", 100, 7, frozenset({"text", "image"}), free=True)
    assert not a.retired


def test_a_model_is_called_by_its_label_or_else_by_its_id() -> None:
    assert [model.name for model in KNOWN] == ["GLM B", "glm-a"]


def test_a_model_file_is_called_by_its_name_without_the_folders() -> None:
    assert ModelInfo("/home/me/models/GLM-4-9B.gguf").name == "GLM-4-9B.gguf"
    assert ModelInfo("C:\\models\\a.gguf").name == "a.gguf"
    assert ModelInfo("z-ai/glm-4.6").name == "z-ai/glm-4.6"


def test_some_models_do_not_chat() -> None:
    names = ("glm-4.7-flash", "nomic-embed-text", "BAAI/bge-m3", "qwen3-reranker", "cogview-tts")
    assert [chats(ModelInfo(name)) for name in names] == [True, False, False, False, False]
