# SPDX-License-Identifier: MIT
"""The rows of the list of models, for any accounts, models and typed words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.chat.model_rows import (
    MOST_RECENT,
    Choices,
    FailureRow,
    GroupRow,
    ModelRow,
    Offer,
    Row,
    TypedRow,
    build_rows,
    first_choice,
)
from chatglm_desktop.core.accounts import GUEST, Account
from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.models import ModelInfo

GLM = Account("g", "bigmodel")
OLLAMA = Account("o", "ollama", model="qwen3:8b")
FLASH = ModelInfo("glm-4.7-flash", "GLM-4.7-Flash", free=True)
NEWEST = ModelInfo("glm-5.3", "GLM-5.3")
OLD = ModelInfo("glm-4", "GLM-4", retired=True)
OFFERS = (Offer(GLM, (OLD, NEWEST, FLASH)), Offer(OLLAMA), Offer(GUEST))

IDS = st.sampled_from(["glm-5", "glm-4.7", "qwen3:8b", "a", "ab", "模型"])
INFOS = st.builds(ModelInfo, IDS, st.sampled_from(["", "GLM", "Ä"]), retired=st.booleans())
MODELS = st.lists(INFOS, max_size=5, unique_by=lambda info: info.id).map(tuple)
ACCOUNTS = st.sampled_from([GLM, OLLAMA, GUEST, Account("l", "local", model="/a.gguf")])
OFFERED = st.lists(
    st.builds(Offer, ACCOUNTS, MODELS, st.none() | st.just(Failure("TimedOut")), st.booleans()),
    max_size=4,
    unique_by=lambda offer: offer.account.id,
).map(tuple)
USED = st.tuples(st.sampled_from(["g", "o", "guest", "gone"]), IDS)
CHOICES = st.builds(
    Choices,
    OFFERED,
    st.lists(USED, max_size=6, unique=True).map(tuple),
    USED,
)
TYPED = st.sampled_from(["", " ", "glm", "GLM 5", "ollama", "a", "b", "zz", "模", "lm studio"])


def described(rows: tuple[Row, ...]) -> list[str]:
    """The rows in few words."""
    words: list[str] = []
    for row in rows:
        match row:
            case GroupRow(account):
                words.append(f"[{account.id if account else 'recent'}]")
            case ModelRow(_, info):
                words.append(info.id)
            case FailureRow(account):
                words.append(f"!{account.id}")
            case TypedRow(account, model):
                words.append(f"“{model}” {account.id}")
    return words


def test_models_stand_below_their_accounts_and_retired_ones_last() -> None:
    assert described(build_rows(Choices(OFFERS))) == [
        "[g]", "glm-5.3", "glm-4.7-flash", "glm-4", "[o]", "qwen3:8b", "[guest]", "",
    ]  # fmt: skip


def test_what_was_used_lately_comes_first_where_there_are_many() -> None:
    many = tuple(ModelInfo(f"m{number}") for number in range(8))
    recent = (("o", "m3"), ("g", "gone-from-the-list"), ("nobody", "x"), ("o", "m1"))
    rows = build_rows(Choices((Offer(GLM, (OLD,)), Offer(OLLAMA, many)), recent))
    assert described(rows)[:6] == ["[recent]", "m3", "gone-from-the-list", "m1", "[g]", "glm-4"]
    assert described(rows).count("m3") == 1


def test_a_failed_list_says_so_below_what_is_known() -> None:
    offers = (Offer(GLM, (FLASH,), Failure("TimedOut")),)
    assert described(build_rows(Choices(offers))) == ["[g]", "glm-4.7-flash", "!g"]
    assert described(build_rows(Choices(offers), "flash")) == [
        "[g]", "glm-4.7-flash", "“flash” g",
    ]  # fmt: skip


def test_typing_filters_over_names_and_accounts() -> None:
    choices = Choices(OFFERS, chosen=("o", "qwen3:8b"))
    assert described(build_rows(choices, "flash")) == [
        "[g]", "glm-4.7-flash", "“flash” o", "“flash” g",
    ]  # fmt: skip
    assert described(build_rows(choices, "OLLAMA"))[:2] == ["[o]", "qwen3:8b"]
    assert described(build_rows(choices, "bigmodel 5.3"))[:2] == ["[g]", "glm-5.3"]


def test_the_better_match_comes_first() -> None:
    offers = (Offer(GLM, (ModelInfo("not-qwen"),)), Offer(OLLAMA, (ModelInfo("qwen-a"),)))
    rows = build_rows(Choices(offers, recent=(("o", "qwen3:8b"),)), "qwen")
    assert described(rows)[:5] == ["[o]", "qwen3:8b", "qwen-a", "[g]", "not-qwen"]


def test_begins_at_what_is_in_use_or_at_the_best_match() -> None:
    rows = build_rows(Choices(OFFERS, chosen=("g", "glm-4.7-flash")))
    assert first_choice(rows) == 2
    assert first_choice(build_rows(Choices(OFFERS))) == 1
    assert first_choice(build_rows(Choices(OFFERS), "nothing"), "nothing") == 0
    assert first_choice(build_rows(Choices()), "x") == -1
    assert first_choice(build_rows(Choices())) == -1


@given(CHOICES, TYPED)
def test_no_row_is_there_twice(choices: Choices, typed: str) -> None:
    keys = [row.key for row in build_rows(choices, typed)]
    assert len(set(keys)) == len(keys)


@given(CHOICES)
def test_every_model_is_there(choices: Choices) -> None:
    there = {row.key[1:] for row in build_rows(choices) if isinstance(row, ModelRow)}
    listed = {(o.account.id, m.id) for o in choices.offers for m in o.models}
    ids = {offer.account.id for offer in choices.offers}
    used = {name for name in (choices.chosen, *choices.recent) if name[0] in ids}
    assert listed | used <= there


@given(CHOICES, TYPED)
def test_models_stand_below_a_name(choices: Choices, typed: str) -> None:
    group: GroupRow | None = None
    for row in build_rows(choices, typed):
        match row:
            case GroupRow():
                group = row
            case ModelRow() | FailureRow():
                assert group is not None
                assert group.account in (None, row.account)


@given(CHOICES, TYPED)
def test_typing_only_takes_models_away(choices: Choices, typed: str) -> None:
    everything = {row.key for row in build_rows(choices) if isinstance(row, ModelRow)}
    assert {r.key for r in build_rows(choices, typed) if isinstance(r, ModelRow)} <= everything


@given(CHOICES, st.sampled_from(["glm-5", "anything", "模型"]))
def test_any_name_can_be_used_with_any_account_that_takes_names(
    choices: Choices, typed: str
) -> None:
    rows = build_rows(choices, typed)
    usable = {row.account.id for row in rows if isinstance(row, TypedRow)}
    usable |= {row.account.id for row in rows if isinstance(row, ModelRow) and row.info.id == typed}
    takers = {o.account.id for o in choices.offers if o.account.kind in ("glm", "openai")}
    assert takers <= usable


@given(CHOICES, TYPED)
def test_the_first_choice_is_one(choices: Choices, typed: str) -> None:
    rows = build_rows(choices, typed)
    at = first_choice(rows, typed)
    assert at == -1 or isinstance(rows[at], ModelRow | TypedRow)


def test_few_are_recent() -> None:
    many = tuple(ModelInfo(f"m{number}") for number in range(20))
    recent = tuple(("g", f"m{number}") for number in range(8))
    rows = described(build_rows(Choices((Offer(GLM, many),), recent)))
    assert rows.index("[g]") == MOST_RECENT + 1
