# SPDX-License-Identifier: MIT
"""What is known of a remote language model, and how lists of them are joined; no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from chatglm_desktop.core.generation import Effort

InputKind: TypeAlias = Literal["text", "image", "video", "file"]
ThinkingKind: TypeAlias = Literal["unknown", "none", "optional", "always"]


_NO_CHAT = ("embed", "rerank", "bge-", "whisper", "-tts")
"""Parts of the names of models that do something else."""


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """One model. ``context`` and ``most_output`` are in tokens, 0 if not known.

    Prices are in US dollars for a million tokens, None if not known. A ``retired`` model no
    longer answers; ``successor`` is the one that its maker names.
    """

    id: str
    label: str = ""
    context: int = 0
    most_output: int = 0
    inputs: frozenset[InputKind] = frozenset({"text"})
    free: bool = False
    prompt_price: float | None = None
    completion_price: float | None = None
    thinking: ThinkingKind = "unknown"
    efforts: tuple[Effort, ...] = ()
    retired: bool = False
    successor: str = ""

    @property
    def name(self) -> str:
        """What a person calls it; a model file by its name without the folders."""
        file = re.split(r"[/\\]", self.id)[-1]
        return self.label or (file if file.endswith(".gguf") else self.id)


def join_models(known: Iterable[ModelInfo], listed: Iterable[ModelInfo]) -> tuple[ModelInfo, ...]:
    """All models of both, known ones first; what a list says beyond what is known is taken over.

    A service's own list is incomplete and says little, so what is known of a model stays.
    """
    joined = {model.id: model for model in known}
    for model in sorted(listed, key=lambda model: model.id.casefold()):
        before = joined.get(model.id)
        joined[model.id] = model if before is None else _completed(before, model)
    return tuple(joined.values())


def _completed(known: ModelInfo, listed: ModelInfo) -> ModelInfo:
    return replace(
        known,
        context=known.context or listed.context,
        most_output=known.most_output or listed.most_output,
        inputs=known.inputs | listed.inputs,
        # A service that lists a model still offers it.
        retired=False,
    )


def chats(model: ModelInfo) -> bool:
    """Whether a model answers questions, as far as its name tells: some only measure texts."""
    name = model.id.casefold()
    return not any(part in name for part in _NO_CHAT)
