# SPDX-License-Identifier: MIT
"""Where secrets can be, and secrets in memory; knows no keyring and no file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias, assert_never

from chatglm_desktop.core.secrets import Secret

SecretPlace: TypeAlias = Literal["keyring", "file", "memory"]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where secrets are; ``name`` is that of the keyring, or the file's path."""

    place: SecretPlace
    name: str = ""

    def __str__(self) -> str:
        match self.place:
            case "keyring":
                return f"in the system's keyring ({self.name})"
            case "file":
                return f"in a file that only you can read ({self.name})"
            case "memory":
                return "in memory until the program ends: this system has no keyring"
            case _:
                assert_never(self.place)


class Secrets(Protocol):
    """Keeps secrets by name. Nothing is raised: None or False say that it did not work."""

    def get(self, name: str) -> Secret | None: ...

    def set(self, name: str, secret: Secret) -> bool: ...

    def delete(self, name: str) -> bool: ...

    def describe(self) -> Whereabouts: ...


class ListedSecrets(Secrets, Protocol):
    """Secrets that can be moved elsewhere, because their names are known."""

    def names(self) -> tuple[str, ...]: ...


class MemorySecrets:
    """Forgets everything when the program ends."""

    def __init__(self) -> None:
        self._secrets: dict[str, Secret] = {}

    def get(self, name: str) -> Secret | None:
        return self._secrets.get(name)

    def set(self, name: str, secret: Secret) -> bool:
        self._secrets[name] = secret
        return True

    def delete(self, name: str) -> bool:
        return self._secrets.pop(name, None) is not None

    def names(self) -> tuple[str, ...]:
        return tuple(self._secrets)

    def describe(self) -> Whereabouts:
        return Whereabouts("memory")


def move(source: ListedSecrets, target: Secrets) -> bool:
    """Move all secrets, or none if ``target`` does not take them all; whether it did."""
    names = source.names()
    if not all(_copy(name, source, target) for name in names):
        return False
    for name in names:
        source.delete(name)
    return True


def _copy(name: str, source: Secrets, target: Secrets) -> bool:
    secret = source.get(name)
    return secret is None or target.set(name, secret)
