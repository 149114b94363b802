# SPDX-License-Identifier: MIT
"""Every option is documented."""

from __future__ import annotations

from dataclasses import fields

import pytest

from chatglm_desktop.settings.options import HELP, Options
from chatglm_desktop.settings.preferences import Preferences


def test_every_option_has_help() -> None:
    names = [place for place in HELP if "." not in place]
    assert names == [option.name for option in fields(Options)]


@pytest.mark.parametrize("place", HELP)
def test_help_is_one_line_about_something_that_is_there(place: str) -> None:
    assert HELP[place].endswith(".")
    assert "\n" not in HELP[place]
    Preferences(Options(), lambda options: None).value(place)
