# SPDX-License-Identifier: MIT
"""Typed values to plain JSON and back; knows no file and no option.

By hand, because this runs before the first paint and a validating library costs 17 ms.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")

_EXACT = 2**53
"""Up to here a whole number as a float is the same number."""


def to_plain(value: object) -> Any:
    """``value`` of dataclasses, tuples, sets and plain values, as JSON can hold it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, frozenset):
        return sorted(map(to_plain, value))
    if isinstance(value, tuple):
        return [to_plain(element) for element in value]
    return value


def from_plain(kind: type[T], value: object) -> T:
    """A ``kind`` from what JSON held; keys that it does not know are left out.

    Raises ValueError, which names the place, for a value that the type does not allow.
    """
    return cast("T", _Reader().read(kind, value, ""))


def salvage(kind: type[T], value: object) -> tuple[T, tuple[str, ...]]:
    """A ``kind`` from as much of ``value`` as its type allows, and the places that are lost.

    There the defaults stand instead; elements of lists are left out. Raises ValueError if nothing
    can stand for ``value`` itself.
    """
    lost: list[str] = []
    return cast("T", _Reader(lost).read(kind, value, "")), tuple(lost)


def merged(new: Any, before: object) -> Any:
    """The plain value ``new`` with the keys that only ``before`` has, which stood in its place.

    Objects in lists are the same if the first values in them are.
    """
    if isinstance(new, dict):
        old = before if isinstance(before, dict) else {}
        return old | {name: merged(value, old.get(name)) for name, value in new.items()}
    if isinstance(new, list):
        old_elements = before if isinstance(before, list) else []
        return [merged(element, _counterpart(element, old_elements)) for element in new]
    return new


def _counterpart(element: Any, elements: list[Any]) -> object:
    """Which of ``elements`` was called what ``element`` is called; None if none was."""
    if not isinstance(element, dict):
        return None
    name, value = next(iter(element.items()))
    objects = (old for old in elements if isinstance(old, dict))
    return next((old for old in objects if old.get(name) == value), None)


class _Reader:
    """Reads typed values. With a list of what is ``lost`` it goes on where it can."""

    def __init__(self, lost: list[str] | None = None) -> None:
        self._lost = lost

    def read(self, kind: Any, value: object, place: str) -> object:
        origin, arguments = get_origin(kind), get_args(kind)
        if origin in (Union, UnionType):
            inner = next(argument for argument in arguments if argument is not NoneType)
            return None if value is None else self.read(inner, value, place)
        if origin is tuple:
            return self._read_tuple(arguments[0], value, place)
        if is_dataclass(kind):
            return self._read_object(cast("type[Any]", kind), value, place)
        if kind is float:
            return float(cast("float", _checked(_is_number(value), value, place)))
        allowed = value in arguments if origin is Literal else type(value) is kind
        return _checked(allowed, value, place)

    def _read_tuple(self, kind: Any, value: object, place: str) -> object:
        _checked(isinstance(value, list), value, place)
        read = []
        for index, element in enumerate(cast("list[object]", value)):
            try:
                read.append(self.read(kind, element, f"{place}[{index}]"))
            except ValueError as error:
                self._go_without(f"{place}[{index}]", error)
        return tuple(read)

    def _read_object(self, kind: type[Any], value: object, place: str) -> object:
        _checked(isinstance(value, Mapping), value, place)
        values = cast("Mapping[str, object]", value)
        types = get_type_hints(kind)
        given: dict[str, object] = {}
        for field in fields(kind):
            at = f"{place}.{field.name}" if place else field.name
            if field.name not in values:
                _checked(not _is_needed(field), "nothing", at)
                continue
            try:
                given[field.name] = self.read(types[field.name], values[field.name], at)
            except ValueError as error:
                if _is_needed(field):
                    raise
                self._go_without(at, error)
        return kind(**given)

    def _go_without(self, place: str, error: ValueError) -> None:
        if self._lost is None:
            raise error
        self._lost.append(place)


def _is_needed(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _is_number(value: object) -> bool:
    if type(value) is int:
        return abs(value) <= _EXACT
    return isinstance(value, float) and math.isfinite(value)


def _checked(allowed: bool, value: object, place: str) -> object:
    # The value is not quoted: what stands in the wrong place may be a key.
    if not allowed:
        raise ValueError(f"{place or 'this'} cannot be {type(value).__name__}")
    return value
