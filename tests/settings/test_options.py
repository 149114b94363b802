# SPDX-License-Identifier: MIT
"""Every option is documented."""

from __future__ import annotations

from dataclasses import fields

from chatglm_desktop.settings.options import HELP, Options


def test_every_option_has_one_line_of_help() -> None:
    assert list(HELP) == [option.name for option in fields(Options)]
    assert all(line and "\n" not in line for line in HELP.values())
