# SPDX-License-Identifier: MIT
"""What options are called, and their values in words; knows no widget."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from PySide6.QtCore import QLocale

from chatglm_desktop.core.generation import (
    Abilities,
    Effort,
    Generation,
    OptionName,
    OptionProblem,
    problems,
)
from chatglm_desktop.gui.strings import tr


def option_label(name: OptionName) -> str:
    """What an option is called."""
    labels: dict[OptionName, str] = {
        "system_prompt": tr("System prompt"),
        "temperature": tr("Temperature"),
        "top_p": tr("Top-p"),
        "max_tokens": tr("Longest reply"),
        "thinking": tr("Thinking"),
        "effort": tr("Effort"),
        "web_search": tr("Web search"),
        "stop": tr("Stop texts"),
    }
    return labels[name]


def option_help(name: OptionName) -> str:
    """One line about what an option does."""
    lines: dict[OptionName, str] = {
        "system_prompt": tr(
            "What the model is told before the conversation: who it is, how to answer."
        ),
        "temperature": tr("Low values keep to the likely words, high ones vary more."),
        "top_p": tr("Only the likeliest words that make up this share are drawn from."),
        "max_tokens": tr("In tokens. A reply ends there, even in the middle of a sentence."),
        "thinking": tr("The model reasons before it answers: better, but later."),
        "effort": tr("How long the model may reason."),
        "web_search": tr("The service looks things up and names its sources."),
        "stop": tr("One a line. The reply ends before the first of them."),
    }
    return lines[name]


def effort_label(effort: Effort) -> str:
    """What an effort is called."""
    match effort:
        case "low":
            return tr("Low")
        case "medium":
            return tr("Medium")
        case "high":
            return tr("High")
        case "max":
            return tr("Highest")
        case _:
            assert_never(effort)


def problem_words(problem: OptionProblem) -> str:
    """What is wrong with an option."""
    return tr(problem.words, most=number(problem.most))


def found_problems(generation: Generation, abilities: Abilities) -> Mapping[OptionName, str]:
    """What the service would refuse, in words, by the option."""
    return {found.option: problem_words(found) for found in problems(generation, abilities)}


def number(value: float) -> str:
    """A number as it is written in English, which Chinese shares."""
    if value == int(value):
        return QLocale(QLocale.Language.English).toString(int(value))
    return f"{value:g}"


def default_words(name: OptionName, defaults: Generation) -> str:
    """What stands where a conversation has no choice of its own: the default, if there is one."""
    value: object = getattr(defaults, name)
    if value is None:
        return tr("Left to the service")
    return tr("Default: {value}", value=_value_words(value))


def _value_words(value: object) -> str:
    match value:
        case True | "on":
            return tr("on")
        case False | "off":
            return tr("off")
        case "low" | "medium" | "high" | "max":
            return effort_label(value)
        case int() | float():
            return number(value)
        case tuple():
            return ", ".join(map(str, value))
        case _:
            return str(value)
