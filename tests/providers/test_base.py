# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from chatglm_desktop import providers
from chatglm_desktop.core import deltas
from chatglm_desktop.core.errors import ModelNotFound
from chatglm_desktop.core.provider import Provider
from chatglm_desktop.providers import AsyncGeneratorProvider, ChatGLM, ProviderModelMixin


class Fruit(ProviderModelMixin):
    default_model = "apple"
    models = ["apple", "pear"]  # noqa: RUF012 - as a provider writes it


def test_an_empty_model_is_the_default_one() -> None:
    assert Fruit.get_model("") == "apple"
    assert Fruit.get_model("pear") == "pear"


def test_an_unknown_model_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(ModelNotFound, match="plum; known: apple, pear"):
        Fruit.get_model("plum")


def test_the_guest_provider_fulfils_the_contract() -> None:
    provider: Provider = ChatGLM
    assert provider.default_model in provider.models
    assert issubclass(ChatGLM, AsyncGeneratorProvider)
    assert issubclass(ChatGLM, ProviderModelMixin)


def test_a_provider_without_a_stream_cannot_be_made() -> None:
    class Nothing(AsyncGeneratorProvider):
        pass

    with pytest.raises(TypeError, match="create_async_generator"):
        Nothing()  # type: ignore[abstract]  # this is what is tested


def test_all_deltas_are_exported() -> None:
    assert providers.FinishReason is deltas.FinishReason
    assert {name for name in providers.__all__ if hasattr(deltas, name)} == {
        "ConversationRef", "Delta", "FinishReason", "Image", "Images",
        "Reasoning", "Revision", "Source", "Sources", "Usage",
    }  # fmt: skip
