# SPDX-License-Identifier: MIT
from __future__ import annotations

from typing import Any

import pytest

from chatglm_desktop.core.accounts import PRESETS
from chatglm_desktop.core.errors import FileRefused
from chatglm_desktop.core.generation import Generation
from chatglm_desktop.core.provider import RequestFile, RequestMessage
from chatglm_desktop.providers.openai_request import DIALECTS, chat_body, dialect_of

HI: list[RequestMessage] = [{"role": "user", "content": "Hi"}]
PICTURE = RequestFile("cat.png", "image/png", b"\x89PNG")


def body(preset: str, host: str = "", **options: Any) -> dict[str, Any]:
    """What is sent beyond the model, the messages and the wish for a stream."""
    whole = chat_body("m", HI, Generation(**options), dialect_of(preset), host=host)
    assert whole.pop("messages") == HI
    assert whole.pop("model") == "m"
    assert whole.pop("stream") is True
    return whole


def test_every_preset_of_a_server_has_a_dialect() -> None:
    spoken = {preset.id for preset in PRESETS.values() if preset.kind in ("glm", "openai", "local")}
    assert {*DIALECTS} == spoken - {"custom"}


@pytest.mark.parametrize("preset", ["bigmodel", "zai", "openrouter", "deepseek"])
def test_who_counts_unasked_is_not_asked_to(preset: str) -> None:
    assert body(preset) == {}


@pytest.mark.parametrize("preset", ["ollama", "lm-studio", "llama-cpp", "vllm", "custom", "new"])
def test_others_are_asked_to_count(preset: str) -> None:
    assert body(preset) == {"stream_options": {"include_usage": True}}


def test_options_that_all_take() -> None:
    options: dict[str, Any] = {
        "temperature": 1.5,
        "top_p": 0.9,
        "max_tokens": 100,
        "stop": ("a", "b"),
    }
    sent = body("deepseek", system_prompt="is a message", **options)
    assert sent == {"temperature": 1.5, "top_p": 0.9, "max_tokens": 100, "stop": ["a", "b"]}
    assert body("bigmodel", **options) == sent | {"temperature": 1.0, "stop": ["a"]}
    assert body("deepseek", stop=()) == {}


@pytest.mark.parametrize(
    ("preset", "on", "off", "effort"),
    [
        (
            "bigmodel",
            {"thinking": {"type": "enabled"}},
            {"thinking": {"type": "disabled"}},
            {"reasoning_effort": "high"},
        ),
        (
            "deepseek",
            {"thinking": {"type": "enabled"}},
            {"thinking": {"type": "disabled"}},
            {"reasoning_effort": "high"},
        ),
        (
            "openrouter",
            {"reasoning": {"enabled": True}},
            {"reasoning": {"enabled": False}},
            {"reasoning": {"effort": "high"}},
        ),
    ],
)
def test_thinking_in_the_words_of_those_that_count_unasked(
    preset: str, on: object, off: object, effort: object
) -> None:
    assert body(preset, thinking="on") == on
    assert body(preset, thinking="off") == off
    assert body(preset, thinking="off", effort="high") == off
    assert body(preset, effort="high") == effort


@pytest.mark.parametrize("preset", ["vllm", "sglang", "llama-cpp", "local"])
def test_thinking_as_a_switch_of_the_template(preset: str) -> None:
    assert body(preset, thinking="on")["chat_template_kwargs"] == {"enable_thinking": True}
    assert body(preset, thinking="off")["chat_template_kwargs"] == {"enable_thinking": False}
    assert "chat_template_kwargs" not in body(preset)


def test_thinking_as_an_effort() -> None:
    assert body("ollama", thinking="off", effort="high")["reasoning_effort"] == "none"
    assert body("ollama", thinking="on")["reasoning_effort"] == "medium"
    assert body("ollama", thinking="on", effort="low")["reasoning_effort"] == "low"
    assert "reasoning_effort" not in body("ollama")


def test_a_server_without_a_switch_is_not_told_of_thinking() -> None:
    assert body("lm-studio", thinking="on", effort="high") == body("lm-studio")


def test_both_thinking_and_its_effort_for_glm() -> None:
    sent = body("zai", thinking="on", effort="max")
    assert sent == {"thinking": {"type": "enabled"}, "reasoning_effort": "max"}


def test_searching_the_web() -> None:
    search = {"enable": True, "search_engine": "search_std", "search_result": True}
    tools = [{"type": "web_search", "web_search": search}]
    assert body("bigmodel", "open.bigmodel.cn", web_search=True) == {"tools": tools}
    sent = body("zai", "api.z.ai", web_search=True)
    assert sent["tools"][0]["web_search"]["search_engine"] == "search_pro_jina"
    assert body("openrouter", web_search=True) == {"plugins": [{"id": "web"}]}
    assert body("deepseek", web_search=True) == {}
    assert body("bigmodel", web_search=False) == {}


def test_a_model_that_is_not_chosen_is_not_named() -> None:
    sent = chat_body("", HI, Generation(), dialect_of("llama-cpp"))
    assert "model" not in sent


def test_pictures_go_along_as_data() -> None:
    messages: list[RequestMessage] = [
        {"role": "user", "content": "What is it?", "files": [PICTURE]},
        {"role": "assistant", "content": "A cat.", "files": []},
        {"role": "user", "content": "", "files": [PICTURE]},
    ]
    sent = chat_body("m", messages, Generation(), dialect_of("ollama"))["messages"]
    image = {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw=="}}
    assert sent == [
        {"role": "user", "content": [{"type": "text", "text": "What is it?"}, image]},
        {"role": "assistant", "content": "A cat."},
        {"role": "user", "content": [image]},
    ]


@pytest.mark.parametrize(
    ("preset", "file", "words"),
    [
        ("ollama", RequestFile("a.gif", "image/gif", b"x"), "a.gif: image/gif"),
        ("bigmodel", RequestFile("a.webp", "image/webp", b"x"), "a.webp: image/webp"),
        ("bigmodel", RequestFile("a.png", "image/png", bytes(5_000_001)), "a.png: > 5 MB"),
        ("custom", RequestFile("a.pdf", "application/pdf", b"x"), "a.pdf: application/pdf"),
    ],
)
def test_a_file_that_the_server_does_not_read_is_refused_by_name(
    preset: str, file: RequestFile, words: str
) -> None:
    message: RequestMessage = {"role": "user", "content": "", "files": [file]}
    with pytest.raises(FileRefused) as caught:
        chat_body("m", [message], Generation(), dialect_of(preset))
    assert caught.value.words == words
