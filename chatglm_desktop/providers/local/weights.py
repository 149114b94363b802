# SPDX-License-Identifier: MIT
"""How many bytes the weights of a tensor take, by the type in which they are stored."""

from __future__ import annotations

_BLOCKS: dict[int, tuple[int, int]] = {
    0: (1, 4),  # F32
    1: (1, 2),  # F16
    2: (32, 18),  # Q4_0
    3: (32, 20),  # Q4_1
    6: (32, 22),  # Q5_0
    7: (32, 24),  # Q5_1
    8: (32, 34),  # Q8_0
    10: (256, 84),  # Q2_K
    11: (256, 110),  # Q3_K
    12: (256, 144),  # Q4_K
    13: (256, 176),  # Q5_K
    14: (256, 210),  # Q6_K
    20: (32, 18),  # IQ4_NL
    23: (256, 136),  # IQ4_XS
    24: (1, 1),  # I8
    25: (1, 2),  # I16
    26: (1, 4),  # I32
    27: (1, 8),  # I64
    28: (1, 8),  # F64
    30: (1, 2),  # BF16
    39: (32, 17),  # MXFP4
}
"""Weights in a block, and bytes of it, by the number of the type in GGUF files."""


def size_of(kind: int, weights: int) -> int:
    """Bytes of so many weights of a type; 0 for one that is not known here."""
    block, size = _BLOCKS.get(kind, (1, 0))
    return weights // block * size
