# SPDX-License-Identifier: MIT
"""What each kind of service takes with a model (protocol B.2, C.2); plain rules, asks nobody."""

from __future__ import annotations

from typing import assert_never

from chatglm_desktop.core.accounts import Account
from chatglm_desktop.core.generation import Abilities, Effort, OptionName
from chatglm_desktop.core.models import ModelInfo

_COMMON: frozenset[OptionName] = frozenset(
    {"system_prompt", "temperature", "top_p", "max_tokens", "stop"}
)
_THINKS: frozenset[str] = frozenset(
    {"ollama", "llama-cpp", "vllm", "sglang", "openrouter", "deepseek"}
)
_TAKES_EFFORT: frozenset[str] = frozenset({"openrouter", "ollama"})
_EFFORTS: tuple[Effort, ...] = ("low", "medium", "high")


def abilities(account: Account, model: ModelInfo) -> Abilities:
    """What ``account`` takes with ``model``."""
    match account.kind:
        case "guest" | "demo":
            return Abilities(frozenset({"system_prompt"}), history=False)
        case "glm":
            return _glm(model)
        case "openai":
            return _openai(account, model)
        case "local":
            return Abilities(_COMMON | {"thinking"}, tokens_most=model.most_output)
        case _:
            assert_never(account.kind)


def _glm(model: ModelInfo) -> Abilities:
    options = {*_COMMON, "web_search"}
    if model.thinking != "none":
        options.add("thinking")
    if model.efforts:
        options.add("effort")
    return Abilities(
        frozenset(options),
        temperature_most=1.0,
        stops_most=1,
        tokens_most=model.most_output,
        efforts=model.efforts,
        thinking_can_stop=model.thinking != "always",
        images="image" in model.inputs,
        uploads=True,
    )


def _openai(account: Account, model: ModelInfo) -> Abilities:
    preset = account.known_preset
    options = set(_COMMON)
    if preset.id in _THINKS and model.thinking != "none":
        options.add("thinking")
        if preset.id in _TAKES_EFFORT:
            options.add("effort")
    if preset.id == "openrouter":
        options.add("web_search")
    return Abilities(
        frozenset(options),
        tokens_most=model.most_output,
        efforts=_EFFORTS if "effort" in options else (),
        thinking_can_stop=model.thinking != "always",
        # Only OpenRouter's list tells what a model reads: elsewhere the server decides.
        images="image" in model.inputs or preset.id not in ("openrouter", "deepseek"),
    )
