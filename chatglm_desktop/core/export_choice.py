# SPDX-License-Identifier: MIT
"""How an export is wanted, as the settings remember it; apart, as they are read so early."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

ExportFormat: TypeAlias = Literal["markdown", "html", "pdf", "json", "text"]


@dataclass(frozen=True, slots=True)
class ExportContents:
    """What besides questions and answers is written. JSON has everything in any case."""

    thinking: bool = False
    times: bool = True
    model: bool = True


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What was chosen last: the form, what is written, and into which ``folder``, "" for none."""

    format: ExportFormat = "markdown"
    contents: ExportContents = field(default_factory=ExportContents)
    zipped: bool = False
    folder: str = ""
