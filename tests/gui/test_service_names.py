# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from chatglm_desktop.core.accounts import DEMO, GUEST, PRESETS, Account
from chatglm_desktop.gui.service_names import preset_name, service_name
from chatglm_desktop.gui.strings import install_language


@pytest.mark.usefixtures("qapp")
def test_a_service_is_called_what_the_user_calls_it_or_what_it_is() -> None:
    for preset in PRESETS.values():
        assert preset_name(preset) == preset.label
    assert service_name(Account("a", "custom", "Cellar")) == "Cellar"


def test_kinds_are_named_in_chinese_and_makers_are_not(qapp: QApplication) -> None:
    translators = install_language(qapp, "zh")
    try:
        assert service_name(Account("a")) == "OpenAI 兼容服务器"
        assert service_name(DEMO) == "演示"
        assert service_name(GUEST) == "ChatGLM"
        assert service_name(Account("a", "ollama")) == "Ollama"
    finally:
        for translator in translators:
            qapp.removeTranslator(translator)
