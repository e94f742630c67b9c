"""Fingerprints: whether something is the same as in an earlier build, in this process or another."""

import hashlib
import marshal
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import cache
from operator import attrgetter
from types import FunctionType, MappingProxyType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from papershelf.incremental.output import Output

_SIZE: Final = 16
_LARGE: Final = 1 << 16
_MARSHAL: Final = 2  # the last format that does not depend on which strings happen to be one object
SHARED: Final = "fingerprint_once"
"""The class attribute of dataclasses whose instances are inputs of many outputs: each is hashed once."""

_AS_THEY_ARE: Final = frozenset({str, int, bool, float, bytes, type(None)})


_Seen = dict[int, bytes]
Known = Mapping[int, bytes]
"""Fingerprints by the identity of what they stand for."""


def digest(*values: bytes) -> bytes:
    """16 bytes that stand for the values in their order."""
    hashed = hashlib.blake2b(digest_size=_SIZE)
    for value in values:
        hashed.update(len(value).to_bytes(8))
        hashed.update(value)
    return hashed.digest()


def of(value: object) -> bytes:
    """The fingerprint of a frozen value."""
    return _marshalled(_plain(value, {}))


def each(things: Sequence[object]) -> list[bytes]:
    """The fingerprint of each, all of types that outputs share."""
    return [_shared(each, {}) for each in things]


def by_identity(things: Iterable[object], marks: Iterable[bytes]) -> Known:
    """What `each` gave for these things, for as long as these objects live."""
    return dict(zip(map(id, things), marks, strict=True))


def of_inputs(outputs: Iterable[Output[object]], known: Known = MappingProxyType({})) -> dict[str, bytes]:
    """The fingerprint of what each output is made from, by its path; what many share is looked at once.

    `known` has the fingerprints of some inputs.
    """
    seen = {**known}
    held = tuple(outputs)  # so that none ends while what it shares with others is known by its identity
    return {each.path: _marshalled((_named(each.make), *_all_plain(each.inputs, seen))) for each in held}


def _marshalled(plain: Any) -> bytes:  # noqa: ANN401  whatever marshal writes
    return hashlib.blake2b(marshal.dumps(plain, _MARSHAL), digest_size=_SIZE).digest()


def _plain(value: object, known: _Seen) -> object:
    """The value as what `marshal` writes; `known` has the digests of objects that many share."""
    return _way(type(value))(value, known)  # type: ignore[arg-type]  # mypy takes a class for unhashable


@cache
def _way(kind: type[Any]) -> Callable[[Any, _Seen], object]:  # noqa: PLR0911  one line for each type
    """How values of a type are made plain."""
    if kind in _AS_THEY_ARE:
        return lambda value, _: value
    if getattr(kind, SHARED, False):
        return _shared
    if issubclass(kind, tuple | list):
        return _items
    if issubclass(kind, date):
        return lambda value, _: value.isoformat()
    if issubclass(kind, Mapping):
        return lambda value, known: tuple(
            (_plain(key, known), _plain(each, known)) for key, each in value.items()
        )
    if issubclass(kind, BaseModel):
        return lambda value, _: value.model_dump_json()
    if issubclass(kind, FunctionType):
        return lambda value, _: _named(value)
    return _fields


def _named(function: Callable[..., object]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def _shared(value: object, known: _Seen) -> bytes:
    if id(value) not in known:
        known[id(value)] = _marshalled(_fields(value, known))
    return known[id(value)]


def _items(values: Any, known: _Seen) -> object:  # noqa: ANN401  a tuple or a list of anything
    try:
        dumped = marshal.dumps(values, _MARSHAL)  # which looks through nested tuples at once
    except ValueError:
        return _all_plain(values, known)
    return dumped if len(dumped) < _LARGE else digest(dumped)


def _fields(value: Any, known: _Seen) -> tuple[object, ...]:  # noqa: ANN401  any dataclass
    name, get, others = _getter(type(value))  # type: ignore[arg-type]
    values = [name, *get(value)]
    for place in others:
        values[place] = _all_plain(values[place : place + 1], known)
    return tuple(values)


def _all_plain(values: Iterable[object], known: _Seen) -> tuple[object, ...]:
    return tuple(
        [
            each if type(each) in _AS_THEY_ARE else known.get(id(each)) or _plain(each, known)
            for each in values
        ]
    )


@cache
def _getter(kind: type[Any]) -> tuple[str, Callable[[Any], tuple[object, ...]], tuple[int, ...]]:
    """The name of a dataclass, what gives the values of its fields, and the places of the mixed ones.

    Those may have values that `marshal` does not write; a place is that in a list of the name and the values.
    """
    shown = [field for field in fields(kind) if field.compare]
    names = [field.name for field in shown]
    others = (place for place, field in enumerate(shown, start=1) if not _is_plain(field.type))
    get = attrgetter(*names, "__module__")  # one more, so that one field gives a tuple too
    return kind.__qualname__, get, tuple(others)


def _is_plain(kind: object) -> bool:
    """Whether `marshal` writes every value of a type."""
    parts = get_args(kind)
    if get_origin(kind) is Literal:
        return all(type(each) in _AS_THEY_ARE for each in parts)
    if get_origin(kind) in {tuple, Union, UnionType}:
        return all(each is Ellipsis or _is_plain(each) for each in parts)
    return kind in _AS_THEY_ARE
