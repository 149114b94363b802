# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from chatglm_desktop.core.network import NetworkOptions
from chatglm_desktop.providers.patience import Patience, patience_for

OPTIONS = NetworkOptions(connect=1, first_token=2, first_token_local=3, idle=4)


@pytest.mark.parametrize("url", ["http://localhost:11434/v1", "http://127.0.0.1", "https://[::1]/"])
def test_a_server_on_this_computer_may_load_a_model_first(url: str) -> None:
    assert patience_for(url, OPTIONS) == Patience(1, 3, 4)


@pytest.mark.parametrize("url", ["https://api.z.ai/", "http://192.168.1.2/", "", "http://[::1"])
def test_any_other_server_begins_sooner(url: str) -> None:
    assert patience_for(url, OPTIONS) == Patience(1, 2, 4)


def test_a_time_that_is_none_is_the_usual_one() -> None:
    options = NetworkOptions(connect=0, first_token=-1, idle=4)
    assert patience_for("https://api.z.ai/", options) == Patience(silence=4)


def test_the_defaults_are_those_of_the_options() -> None:
    assert patience_for("https://api.z.ai/", NetworkOptions()) == Patience()


def test_a_timeout_takes_the_place_of_the_two_silences() -> None:
    assert Patience.of(None) == Patience()
    assert Patience.of(9) == Patience(first_event=9, silence=9)
    assert Patience.of(None, Patience(1, 2, 3)) == Patience(1, 2, 3)
    assert Patience.of(0.5, Patience(1, 2, 3)) == Patience(1, 0.5, 0.5)


def test_what_is_no_patience_is_refused() -> None:
    with pytest.raises(TypeError, match="timeout is a number of seconds, not a str"):
        Patience.of("9")
    with pytest.raises(TypeError, match="timeout is a number of seconds, not a bool"):
        Patience.of(True)
    with pytest.raises(TypeError, match="patience is a Patience, not a int"):
        Patience.of(None, 9)
