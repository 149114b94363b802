# SPDX-License-Identifier: MIT
"""Writes small GGUF files, whole or broken; knows no engine."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = "str | int | float | bool | Sequence[str] | Sequence[int]"


@dataclass(frozen=True, slots=True)
class Tensor:
    """Weights of one type at a place behind the header."""

    name: str = "token_embd.weight"
    dimensions: Sequence[int] = (32, 4)
    kind: int = 0
    offset: int = 0


def text(value: str) -> bytes:
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def pair(key: str, value: Value) -> bytes:
    match value:
        case str():
            return text(key) + struct.pack("<I", 8) + text(value)
        case bool():
            return text(key) + struct.pack("<IB", 7, value)
        case int():
            return text(key) + struct.pack("<II", 4, value)
        case float():
            return text(key) + struct.pack("<If", 6, value)
        case _ if value and isinstance(value[0], int):
            packed = struct.pack(f"<{len(value)}i", *value)
            return text(key) + struct.pack("<IIQ", 9, 5, len(value)) + packed
        case _:
            strings = b"".join(text(str(element)) for element in value)
            return text(key) + struct.pack("<IIQ", 9, 8, len(value)) + strings


def tensor(entry: Tensor) -> bytes:
    dimensions = struct.pack(f"<{len(entry.dimensions)}Q", *entry.dimensions)
    counted = struct.pack("<I", len(entry.dimensions)) + dimensions
    return text(entry.name) + counted + struct.pack("<IQ", entry.kind, entry.offset)


def header(
    pairs: Mapping[str, Value], tensors: Sequence[Tensor] = (Tensor(),), version: int = 3
) -> bytes:
    """All before the weights."""
    start = b"GGUF" + struct.pack("<IQQ", version, len(tensors), len(pairs))
    return start + b"".join(pair(*item) for item in pairs.items()) + b"".join(map(tensor, tensors))


def model(
    pairs: Mapping[str, Value], tensors: Sequence[Tensor] = (Tensor(),), weights: int = 512
) -> bytes:
    """A file with so many bytes of weights, aligned as files are."""
    head = header(pairs, tensors)
    return head + bytes(-len(head) % 32 + weights)


GLM_EDGE: Mapping[str, Value] = {
    "general.architecture": "chatglm",
    "general.type": "model",
    "general.name": "GLM Edge 1.5b Chat",
    "general.size_label": "1.5B",
    "general.tags": ["chat", "glm"],
    "chatglm.context_length": 8192,
    "chatglm.rope.freq_base": 10000.0,
    "tokenizer.ggml.tokens": ["<s>", "你好", ""],
    "tokenizer.ggml.token_type": [1, 2, 3],
    "tokenizer.ggml.add_bos_token": True,
    "tokenizer.chat_template": "[gMASK]<sop>{% for message in messages %}…",
}
"""What the header of a chat model looks like."""
