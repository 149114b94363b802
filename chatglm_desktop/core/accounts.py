# SPDX-License-Identifier: MIT
"""The services that a user has set up, as values; knows no key and no network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from chatglm_desktop.core.generation import Generation

ServiceKind: TypeAlias = Literal["guest", "glm", "openai", "local", "demo"]
KeyNeed: TypeAlias = Literal["needed", "optional", "none"]
AccountProxy: TypeAlias = Literal["default", "off", "system", "custom"]


@dataclass(frozen=True, slots=True)
class Preset:
    """A kind of server with its usual address; ``key_page`` is where a key is made.

    ``billing_page`` is where money is added, ``in_flight`` how many requests may run at the same
    time.
    """

    id: str
    label: str
    kind: ServiceKind
    base_url: str = ""
    key: KeyNeed = "none"
    key_page: str = ""
    in_flight: int = 4
    billing_page: str = ""


_PRESETS = (
    Preset("guest", "ChatGLM", "guest", in_flight=1),
    Preset(
        "bigmodel",
        "GLM (open.bigmodel.cn)",
        "glm",
        "https://open.bigmodel.cn/api/paas/v4",
        "needed",
        "https://open.bigmodel.cn/usercenter/apikeys",
        2,
        "https://open.bigmodel.cn/finance/overview",
    ),
    Preset(
        "zai",
        "GLM (z.ai)",
        "glm",
        "https://api.z.ai/api/paas/v4",
        "needed",
        "https://z.ai/manage-apikey/apikey-list",
        2,
        "https://z.ai/manage-apikey/billing",
    ),
    Preset(
        "bigmodel-coding",
        "GLM Coding Plan (open.bigmodel.cn)",
        "glm",
        "https://open.bigmodel.cn/api/coding/paas/v4",
        "needed",
        "https://open.bigmodel.cn/usercenter/apikeys",
        2,
        "https://open.bigmodel.cn/finance/overview",
    ),
    Preset(
        "zai-coding",
        "GLM Coding Plan (z.ai)",
        "glm",
        "https://api.z.ai/api/coding/paas/v4",
        "needed",
        "https://z.ai/manage-apikey/apikey-list",
        2,
        "https://z.ai/manage-apikey/billing",
    ),
    Preset("ollama", "Ollama", "openai", "http://localhost:11434/v1"),
    Preset("lm-studio", "LM Studio", "openai", "http://localhost:1234/v1", "optional"),
    Preset("llama-cpp", "llama.cpp", "openai", "http://127.0.0.1:8080/v1", "optional"),
    Preset("vllm", "vLLM", "openai", "http://localhost:8000/v1", "optional"),
    Preset("sglang", "SGLang", "openai", "http://localhost:30000/v1", "optional"),
    Preset(
        "openrouter",
        "OpenRouter",
        "openai",
        "https://openrouter.ai/api/v1",
        "needed",
        "https://openrouter.ai/settings/keys",
        billing_page="https://openrouter.ai/settings/credits",
    ),
    Preset(
        "deepseek",
        "DeepSeek",
        "openai",
        "https://api.deepseek.com",
        "needed",
        "https://platform.deepseek.com/api_keys",
        billing_page="https://platform.deepseek.com/top_up",
    ),
    Preset("custom", "OpenAI-compatible server", "openai", "", "optional"),
    Preset("local", "Model file on this computer", "local", in_flight=1),
    Preset("demo", "Demo", "demo"),
)
PRESETS: Mapping[str, Preset] = {preset.id: preset for preset in _PRESETS}
"""By id, in the order in which they are offered."""


def preset_at(host: str) -> Preset | None:
    """The first preset whose API is at ``host``; None for a host that has none."""
    found = (preset for preset in _PRESETS if preset.base_url)
    return next((p for p in found if host and urlsplit(p.base_url).netloc == host), None)


@dataclass(frozen=True, slots=True)
class Account:
    """One service as it was set up; its key, if it has one, lies in the keyring under ``id``.

    Empty texts mean what the preset says. For a model file ``model`` is its path.
    """

    id: str
    preset: str = "custom"
    label: str = ""
    base_url: str = ""
    model: str = ""
    proxy: AccountProxy = "default"
    in_flight: int = 0

    @property
    def known_preset(self) -> Preset:
        """Its preset; that of any server for one that this version does not know."""
        return PRESETS.get(self.preset, PRESETS["custom"])

    @property
    def kind(self) -> ServiceKind:
        return self.known_preset.kind

    @property
    def name(self) -> str:
        """What the user calls it."""
        return self.label or self.known_preset.label

    @property
    def address(self) -> str:
        """The base address of its API, without a slash at the end; "" if it has none."""
        return (self.base_url or self.known_preset.base_url).rstrip("/")

    @property
    def most_in_flight(self) -> int:
        """How many requests may run at the same time."""
        # A file written by hand can hold any number.
        return self.in_flight if self.in_flight > 0 else self.known_preset.in_flight


GUEST = Account("guest", "guest")
DEMO = Account("demo", "demo")
BUILT_IN = (GUEST, DEMO)
"""The accounts that are there without being set up."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What one conversation talks to, and how; an empty text means the default.

    ``generation`` holds only what differs from the user's defaults.
    """

    account_id: str = ""
    model: str = ""
    generation: Generation = field(default_factory=Generation)
