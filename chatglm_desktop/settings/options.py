# SPDX-License-Identifier: MIT
"""Every option with its type, default and one line of help; knows no file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from chatglm_desktop.core.accounts import Account
from chatglm_desktop.core.export_choice import ExportChoice
from chatglm_desktop.core.generation import Generation
from chatglm_desktop.core.network import NetworkOptions

ThemeChoice: TypeAlias = Literal["system", "light", "dark", "high-contrast"]
Language: TypeAlias = Literal["system", "en", "zh"]
SendKey: TypeAlias = Literal["enter", "ctrl-enter"]
FollowMode: TypeAlias = Literal["follow", "screen", "never"]
CopyFormat: TypeAlias = Literal["markdown", "plain"]
PromptKind: TypeAlias = Literal["system", "snippet"]


@dataclass(frozen=True, slots=True)
class SavedPrompt:
    """A text with a name: a system prompt, or a snippet that ``/name`` puts into the composer.

    A snippet can hold ``{{variables}}``.
    """

    name: str
    text: str
    kind: PromptKind = "snippet"


@dataclass(frozen=True, slots=True)
class Options:
    """What the user can choose. The window's geometry is state and lies elsewhere."""

    theme: ThemeChoice = "system"
    language: Language = "system"
    send_key: SendKey = "enter"
    copy_format: CopyFormat = "markdown"
    follow: FollowMode = "follow"
    endpoint: str = ""
    onboarded: bool = False
    accounts: tuple[Account, ...] = ()
    default_account: str = "guest"
    recent_models: tuple[str, ...] = ()
    generation: Generation = field(default_factory=Generation)
    prompts: tuple[SavedPrompt, ...] = ()
    network: NetworkOptions = field(default_factory=NetworkOptions)
    key_file: bool = False
    engine_idle_minutes: int = 15
    model_files: tuple[str, ...] = ()
    show_metrics: bool = True
    paste_as_file: int = 10_000
    spell_check: bool = False
    export: ExportChoice = field(default_factory=ExportChoice)
    model_titles: bool = False
    notify: bool = False


HELP: Mapping[str, str] = {
    "theme": "The colours of the window.",
    "language": "The language of the window, from the next start on.",
    "send_key": "The key that sends a message; the other one begins a new line.",
    "copy_format": "What copied text is where it is pasted as plain text.",
    "follow": "How far a reply that arrives is followed: to its end, for one screen, or never.",
    "endpoint": "Another address of the guest service; empty means the usual one.",
    "onboarded": "Whether the first question has been answered.",
    "accounts": "The services that you have set up. Their keys are kept apart from the settings.",
    "default_account": "The service of a new conversation.",
    "recent_models": "The models that were chosen last.",
    "generation": "How replies are made unless a conversation says otherwise.",
    "prompts": "System prompts by name, and snippets to insert with “/”.",
    "network": "Proxy, certificates, and how long to wait.",
    "network.proxy_mode": "Hosts on this computer and in your network are asked without one.",
    "network.proxy_url": "http, https or socks5, as in socks5://127.0.0.1:1080.",
    "network.proxy_user": "Only for a proxy that asks who you are.",
    "network.ca_file": "Certificates to trust besides the system's, as a PEM file.",
    "network.connect": "Seconds until a connection is given up.",
    "network.first_token": "Seconds until a reply must have begun; models that think take long.",
    "network.first_token_local": "The same on this computer, which may load a model first.",
    "network.idle": "Seconds that a reply may pause in its middle.",
    "key_file": "Keep keys in a file that only you can read, where there is no keyring.",
    "engine_idle_minutes": "Minutes after which a model file that is not used leaves the memory.",
    "model_files": "The model files on this computer that you have chosen.",
    "show_metrics": "Tokens, speed and cost below each reply.",
    "paste_as_file": "Characters from which pasted text goes along as a file; 0 means never.",
    "spell_check": "Underlines unknown words, where the system has dictionaries (Enchant).",
    "export": "How conversations were exported last.",
    "model_titles": "One more short request after the first answer; otherwise its own words do.",
    "notify": "Tells when a reply ends that you do not see; only the title is shown.",
}
"""One line for each option and, by its place, for each part of one that the user can choose."""
