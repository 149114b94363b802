# SPDX-License-Identifier: MIT
"""Which rows a list of models has: grouped, filtered, the best first; asks no service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from chatglm_desktop.chat.comparison import MOST
from chatglm_desktop.core.accounts import Account
from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.matching import rank
from chatglm_desktop.core.models import ModelInfo

MOST_RECENT = 4
_FEW = 6
"""Up to so many models are seen at once: what was used lately needs no place of its own."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What one account offers as far as is known; ``failure`` is why that may not be all."""

    account: Account
    models: tuple[ModelInfo, ...] = ()
    failure: Failure | None = None
    loading: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """All that can be chosen: ``recent`` and ``chosen`` are an account's id and a model's.

    ``servers`` run on this computer and are not set up yet. Where several are to be chosen,
    ``marked`` are those that are.
    """

    offers: tuple[Offer, ...] = ()
    recent: tuple[tuple[str, str], ...] = ()
    chosen: tuple[str, str] = ("", "")
    servers: tuple[Account, ...] = ()
    marked: tuple[tuple[str, str], ...] | None = None

    def is_chosen(self, account_id: str, model: str) -> bool:
        """Whether a model is, or is among, what is chosen."""
        marked = (self.chosen,) if self.marked is None else self.marked
        return (account_id, model) in marked

    def bars(self, account_id: str, model: str) -> bool:
        """Whether a model cannot be chosen as well: as many are as can be."""
        marked = self.marked or ()
        return len(marked) >= MOST and (account_id, model) not in marked


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The name above the models of an account; without one, above those used lately."""

    account: Account | None
    loading: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        return ("group", self.account.id if self.account else "")


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model of an account; an empty id leaves the choice to the service.

    One that stands ``apart`` is among those used lately, away from its account; one that is
    ``barred`` cannot be chosen now.
    """

    account: Account
    info: ModelInfo
    chosen: bool = False
    recent: bool = False
    apart: bool = False
    barred: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        return ("model", self.account.id, self.info.id)


@dataclass(frozen=True, slots=True)
class FailureRow:
    """An account's own list could not be read; to choose this asks again."""

    account: Account
    failure: Failure

    @property
    def key(self) -> tuple[str, ...]:
        return ("failure", self.account.id)


@dataclass(frozen=True, slots=True)
class TypedRow:
    """The typed text as the id of a model that nobody has listed."""

    account: Account
    model: str
    barred: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        return ("typed", self.account.id)


Row: TypeAlias = GroupRow | ModelRow | FailureRow | TypedRow


def build_rows(choices: Choices, typed: str = "") -> tuple[Row, ...]:
    """The rows for what was typed; all there is if nothing was."""
    return tuple(_found(choices, typed) if typed.strip() else _all(choices))


def first_choice(rows: Sequence[Row], typed: str = "") -> int:
    """Where to begin: at the best match, or at what is in use; -1 if there is no such row."""
    models = [at for at, row in enumerate(rows) if isinstance(row, ModelRow | TypedRow)]
    if typed.strip():
        return next(iter(models), -1)
    chosen = (at for at in models if isinstance(row := rows[at], ModelRow) and row.chosen)
    return next(chosen, next(iter(models), -1))


def _models(choices: Choices, offer: Offer) -> tuple[ModelRow, ...]:
    """All models of an account: those in use and used lately too, though nobody lists them."""
    account = offer.account
    known = {info.id: info for info in offer.models}
    used = (choices.chosen, *choices.recent, (account.id, account.model))
    for account_id, model in used:
        if account_id == account.id and model:
            known.setdefault(model, ModelInfo(model))
    if not known:
        known[""] = ModelInfo("")
    return tuple(
        ModelRow(
            account,
            info,
            choices.is_chosen(account.id, info.id),
            (account.id, info.id) in choices.recent,
            barred=choices.bars(account.id, info.id),
        )
        for info in sorted(known.values(), key=lambda info: info.retired)
    )


def _all(choices: Choices) -> Iterator[Row]:
    groups = [(offer, _models(choices, offer)) for offer in choices.offers]
    models = [row for _, rows in groups for row in rows]
    lately: list[ModelRow] = []
    if len(models) > _FEW:
        used = {(row.account.id, row.info.id): row for row in models if not row.info.retired}
        names = [name for name in choices.recent if name in used][:MOST_RECENT]
        lately = [replace(used[name], apart=True) for name in names]
    apart = {row.key for row in lately}
    if lately:
        yield GroupRow(None)
        yield from lately
    for offer, rows in groups:
        left = [row for row in rows if row.key not in apart]
        if left or offer.failure or offer.loading:
            yield GroupRow(offer.account, offer.loading)
            yield from left
        if offer.failure is not None:
            yield FailureRow(offer.account, offer.failure)


def _found(choices: Choices, typed: str) -> Iterator[Row]:
    """What fits the typed words, the best account and the best of its models first."""
    groups: list[tuple[int, Offer, list[ModelRow]]] = []
    for offer in choices.offers:
        ranked = [(_rank(row, typed), row) for row in _models(choices, offer)]
        fits = [(place, row) for place, row in ranked if place is not None]
        if fits:
            fits.sort(key=lambda fit: (fit[1].info.retired, fit[0], not fit[1].recent))
            groups.append((min(place for place, _ in fits), offer, [row for _, row in fits]))
    for _, offer, rows in sorted(groups, key=lambda group: group[0]):
        yield GroupRow(offer.account, offer.loading)
        yield from rows
    yield from _typed(choices, typed.strip())


def _rank(row: ModelRow, typed: str) -> int | None:
    return rank((row.info.id, row.info.name, row.account.name), typed)


def _typed(choices: Choices, model: str) -> Iterator[TypedRow]:
    """The text as a model of each account that takes any name, that in use first."""
    takers = [offer for offer in choices.offers if offer.account.kind in ("glm", "openai")]
    takers.sort(key=lambda offer: offer.account.id != choices.chosen[0])
    for offer in takers:
        if model not in {row.info.id for row in _models(choices, offer)}:
            yield TypedRow(offer.account, model, choices.bars(offer.account.id, model))
