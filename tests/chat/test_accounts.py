# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from chatglm_desktop.chat.accounts import Accounts
from chatglm_desktop.core.accounts import DEMO, GUEST, Account, Setup
from chatglm_desktop.core.secrets import Secret
from chatglm_desktop.settings.options import Options
from chatglm_desktop.settings.preferences import Preferences
from chatglm_desktop.settings.secrets import MemorySecrets

WORK = Account("work", "bigmodel", "Work")
HOME = Account("home", "ollama")


@pytest.fixture
def saved() -> list[Options]:
    return []


@pytest.fixture
def accounts(saved: list[Options]) -> Accounts:
    return Accounts(Preferences(Options(), saved.append), MemorySecrets())


async def test_at_first_there_is_the_guest_service(accounts: Accounts) -> None:
    assert accounts.all == (GUEST,)
    assert accounts.default == GUEST
    assert accounts.find("demo") == DEMO


async def test_an_added_account_becomes_the_default_and_keeps_its_key(
    accounts: Accounts, saved: list[Options]
) -> None:
    changes: list[None] = []
    accounts.changed.connect(changes.append)
    assert await accounts.add(WORK, Secret("k1.s1"))
    assert await accounts.add(HOME)
    assert accounts.all == (WORK, HOME, GUEST)
    assert accounts.default == HOME
    assert await accounts.key("work") == Secret("k1.s1")
    assert await accounts.key("home") is None
    assert len(changes) == 2
    assert saved[-1].accounts == (WORK, HOME)
    assert "k1.s1" not in repr(saved)


async def test_a_new_account_does_not_get_the_key_of_one_that_had_its_id(
    accounts: Accounts,
) -> None:
    await accounts.set_key("home", Secret("left by a keyring that was locked"))
    assert await accounts.add(HOME)
    assert await accounts.key("home") is None


async def test_a_conversation_falls_back_to_the_default(accounts: Accounts) -> None:
    await accounts.add(WORK)
    assert accounts.of(Setup()) == WORK
    assert accounts.of(Setup("guest")) == GUEST
    assert accounts.of(Setup("removed long ago")) == WORK


async def test_accounts_are_changed_and_removed_with_their_keys(accounts: Accounts) -> None:
    await accounts.add(WORK, Secret("k"))
    await accounts.add(HOME)
    accounts.change(Account("work", "bigmodel", "Office"))
    assert [account.name for account in accounts.all] == ["Office", "Ollama", "ChatGLM"]
    accounts.make_default("work")
    assert accounts.default.id == "work"
    await accounts.remove("work")
    assert await accounts.key("work") is None
    assert accounts.default == HOME
    accounts.make_default("guest")
    await accounts.remove("home")
    assert (accounts.all, accounts.default) == ((GUEST,), GUEST)


async def test_the_last_account_leaves_the_guest_service(accounts: Accounts) -> None:
    await accounts.add(WORK)
    await accounts.remove("work")
    assert accounts.default == GUEST


async def test_chosen_models_are_remembered(accounts: Accounts) -> None:
    await accounts.add(WORK)
    for model in ("a", "b/c", "a", "gone"):
        accounts.choose_model("work", model)
    accounts.choose_model("guest", "glm-4")
    assert [(account.id, model) for account, model in accounts.recent] == [
        ("guest", "glm-4"),
        ("work", "gone"),
        ("work", "a"),
        ("work", "b/c"),
    ]
    assert accounts.default.model == "gone"
    await accounts.remove("work")
    assert [account.id for account, _ in accounts.recent] == ["guest"]


async def test_other_options_are_no_news_of_accounts(accounts: Accounts) -> None:
    preferences = Preferences(Options(), lambda options: None)
    told: list[None] = []
    Accounts(preferences, MemorySecrets()).changed.connect(told.append)
    preferences.change(theme="dark")
    assert told == []


async def test_a_lent_account_answers_everything_with_its_own_key(accounts: Accounts) -> None:
    await accounts.add(WORK, Secret("k1.s1"))
    assert accounts.lent is None
    accounts.lend(HOME, Secret("k2.s2"))
    assert accounts.lent == HOME
    assert accounts.of(Setup("work")) == HOME
    assert await accounts.key("home") == Secret("k2.s2")
    assert await accounts.key("work") == Secret("k1.s1")


async def test_it_is_known_where_keys_are_kept(accounts: Accounts) -> None:
    assert await accounts.whereabouts() == MemorySecrets().describe()
