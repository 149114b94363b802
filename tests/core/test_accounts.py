# SPDX-License-Identifier: MIT
from __future__ import annotations

from chatglm_desktop.core.accounts import BUILT_IN, PRESETS, Account, preset_at


def test_an_account_is_what_its_preset_says_unless_it_says_otherwise() -> None:
    account = Account("a", "zai")
    assert (account.name, account.kind) == ("GLM (z.ai)", "glm")
    assert account.address == "https://api.z.ai/api/paas/v4"
    assert account.most_in_flight == 2
    own = Account("b", "custom", "Mine", "http://localhost:9/v1/", in_flight=3)
    assert (own.name, own.address, own.most_in_flight) == ("Mine", "http://localhost:9/v1", 3)


def test_an_unknown_preset_is_any_server() -> None:
    assert Account("a", "from the future").kind == "openai"


def test_addresses_of_presets_have_no_slash_at_the_end_and_glm_no_version() -> None:
    for preset in PRESETS.values():
        assert not preset.base_url.endswith("/")
        assert preset.kind != "glm" or not preset.base_url.endswith("/v1")
        assert (preset.key == "needed") == bool(preset.key_page)
        assert bool(preset.billing_page) == bool(preset.key_page)


def test_built_in_accounts_name_their_own_presets() -> None:
    assert [account.kind for account in BUILT_IN] == ["guest", "demo"]


def test_a_preset_is_found_by_its_host() -> None:
    for host, found in (("api.z.ai", "zai"), ("open.bigmodel.cn", "bigmodel")):
        preset = preset_at(host)
        assert preset is not None
        assert preset.id == found
    assert preset_at("api.example.org") is None
    assert preset_at("") is None


def test_a_number_of_requests_that_makes_no_sense_is_the_usual_one() -> None:
    assert Account("a", "zai", in_flight=-1).most_in_flight == 2
