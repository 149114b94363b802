# SPDX-License-Identifier: MIT
"""What is known of models without asking anybody, from a dated file; knows no network."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from chatglm_desktop import resources
from chatglm_desktop.core.models import ModelInfo

FILE = "models.json"

_PLANS = frozenset({"bigmodel-coding", "zai-coding"})
"""Presets whose models are paid for by the month and not by the token."""


def model_table() -> Mapping[str, tuple[ModelInfo, ...]]:
    """The models by the id of their preset, the one to begin with first."""
    data = json.loads(resources.read_text(FILE))
    models = {name: _model(name, values) for name, values in data["models"].items()}
    return {
        preset: tuple(_of_preset(preset, (models[name] for name in names)))
        for preset, names in data["presets"].items()
    }


def _model(name: str, values: Mapping[str, Any]) -> ModelInfo:
    sets = {"inputs": frozenset(values["inputs"]), "efforts": tuple(values.get("efforts", ()))}
    return ModelInfo(name, **(dict(values) | sets))


def _of_preset(preset: str, models: Iterable[ModelInfo]) -> Iterable[ModelInfo]:
    if preset not in _PLANS:
        return models
    return (replace(model, prompt_price=None, completion_price=None) for model in models)
