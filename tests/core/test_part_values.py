# SPDX-License-Identifier: MIT
"""Parts and failures survive as plain values; what this version does not know is left out."""

from __future__ import annotations

import json

import pytest

from chatglm_desktop.core.deltas import Image, Source
from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.messages import (
    AttachmentPart,
    ImagesPart,
    Part,
    ReasoningPart,
    SourcesPart,
    TextPart,
)
from chatglm_desktop.core.part_values import (
    failure_from_values,
    failure_values,
    known_parts,
    part_values,
)

PARTS: tuple[Part, ...] = (
    TextPart("天气"),
    ReasoningPart("hm", 1.5),
    SourcesPart((Source("https://a.example", "A", "…", "1"),)),
    ImagesPart((Image("https://a.example/i.png", 3, 4),)),
    AttachmentPart("a.txt", "text/plain", 5, "ab" * 32),
)


def test_parts_survive_as_json() -> None:
    values = json.loads(json.dumps([part_values(part) for part in PARTS]))
    assert tuple(known_parts(values)) == PARTS


def test_parts_of_another_kind_are_left_out() -> None:
    values = [{"type": "hologram"}, {"type": "text", "text": "kept", "colour": "red"}]
    assert tuple(known_parts(values)) == (TextPart("kept"),)


def test_a_part_without_its_values_is_refused() -> None:
    with pytest.raises(KeyError):
        tuple(known_parts([{"type": "text"}]))


def test_a_failure_survives_as_json_and_older_ones_are_read() -> None:
    failure = Failure("Busy", "w", 429, "d", 2.0, "h.example", "1302")
    values = json.loads(json.dumps(failure_values(failure)))
    assert failure_from_values(values) == failure
    del values["host"], values["code"]
    assert failure_from_values(values) == Failure("Busy", "w", 429, "d", 2.0)
