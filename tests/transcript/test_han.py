# SPDX-License-Identifier: MIT
"""Chinese words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.transcript.han import HAN, han_words


@pytest.mark.parametrize(
    "words",
    [
        "我们 今天 去 北京 大学 参加 人工 智能 会议",
        "天气 很 好",
        "这 是 一个 测试 文本",
        "机器 学习 是 人工 智能 的 一个 重要 分支",
        "选择 的 文字 可以 复制 到 剪贴板",
        "为什么 不",
        "的",
        "图书馆",
    ],
)
def test_a_run_is_cut_into_words(words: str) -> None:
    assert han_words(words.replace(" ", "")) == words.split()


@settings(deadline=None, max_examples=100)
@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4FFF)))
def test_nothing_is_lost_between_words(run: str) -> None:
    words = han_words(run)
    assert "".join(words) == run
    assert all(words)


def test_runs_end_at_punctuation_and_other_scripts() -> None:
    assert HAN.findall("你好，GLM 世界。ひらがな漢字") == ["你好", "世界", "漢字"]
