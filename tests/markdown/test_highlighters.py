# SPDX-License-Identifier: MIT
"""A language is loaded in a thread, once, and then used at once."""

from __future__ import annotations

import threading

import pytest

from chatglm_desktop.markdown import highlighters as highlighters_module
from chatglm_desktop.markdown.highlight import Highlighter
from chatglm_desktop.markdown.highlighters import Highlighters


def wait_for_threads() -> None:
    for thread in threading.enumerate():
        if thread.name == "highlighter":
            thread.join()


def test_a_language_is_there_once_it_is_loaded() -> None:
    highlighters = Highlighters()
    assert highlighters.get("python") is None
    wait_for_threads()
    first, second = highlighters.get("python"), highlighters.get("python")
    assert first is not None
    assert second is not None
    assert first is not second
    assert first.feed(["def"]) == [((0, 3, "keyword"),)]


def test_languages_are_loaded_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    asked: list[tuple[str, threading.Thread]] = []

    def slow(language: str) -> Highlighter:
        asked.append((language, threading.current_thread()))
        go_on.wait(20)
        return Highlighter(language)

    monkeypatch.setattr(highlighters_module, "Highlighter", slow)
    highlighters = Highlighters()
    assert highlighters.get("python") is None
    assert highlighters.get("json") is None
    go_on.set()
    wait_for_threads()
    assert highlighters.get("json") is None
    wait_for_threads()
    assert [language for language, _ in asked] == ["python", "json"]
    assert threading.current_thread() not in {thread for _, thread in asked}
