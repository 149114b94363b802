# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from chatglm_desktop.core.abilities import abilities
from chatglm_desktop.core.accounts import DEMO, GUEST, PRESETS, Account
from chatglm_desktop.core.models import ModelInfo

SEES = ModelInfo("m", inputs=frozenset({"text", "image"}))


def test_the_guest_service_takes_a_system_prompt_and_nothing_else() -> None:
    for account in (GUEST, DEMO):
        able = abilities(account, ModelInfo(""))
        assert able.options == {"system_prompt"}
        assert (able.history, able.images, able.uploads) == (False, False, False)


def test_glm_takes_what_its_documentation_says() -> None:
    account = Account("a", "bigmodel")
    model = ModelInfo("m", most_output=128, thinking="always", efforts=("low", "max"))
    able = abilities(account, model)
    assert {"thinking", "effort", "web_search", "stop"} <= able.options
    assert (able.temperature_most, able.stops_most, able.tokens_most) == (1.0, 1, 128)
    assert (able.efforts, able.thinking_can_stop) == (("low", "max"), False)
    assert able.uploads
    assert not able.images
    assert abilities(account, SEES).images


def test_a_glm_model_that_never_thinks_offers_no_thinking() -> None:
    able = abilities(Account("a", "zai"), ModelInfo("m", thinking="none"))
    assert not {"thinking", "effort"} & able.options


@pytest.mark.parametrize(
    ("preset", "more"),
    [
        ("ollama", {"thinking", "effort"}),
        ("lm-studio", set()),
        ("llama-cpp", {"thinking"}),
        ("vllm", {"thinking"}),
        ("sglang", {"thinking"}),
        ("openrouter", {"thinking", "effort", "web_search"}),
        ("deepseek", {"thinking"}),
        ("custom", set()),
        ("local", {"thinking"}),
    ],
)
def test_each_server_offers_what_its_dialect_has(preset: str, more: set[str]) -> None:
    able = abilities(Account("a", preset), ModelInfo("m"))
    common = {"system_prompt", "temperature", "top_p", "max_tokens", "stop"}
    assert able.options == common | more
    assert bool(able.efforts) == ("effort" in more)


def test_whether_pictures_can_be_sent_is_asked_of_those_who_tell() -> None:
    def images(preset: str, model: ModelInfo) -> bool:
        return abilities(Account("a", preset), model).images

    assert images("ollama", ModelInfo("m"))
    assert not images("openrouter", ModelInfo("m"))
    assert images("openrouter", SEES)
    assert not images("local", SEES)


def test_every_preset_has_abilities() -> None:
    for preset in PRESETS:
        assert "system_prompt" in abilities(Account("a", preset), SEES).options
