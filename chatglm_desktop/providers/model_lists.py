# SPDX-License-Identifier: MIT
"""Asks services which models they offer, and which servers run here; knows no window."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import PurePath
from typing import cast

import aiohttp

from chatglm_desktop.core.accounts import PRESETS
from chatglm_desktop.core.errors import ChatError, KeyRejected
from chatglm_desktop.core.models import InputKind, ModelInfo, ThinkingKind, chats
from chatglm_desktop.providers.openai_errors import Asked
from chatglm_desktop.providers.openai_http import Api
from chatglm_desktop.providers.patience import Patience
from chatglm_desktop.providers.payload import (
    JsonObject,
    as_number,
    as_object,
    as_objects,
    as_text,
)

PATH = "/models"

PROBED: Mapping[str, str] = {name: PRESETS[name].base_url for name in ("ollama", "lm-studio")}
"""Where servers usually are that people start by themselves, by preset."""

_PROBE = Patience(connect=0.5, first_event=1.5)
_INPUTS: Mapping[str, InputKind] = {
    "text": "text",
    "image": "image",
    "video": "video",
    "file": "file",
}
_CONTEXT_KEYS = ("context_length", "max_model_len", "max_context_length", "context_window")
_OUTPUT_KEYS = ("max_completion_tokens", "max_output_tokens")


async def list_models(
    session: aiohttp.ClientSession,
    base: str,
    api_key: str = "",
    *,
    proxy: str | None = None,
    patience: Patience | None = None,
) -> tuple[ModelInfo, ...]:
    """The models that the service at ``base`` lists, in its order. Raises ChatErrors only."""
    api = Api(session, Asked.at(base, api_key), proxy, patience or Patience())
    answer = await api.get(PATH)
    models = [_model(entry) for entry in as_objects(answer.get("data"))]
    return tuple({model.id: model for model in models if _can_chat(model)}.values())


async def running_servers(
    session: aiohttp.ClientSession,
    addresses: Mapping[str, str] = PROBED,
    patience: Patience = _PROBE,
) -> tuple[str, ...]:
    """The presets of ``addresses`` (base addresses by preset) where a server answers now."""
    found = await asyncio.gather(
        *(_answers(session, base, patience) for base in addresses.values())
    )
    return tuple(preset for preset, is_there in zip(addresses, found, strict=True) if is_there)


async def _answers(session: aiohttp.ClientSession, base: str, patience: Patience) -> bool:
    try:
        answer = await Api(session, Asked.at(base), patience=patience).get(PATH)
    except KeyRejected:
        # It wants a key, so it is there.
        return True
    except ChatError:
        return False
    return "data" in answer


def _can_chat(model: ModelInfo) -> bool:
    return bool(model.id) and chats(model)


def _model(entry: JsonObject) -> ModelInfo:
    """One entry of a list. Only its id can be relied on; the rest is each server's own."""
    name = as_text(entry.get("id"))
    meta, top = as_object(entry.get("meta")), as_object(entry.get("top_provider"))
    places = [*(entry.get(key) for key in _CONTEXT_KEYS), top.get("context_length")]
    limits = [*(entry.get(key) for key in _OUTPUT_KEYS), top.get("max_completion_tokens")]
    prompt, completion = _prices(as_object(entry.get("pricing")))
    return ModelInfo(
        name,
        label=_label(name, as_text(entry.get("name"))),
        context=_first(*places, meta.get("n_ctx"), meta.get("n_ctx_train")),
        most_output=_first(*limits),
        inputs=_inputs(as_object(entry.get("architecture")).get("input_modalities")),
        free=prompt == completion == 0,
        prompt_price=prompt,
        completion_price=completion,
        thinking=_thinking(entry.get("supported_parameters")),
    )


def _label(name: str, label: str) -> str:
    """What a person calls it; llama.cpp names a model by its file."""
    if label or not name.lower().endswith(".gguf"):
        return label
    return PurePath(name.replace("\\", "/")).stem


def _first(*values: object) -> int:
    """The first number above 0, or 0."""
    return next((number for value in values if (number := as_number(value) or 0) > 0), 0)


def _inputs(kinds: object) -> frozenset[InputKind]:
    listed = cast("list[object]", kinds) if isinstance(kinds, list) else []
    known = {_INPUTS[kind] for kind in map(as_text, listed) if kind in _INPUTS}
    return frozenset({"text", *known})


def _prices(pricing: JsonObject) -> tuple[float | None, float | None]:
    """For a million tokens each; None for what is not said."""
    return _price(pricing.get("prompt")), _price(pricing.get("completion"))


def _price(value: object) -> float | None:
    try:
        price = float(value) if isinstance(value, str | int | float) else -1.0
    except ValueError:
        return None
    # Below 0 it depends on the model that a router chooses.
    return round(price * 1_000_000, 6) if 0 <= price < 1 else None


def _thinking(parameters: object) -> ThinkingKind:
    if not isinstance(parameters, list):
        return "unknown"
    return "optional" if "reasoning" in parameters else "none"
