# SPDX-License-Identifier: MIT
"""How a reply is to be made: the options, and which of them a service takes; knows no service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal, TypeAlias

Thinking: TypeAlias = Literal["on", "off"]
Effort: TypeAlias = Literal["low", "medium", "high", "max"]
OptionName: TypeAlias = Literal[
    "system_prompt",
    "temperature",
    "top_p",
    "max_tokens",
    "thinking",
    "effort",
    "web_search",
    "stop",
]


@dataclass(frozen=True, slots=True)
class Generation:
    """Every option of a reply; None leaves the choice to whoever comes next, last the service."""

    system_prompt: str | None = None
    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    thinking: Thinking | None = None
    effort: Effort | None = None
    web_search: bool | None = None
    stop: tuple[str, ...] | None = None

    def over(self, defaults: Generation) -> Generation:
        """These choices, and those of ``defaults`` where there is none."""
        chosen = {name: value for name, value in _values(self).items() if value is not None}
        return replace(defaults, **chosen)  # type: ignore[arg-type] # the types are the fields' own


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a service takes with one of its models.

    ``temperature_most`` is its highest temperature, ``stops_most`` how many stop texts it takes,
    ``tokens_most`` the longest reply in tokens (0 if that is not known).
    """

    options: frozenset[OptionName] = frozenset()
    temperature_most: float = 2.0
    stops_most: int = 4
    tokens_most: int = 0
    efforts: tuple[Effort, ...] = ()
    thinking_can_stop: bool = True
    images: bool = False
    uploads: bool = False
    history: bool = True


PROBLEMS: Mapping[OptionName, str] = {
    "temperature": "The temperature must be between 0 and {most}.",
    "top_p": "Top-p must be between 0.01 and {most}.",
    "max_tokens": "Between 1 and {most} tokens are possible.",
    "stop": "This service takes at most {most} stop texts.",
    "thinking": "This model always thinks.",
    "effort": "This model does not know that effort.",
}
"""What can be wrong with an option, as catalogue keys."""


@dataclass(frozen=True, slots=True)
class OptionProblem:
    """Why a service would refuse an option; ``words`` is a catalogue key with ``{most}``."""

    option: OptionName
    words: str
    most: float = 0


def problems(generation: Generation, abilities: Abilities) -> tuple[OptionProblem, ...]:
    """What the service would refuse of the options that are sent to it."""
    sent = supported(generation, abilities)
    most: dict[OptionName, float] = {}
    if not _within(sent.temperature, 0, abilities.temperature_most):
        most["temperature"] = abilities.temperature_most
    if not _within(sent.top_p, 0.01, 1):
        most["top_p"] = 1
    tokens_most = abilities.tokens_most or 10_000_000
    if not _within(sent.max_tokens, 1, tokens_most):
        most["max_tokens"] = tokens_most
    if len(sent.stop or ()) > abilities.stops_most:
        most["stop"] = abilities.stops_most
    if sent.thinking == "off" and not abilities.thinking_can_stop:
        most["thinking"] = 0
    if sent.effort is not None and sent.effort not in abilities.efforts:
        most["effort"] = 0
    return tuple(OptionProblem(name, PROBLEMS[name], limit) for name, limit in most.items())


def supported(generation: Generation, abilities: Abilities) -> Generation:
    """The options that the service takes; others are left out."""
    values = _values(generation)
    left_out = {name: None for name in values if name not in abilities.options}
    return replace(generation, **left_out)


def _values(generation: Generation) -> dict[str, object]:
    return {field.name: getattr(generation, field.name) for field in fields(generation)}


def _within(value: float | None, least: float, most: float) -> bool:
    return value is None or least <= value <= most
