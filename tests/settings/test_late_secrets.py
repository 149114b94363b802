# SPDX-License-Identifier: MIT
from __future__ import annotations

from chatglm_desktop.settings.late_secrets import LateSecrets
from chatglm_desktop.settings.secrets import MemorySecrets, Secret, Secrets


def test_secrets_are_opened_with_the_first_question_and_once() -> None:
    opened: list[MemorySecrets] = []

    def open_secrets() -> Secrets:
        opened.append(MemorySecrets())
        return opened[-1]

    secrets = LateSecrets(open_secrets)
    assert opened == []
    assert secrets.get("a") is None
    assert secrets.set("a", Secret("x"))
    assert secrets.get("a") == Secret("x")
    assert secrets.delete("a")
    assert not secrets.delete("a")
    assert secrets.describe() == opened[0].describe()
    assert len(opened) == 1
