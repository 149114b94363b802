# SPDX-License-Identifier: MIT
"""A service is set up only when it is known to work, and the host of a key is found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from chatglm_desktop.chat.accounts import Accounts
from chatglm_desktop.chat.catalogue import Catalogue
from chatglm_desktop.chat.joining import Joined, Joining, NoModel, NotKept, Refused
from chatglm_desktop.core.accounts import Account
from chatglm_desktop.core.errors import (
    ChatError,
    ConnectionFailed,
    KeyRejected,
    NoBalance,
    RateLimited,
    ServerNotRunning,
)
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.core.secrets import Secret
from chatglm_desktop.settings.options import Options
from chatglm_desktop.settings.preferences import Preferences
from chatglm_desktop.settings.secrets import MemorySecrets, Whereabouts

KEY = Secret("0123456789.abcdefghij")
TABLE = {
    preset: (ModelInfo("glm-paid"), ModelInfo("glm-free", free=True))
    for preset in ("zai", "bigmodel", "zai-coding", "bigmodel-coding")
}
GLM = ("zai", "bigmodel")


class Hosts:
    """What each service says, by its preset; one that is not named answers."""

    def __init__(self) -> None:
        self.says: dict[str, ChatError] = {}
        self.lists: list[ModelInfo] = []
        self.asked: list[str] = []

    async def list_models(self, account: Account, key: Secret | None) -> Sequence[ModelInfo]:
        if (error := self.says.get(account.preset)) is not None:
            raise error
        return self.lists

    async def try_out(self, account: Account, key: Secret | None, model: str) -> str:
        self.asked.append(account.preset)
        if (error := self.says.get(account.preset)) is not None:
            raise error
        return "Hi"

    async def running(self) -> Sequence[str]:
        return ()


class RealKeyring(MemorySecrets):
    """Says that it remembers what it is given."""

    def describe(self) -> Whereabouts:
        return Whereabouts("keyring", "Ring")


class FullKeyring(MemorySecrets):
    """Takes nothing."""

    def set(self, name: str, secret: Secret) -> bool:
        return False


@pytest.fixture
def hosts() -> Hosts:
    return Hosts()


@pytest.fixture
def preferences() -> Preferences:
    return Preferences(Options(), lambda options: None)


@pytest.fixture
def accounts(preferences: Preferences) -> Accounts:
    return Accounts(preferences, RealKeyring())


@pytest.fixture
def joining(accounts: Accounts, hosts: Hosts) -> Joining:
    return Joining(accounts, Catalogue(accounts, TABLE, hosts))


async def test_the_first_host_that_answers_is_set_up(
    joining: Joining, accounts: Accounts, hosts: Hosts
) -> None:
    outcome = await joining.with_key(KEY, GLM)
    assert outcome == Joined(Account("zai", "zai", model="glm-free"))
    assert hosts.asked == ["zai"]
    assert accounts.default == Account("zai", "zai", model="glm-free")
    assert await accounts.key("zai") == KEY


async def test_a_key_of_the_other_host_is_tried_there(
    joining: Joining, accounts: Accounts, hosts: Hosts
) -> None:
    hosts.says["zai"] = KeyRejected(host="api.z.ai")
    outcome = await joining.with_key(KEY, GLM)
    assert isinstance(outcome, Joined)
    assert outcome.account.preset == "bigmodel"
    assert [account.preset for account in accounts.all] == ["bigmodel", "guest"]


async def test_what_every_host_said_is_told(
    joining: Joining, accounts: Accounts, hosts: Hosts
) -> None:
    hosts.says = {"zai": KeyRejected(host="api.z.ai"), "bigmodel": ConnectionFailed()}
    outcome = await joining.with_key(KEY, GLM)
    assert outcome == Refused((hosts.says["zai"].failure, hosts.says["bigmodel"].failure))
    assert len(accounts.all) == 1


async def test_a_key_of_a_coding_plan_is_used_with_it(joining: Joining, hosts: Hosts) -> None:
    hosts.says["zai"] = NoBalance(host="api.z.ai")
    outcome = await joining.with_key(KEY, GLM)
    assert outcome == Joined(Account("zai-coding", "zai-coding", model="glm-free"))
    assert hosts.asked == ["zai", "zai-coding"]


async def test_a_key_without_balance_is_a_key_all_the_same(joining: Joining, hosts: Hosts) -> None:
    failure = NoBalance(host="api.z.ai")
    hosts.says = {"zai": failure, "zai-coding": KeyRejected()}
    outcome = await joining.with_key(KEY, GLM)
    assert outcome == Joined(Account("zai", "zai", model="glm-free"), failure.failure)


async def test_a_host_that_knows_the_key_may_be_busy(joining: Joining, hosts: Hosts) -> None:
    hosts.says["openrouter"] = RateLimited()
    hosts.lists = [ModelInfo("some/model")]
    outcome = await joining.with_key(KEY, ("openrouter",))
    # The list of models was refused already: the choice is left to the user.
    assert outcome == Joined(Account("openrouter", "openrouter"), RateLimited().failure)


async def test_a_keyring_that_takes_nothing_is_told(preferences: Preferences, hosts: Hosts) -> None:
    accounts = Accounts(preferences, FullKeyring())
    joining = Joining(accounts, Catalogue(accounts, TABLE, hosts))
    assert await joining.with_key(KEY, GLM) == NotKept()
    assert len(accounts.all) == 1


async def test_a_key_that_will_be_forgotten_is_told(preferences: Preferences, hosts: Hosts) -> None:
    accounts = Accounts(preferences, MemorySecrets())
    joining = Joining(accounts, Catalogue(accounts, TABLE, hosts))
    outcome = await joining.with_key(KEY, GLM)
    assert isinstance(outcome, Joined)
    assert outcome.forgotten


async def test_a_second_account_has_an_id_of_its_own(joining: Joining, accounts: Accounts) -> None:
    for number in ("zai", "zai-2", "zai-3"):
        outcome = await joining.with_key(Secret(number), GLM)
        assert isinstance(outcome, Joined)
        assert outcome.account.id == number
    assert await accounts.key("zai-2") == Secret("zai-2")


async def test_a_server_is_set_up_after_an_answer(joining: Joining, hosts: Hosts) -> None:
    hosts.lists = [ModelInfo("nomic-embed-text"), ModelInfo("glm4")]
    server = Account("", "custom", base_url="http://10.0.0.1/v1")
    outcome = await joining.with_server(server, KEY)
    assert outcome == Joined(
        Account("custom", "custom", base_url="http://10.0.0.1/v1", model="glm4")
    )


async def test_a_server_that_does_not_answer_is_not_set_up(
    joining: Joining, accounts: Accounts, hosts: Hosts
) -> None:
    error = hosts.says["custom"] = ServerNotRunning(host="localhost:9")
    assert await joining.with_server(Account("", "custom")) == Refused((error.failure,))
    assert await joining.with_running(Account("", "custom")) == Refused((error.failure,))
    assert len(accounts.all) == 1


async def test_a_server_that_was_found_is_set_up_with_its_first_model(
    joining: Joining, hosts: Hosts
) -> None:
    hosts.lists = [ModelInfo("bge-m3"), ModelInfo("glm4")]
    outcome = await joining.with_running(Account("ollama", "ollama"))
    assert outcome == Joined(Account("ollama", "ollama", model="glm4"))
    assert hosts.asked == []


async def test_a_server_may_have_no_model(joining: Joining, hosts: Hosts) -> None:
    hosts.lists = [ModelInfo("bge-m3")]
    assert await joining.with_running(Account("ollama", "ollama")) == NoModel()
    assert await joining.with_server(Account("", "custom")) == NoModel()


async def test_a_model_file_is_set_up_under_its_name(joining: Joining) -> None:
    file = Path("/models/glm-edge.gguf")
    assert await joining.with_file(file) == Joined(
        Account("local", "local", "glm-edge", model=str(file))
    )
