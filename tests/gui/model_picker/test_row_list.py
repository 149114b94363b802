# SPDX-License-Identifier: MIT
"""The rows of the list of models as Qt and screen readers see them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from chatglm_desktop.chat.model_rows import (
    FailureRow,
    GroupRow,
    ModelRow,
    Row,
    TypedRow,
)
from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.gui.model_picker.row_list import RowListModel, short_size, spoken, tip, words
from tests.helpers.accounts import GLM, OLLAMA, TABLE

NEWEST, VISION, FREE, OLD = TABLE["bigmodel"]
ROWS: list[Row] = [
    GroupRow(None),
    GroupRow(GLM, loading=True),
    ModelRow(GLM, VISION, chosen=True),
    ModelRow(GLM, OLD),
    ModelRow(OLLAMA, ModelInfo("")),
    FailureRow(OLLAMA, Failure("ServerNotRunning", host="localhost:11434", words="refused")),
    TypedRow(OLLAMA, "qwen3:8b"),
]


def test_keeps_the_rules_of_a_qt_model(qtmodeltester: object) -> None:
    model = RowListModel()
    model.set_rows(ROWS, room=40)
    qtmodeltester.check(model)  # type: ignore[attr-defined] # the plugin's fixture has no type


def test_only_names_of_groups_and_the_room_cannot_be_chosen() -> None:
    model = RowListModel()
    model.set_rows(ROWS, room=40)
    able = [bool(model.flags(model.index(row)) & Qt.ItemFlag.ItemIsEnabled) for row in range(8)]
    assert able == [False, False, True, True, True, True, True, False]


@pytest.mark.parametrize(
    ("row", "shown", "said"),
    [
        (ROWS[0], "Recent", "Recent"),
        (ROWS[1], "GLM (open.bigmodel.cn)", "GLM (open.bigmodel.cn), Asking for the list…"),
        (
            ROWS[2],
            "GLM-4.6V-Flash",
            "GLM-4.6V-Flash, GLM (open.bigmodel.cn), in use, free, reads pictures, thinks, "
            "128K tokens of context",
        ),
        (
            ROWS[3],
            "GLM-4-Flash",
            "GLM-4-Flash, GLM (open.bigmodel.cn), retired; its successor is glm-4.7-flash, free",
        ),
        (ROWS[4], "Default model", "Default model, My Ollama"),
        (
            ROWS[5],
            "No list: No server is running at localhost:11434.",
            "No list: No server is running at localhost:11434. Try again",
        ),
        (ROWS[6], "Use “qwen3:8b” with My Ollama", "Use “qwen3:8b” with My Ollama"),
    ],
)
def test_rows_in_words(row: Row, shown: str, said: str) -> None:
    assert words(row) == shown
    assert spoken(row) == said


def test_a_tip_says_what_has_no_room() -> None:
    assert tip(ROWS[2]).startswith("glm-4.6v-flash\nGLM (open.bigmodel.cn)\nfree")
    assert tip(ROWS[5]).endswith("The service says: refused\nEnter asks again.")
    assert tip(FailureRow(GLM, Failure("TimedOut"))).count("\n") == 1
    assert tip(ROWS[0]) == ""
    assert tip(ModelRow(GLM, ModelInfo("x", retired=True))).endswith("retired")


@pytest.mark.parametrize(
    ("tokens", "size"),
    [
        (512, "512"),
        (8192, "8K"),
        (131_072, "128K"),
        (128_000, "128K"),
        (200_000, "200K"),
        (202_752, "198K"),
        (1_048_576, "1M"),
        (1_000_000, "1M"),
        (1_500_000, "1.5M"),
        (1500, "1.5K"),
    ],
)
def test_sizes_are_short(tokens: int, size: str) -> None:
    assert short_size(tokens) == size
