# SPDX-License-Identifier: MIT
"""A client of AT-SPI, the way by which screen readers see programs on Linux; speaks dbus-send."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

_REFERENCE = re.compile(r'string "(:[\d.]+)"\s+object path "([^"]+)"')
_STRING = re.compile(r'string "(.*)"', re.DOTALL)
_NUMBER = re.compile(r"(?:u?int32) (-?\d+)")
_ROOT = "/org/a11y/atspi/accessible/root"


class Bus:
    """The bus of assistive technology that belongs to a session bus."""

    def __init__(self, session_address: str) -> None:
        self._address = session_address
        said = self.call("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus.GetAddress")
        self._address = _first(_STRING, said)

    def call(self, service: str, path: str, method: str, *arguments: str) -> str:
        """The reply as dbus-send writes it. Raises CalledProcessError for an error."""
        command = ["dbus-send", "--print-reply", f"--dest={service}", path, method, *arguments]
        environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": self._address}
        return subprocess.run(
            [command[0], "--session", *command[1:]],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=20,
        ).stdout

    def programs(self) -> list[Node]:
        """Every program that can be read."""
        return Node(self, "org.a11y.atspi.Registry", _ROOT).children()


@dataclass(frozen=True, slots=True)
class Node:
    """Something that a screen reader can name."""

    bus: Bus
    service: str
    path: str

    def ask(self, method: str, *arguments: str) -> str:
        """``method`` is an interface and its method, without their common beginning."""
        return self.bus.call(self.service, self.path, f"org.a11y.atspi.{method}", *arguments)

    def children(self) -> list[Node]:
        found = _REFERENCE.findall(self.ask("Accessible.GetChildren"))
        return [Node(self.bus, service, path) for service, path in found]

    def below(self) -> Iterator[Node]:
        """This and everything in it."""
        yield self
        for child in self.children():
            yield from child.below()

    @property
    def role(self) -> str:
        return _first(_STRING, self.ask("Accessible.GetRoleName"))

    @property
    def name(self) -> str:
        return _first(_STRING, self._property("Name"))

    @property
    def description(self) -> str:
        return _first(_STRING, self._property("Description"))

    @property
    def caret(self) -> int:
        return int(_first(_NUMBER, self._property("CaretOffset", "Text")))

    @property
    def text(self) -> str:
        return _first(_STRING, self.ask("Text.GetText", "int32:0", "int32:-1"))

    @property
    def actions(self) -> list[str]:
        """What can be done, in order."""
        listed = self.ask("Action.GetActions")
        return re.findall(r'struct \{\s+string "([^"]*)"', listed)

    def number(self, method: str, *arguments: str) -> int:
        """The first number of a reply."""
        return int(_first(_NUMBER, self.ask(method, *arguments)))

    def _property(self, name: str, interface: str = "Accessible") -> str:
        """A property as dbus-send writes it."""
        return self.bus.call(
            self.service,
            self.path,
            "org.freedesktop.DBus.Properties.Get",
            f"string:org.a11y.atspi.{interface}",
            f"string:{name}",
        )


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    assert found is not None, text
    return found[1]
