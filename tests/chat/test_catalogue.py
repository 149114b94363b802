# SPDX-License-Identifier: MIT
from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest

from chatglm_desktop.chat.accounts import Accounts
from chatglm_desktop.chat.catalogue import Catalogue, Verdict
from chatglm_desktop.core.accounts import Account, Setup
from chatglm_desktop.core.errors import ChatError, KeyRejected, ServerNotRunning, WrongAddress
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.core.secrets import Secret
from chatglm_desktop.settings.options import Options
from chatglm_desktop.settings.preferences import Preferences
from chatglm_desktop.settings.secrets import MemorySecrets

TABLE = {
    "bigmodel": (
        ModelInfo("glm-old", retired=True, successor="glm-new"),
        ModelInfo("glm-new", context=1000),
        ModelInfo("glm-free", free=True),
        ModelInfo("glm-gone", retired=True),
    )
}
WORK = Account("work", "bigmodel")
LOCAL = Account("local", "ollama")


class Network:
    """Servers as they are at the moment."""

    def __init__(self) -> None:
        self.listed: list[ModelInfo] | ChatError = [ModelInfo("glm-listed")]
        self.refusal: ChatError | None = None
        self.found: list[str] = []
        self.asked: list[tuple[str, Secret | None, str]] = []

    async def list_models(self, account: Account, key: Secret | None) -> Sequence[ModelInfo]:
        self.asked.append((account.id, key, ""))
        if isinstance(self.listed, ChatError):
            raise self.listed
        return self.listed

    async def try_out(self, account: Account, key: Secret | None, model: str) -> str:
        self.asked.append((account.id, key, model))
        if self.refusal is not None:
            raise self.refusal
        return "Hi"

    async def running(self) -> Sequence[str]:
        return self.found


@pytest.fixture
def network() -> Network:
    return Network()


@pytest.fixture
async def accounts() -> Accounts:
    accounts = Accounts(Preferences(Options(), lambda options: None), MemorySecrets())
    await accounts.add(LOCAL)
    await accounts.add(WORK, Secret("k"))
    return accounts


@pytest.fixture
def catalogue(accounts: Accounts, network: Network) -> Catalogue:
    ticks = itertools.count()
    return Catalogue(accounts, TABLE, network, elapsed=lambda: float(next(ticks)))


async def test_models_are_known_before_anyone_is_asked(
    catalogue: Catalogue, network: Network
) -> None:
    assert catalogue.known(WORK) == TABLE["bigmodel"]
    assert catalogue.known(LOCAL) == ()
    assert network.asked == []


async def test_a_service_is_asked_once_for_its_models(
    catalogue: Catalogue, network: Network
) -> None:
    for _ in range(2):
        listed = await catalogue.models(WORK)
        assert listed.models == (*TABLE["bigmodel"], ModelInfo("glm-listed"))
        assert listed.failure is None
    assert network.asked == [("work", Secret("k"), "")]
    await catalogue.models(WORK, refresh=True)
    assert len(network.asked) == 2
    assert catalogue.info(WORK, "glm-listed") == ModelInfo("glm-listed")


async def test_without_a_list_the_known_models_stay_and_the_next_look_asks_again(
    catalogue: Catalogue, network: Network
) -> None:
    network.listed = KeyRejected(host="h")
    listed = await catalogue.models(WORK)
    assert listed.models == TABLE["bigmodel"]
    assert listed.failure == KeyRejected(host="h").failure
    network.listed = []
    assert (await catalogue.models(WORK)).failure is None


async def test_the_model_is_the_conversations_the_accounts_or_the_first(
    catalogue: Catalogue, accounts: Accounts
) -> None:
    assert catalogue.model(Setup("work", "any name")) == ModelInfo("any name")
    assert catalogue.model(Setup("work")).id == "glm-new"
    accounts.choose_model("work", "glm-free")
    assert catalogue.model(Setup()).id == "glm-free"
    assert catalogue.model(Setup("local")) == ModelInfo("")


async def test_where_no_model_was_chosen_a_server_is_asked_for_its_first(
    catalogue: Catalogue, network: Network
) -> None:
    assert await catalogue.first_model(WORK) == "glm-new"
    assert await catalogue.first_model(Account("guest", "guest")) == ""
    assert network.asked == []
    network.listed = ServerNotRunning(host="localhost:11434")
    with pytest.raises(ServerNotRunning):
        await catalogue.first_model(LOCAL)
    network.listed = WrongAddress()
    assert await catalogue.first_model(LOCAL) == ""
    network.listed = [ModelInfo("nomic-embed-text"), ModelInfo("glm4:9b")]
    assert await catalogue.first_model(LOCAL) == "glm4:9b"
    assert catalogue.model(Setup("local")).id == "glm4:9b"


async def test_a_retired_model_gives_way_to_its_successor(catalogue: Catalogue) -> None:
    assert catalogue.model(Setup("work", "glm-old")).id == "glm-new"
    assert catalogue.chosen(Setup("work", "glm-old")) == "glm-old"
    assert catalogue.model(Setup("work", "glm-gone")).id == "glm-gone"


async def test_a_model_of_an_account_that_is_gone_is_not_asked_of_another(
    catalogue: Catalogue,
) -> None:
    assert catalogue.model(Setup("removed", "llama")).id == "glm-new"


async def test_abilities_are_those_of_the_model_in_use(catalogue: Catalogue) -> None:
    assert catalogue.abilities(Setup("work")).stops_most == 1
    assert catalogue.abilities(Setup("guest")).options == {"system_prompt"}


async def test_servers_that_run_here_are_offered_unless_they_are_set_up(
    catalogue: Catalogue, network: Network
) -> None:
    network.found = ["ollama", "lm-studio"]
    assert await catalogue.running() == (Account("lm-studio", "lm-studio"),)


async def test_a_test_asks_a_free_model_for_a_reply(catalogue: Catalogue, network: Network) -> None:
    assert await catalogue.test(WORK, Secret("k2")) == Verdict("glm-free", 1.0)
    assert network.asked == [("work", Secret("k2"), "glm-free")]
    assert (await catalogue.test(WORK, None, "glm-new")).model == "glm-new"


async def test_a_test_of_an_unknown_server_takes_its_first_model(
    catalogue: Catalogue, network: Network
) -> None:
    assert (await catalogue.test(LOCAL, None)).model == "glm-listed"
    network.listed = []
    assert (await catalogue.test(LOCAL, None)).model == ""


async def test_a_test_says_exactly_why_it_failed(catalogue: Catalogue, network: Network) -> None:
    network.refusal = KeyRejected("no", host="open.bigmodel.cn", code="1002")
    verdict = await catalogue.test(WORK, Secret("k"))
    assert verdict.failure == network.refusal.failure
    network.listed = ServerNotRunning(host="localhost:11434")
    assert (await catalogue.test(LOCAL, None)).failure == network.listed.failure
