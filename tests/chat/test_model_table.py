# SPDX-License-Identifier: MIT
from __future__ import annotations

import json
import re
from typing import get_args

from chatglm_desktop import resources
from chatglm_desktop.chat.model_table import FILE, model_table
from chatglm_desktop.core.accounts import PRESETS
from chatglm_desktop.core.generation import Effort
from chatglm_desktop.core.models import InputKind, ModelInfo, ThinkingKind


def every_model() -> set[ModelInfo]:
    return {model for models in model_table().values() for model in models}


def test_every_preset_of_glm_has_models_and_no_other() -> None:
    assert {*model_table()} == {preset.id for preset in PRESETS.values() if preset.kind == "glm"}


def test_each_begins_with_a_model_that_costs_nothing() -> None:
    for models in model_table().values():
        assert models[0].id == "glm-4.7-flash"
        assert models[0].free


def test_every_value_is_one_that_the_program_knows() -> None:
    for model in every_model():
        assert model.inputs <= {*get_args(InputKind)}
        assert "text" in model.inputs
        assert model.thinking in get_args(ThinkingKind)
        assert {*model.efforts} <= {*get_args(Effort)}
        assert model.most_output <= model.context
        assert model.name != model.id


def test_what_is_free_has_no_price_above_nothing() -> None:
    for models in (model_table()["bigmodel"], model_table()["zai"]):
        for model in models:
            assert model.free is (model.prompt_price == model.completion_price == 0.0)


def test_a_plan_is_not_paid_for_by_the_token() -> None:
    for preset in ("bigmodel-coding", "zai-coding"):
        assert all(model.prompt_price is None for model in model_table()[preset])


def test_a_successor_is_a_model_of_the_same_service() -> None:
    for models in model_table().values():
        ids = {model.id for model in models}
        assert {model.successor for model in models if model.successor} <= ids


def test_some_read_pictures_and_some_always_think() -> None:
    models = {model.id: model for model in model_table()["bigmodel"]}
    assert "image" in models["glm-4.6v-flash"].inputs
    assert models["glm-5.3"].thinking == "always"
    assert models["glm-5.3"].efforts == ("low", "high", "max")
    assert (models["glm-4.6"].prompt_price, models["glm-4.6"].completion_price) == (0.6, 2.2)


def test_the_table_is_dated() -> None:
    assert re.fullmatch(r"20\d\d-\d\d", json.loads(resources.read_text(FILE))["date"])
