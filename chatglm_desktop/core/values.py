# SPDX-License-Identifier: MIT
"""Typed values to plain JSON and back; knows no file and no option.

By hand, because this runs before the first paint and a validating library costs 17 ms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_plain(value: object) -> Any:
    """``value`` of dataclasses, tuples, sets and plain values, as JSON can hold it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, frozenset):
        return sorted(map(to_plain, value))
    if isinstance(value, tuple):
        return [to_plain(element) for element in value]
    return value


def from_plain(kind: type[T], value: object, place: str = "") -> T:
    """A ``kind`` from what JSON held; keys that it does not know are left out.

    Raises ValueError, which names the place, for a value that the type does not allow.
    """
    return cast("T", _read(kind, value, place))


def _read(kind: Any, value: object, place: str) -> object:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        inner = next(argument for argument in arguments if argument is not NoneType)
        return None if value is None and NoneType in arguments else _read(inner, value, place)
    if origin is tuple:
        return _read_tuple(arguments[0], value, place)
    if is_dataclass(kind):
        return _read_object(cast("type[Any]", kind), value, place)
    if kind is float:
        return float(cast("float", _checked(_is_number(value), value, place)))
    if origin is Literal:
        return _checked(value in arguments, value, place)
    return _checked(type(value) is kind, value, place)


def _read_tuple(kind: Any, value: object, place: str) -> object:
    _checked(isinstance(value, list), value, place)
    elements = enumerate(cast("list[object]", value))
    return tuple(_read(kind, element, f"{place}[{index}]") for index, element in elements)


def _read_object(kind: type[Any], value: object, place: str) -> object:
    _checked(isinstance(value, Mapping), value, place)
    values = cast("Mapping[str, object]", value)
    types = get_type_hints(kind)
    given = {
        field.name: _read(types[field.name], values[field.name], _at(place, field.name))
        for field in fields(kind)
        if field.name in values
    }
    missing = [f.name for f in fields(kind) if f.name not in given and _is_needed(f)]
    if missing:
        raise ValueError(f"{_at(place, missing[0])} is missing")
    return kind(**given)


def _is_needed(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _checked(allowed: bool, value: object, place: str) -> object:
    if not allowed:
        raise ValueError(f"{place} cannot be {value!r}")
    return value
