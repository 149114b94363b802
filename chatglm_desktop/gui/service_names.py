# SPDX-License-Identifier: MIT
"""What services are called in the user's language; makers' names stay as they are."""

from __future__ import annotations

from chatglm_desktop.core.accounts import Account, Preset
from chatglm_desktop.gui.strings import tr


def service_name(account: Account) -> str:
    """What the user calls it, or else its kind."""
    return account.label or preset_name(account.known_preset)


def preset_name(preset: Preset) -> str:
    """What a kind of service is called."""
    names = {
        "custom": tr("OpenAI-compatible server"),
        "local": tr("Model file on this computer"),
        "demo": tr("Demo"),
    }
    return names.get(preset.id, preset.label)
