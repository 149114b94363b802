# SPDX-License-Identifier: MIT
"""What is changed is told once, kept, and can be taken back."""

from __future__ import annotations

import pytest

from chatglm_desktop.core.generation import Generation
from chatglm_desktop.core.network import NetworkOptions
from chatglm_desktop.settings.options import Options
from chatglm_desktop.settings.preferences import Preferences


class Record:
    """Preferences, what they told and what they kept."""

    def __init__(self, options: Options | None = None) -> None:
        self.kept: list[Options] = []
        self.told: list[frozenset[str]] = []
        self.preferences = Preferences(options or Options(), self.kept.append)
        self.preferences.changed.connect(self.told.append)


def test_a_change_is_kept_and_told_by_name() -> None:
    record = Record()
    record.preferences.change(theme="dark", language="zh")
    assert record.preferences.options == Options(theme="dark", language="zh")
    assert record.kept == [record.preferences.options]
    assert record.told == [{"theme", "language"}]


def test_whoever_is_told_finds_the_new_value() -> None:
    preferences = Preferences(Options(), lambda options: None)
    found: list[object] = []
    preferences.changed.connect(lambda names: found.append(preferences.options.theme))
    preferences.change(theme="dark")
    assert found == ["dark"]


def test_the_same_value_is_no_change() -> None:
    record = Record()
    record.preferences.change(theme="system", network=NetworkOptions())
    record.preferences.put("network.idle", NetworkOptions().idle)
    assert (record.kept, record.told) == ([], [])


def test_an_unknown_name_is_an_error() -> None:
    record = Record()
    with pytest.raises(TypeError):
        record.preferences.change(colour="red")
    with pytest.raises(TypeError):
        record.preferences.put("network.colour", "red")
    with pytest.raises(AttributeError):
        record.preferences.value("network.colour")
    assert record.kept == []


def test_a_part_of_an_option_has_a_place_of_its_own() -> None:
    record = Record()
    preferences = record.preferences
    assert preferences.is_default("network.connect")
    preferences.put("network.connect", 5.0)
    assert preferences.value("network.connect") == 5.0
    assert not preferences.is_default("network.connect")
    assert preferences.is_default("network.idle")
    assert preferences.options.network == NetworkOptions(connect=5.0)
    assert record.told == [{"network"}]


def test_several_places_change_at_once() -> None:
    record = Record()
    record.preferences.put_all(
        {"network.connect": 5.0, "network.idle": 9.0, "theme": "dark", "generation.top_p": 0.5}
    )
    assert record.preferences.options == Options(
        theme="dark",
        network=NetworkOptions(connect=5.0, idle=9.0),
        generation=Generation(top_p=0.5),
    )
    assert record.told == [{"network", "theme", "generation"}]


def test_a_reset_can_be_taken_back() -> None:
    chosen = Options(theme="dark", language="zh", network=NetworkOptions(connect=5.0, idle=9.0))
    preferences = Record(chosen).preferences
    before = preferences.reset(["theme", "send_key", "network.connect"])
    assert before == {"theme": "dark", "network.connect": 5.0}
    assert preferences.options == Options(language="zh", network=NetworkOptions(idle=9.0))
    preferences.put_all(before)
    assert preferences.options == chosen
