"""Fingerprints: whether something is the same as in an earlier build, in this process or another."""

import hashlib
import marshal
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from operator import attrgetter
from types import FunctionType, MappingProxyType
from typing import Any, Final, Protocol

from pydantic import BaseModel

from generator.model import Paper
from generator.pages.page import Labels

_SIZE: Final = 16
_MARSHAL: Final = 2  # the last format that does not depend on which strings happen to be one object
_NOT_SHOWN: Final = frozenset({"origin", "edit"})
_SHARED: Final = frozenset({Paper, Labels})
_AS_THEY_ARE: Final = frozenset({str, int, bool, float, bytes, type(None)})


Known = Mapping[int, bytes]
"""Fingerprints by the identity of what they stand for; nothing in another process."""


class Made(Protocol):
    """A page, a file or the like that is `make(*inputs)`, and shows nothing but the inputs."""

    @property
    def path(self) -> str:
        """Its name, which no other has."""

    @property
    def make(self) -> Callable[..., object]:
        """A function of a module."""

    @property
    def inputs(self) -> tuple[object, ...]:
        """Frozen values."""


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


def each(values: Iterable[object]) -> Known:
    """The fingerprints of papers and labels, for as long as these objects live."""
    known: dict[int, bytes] = {}
    for value in values:
        _plain(value, known)
    return known


def of_inputs(things: Iterable[Made], known: Known = MappingProxyType({})) -> dict[str, bytes]:
    """What stands for all that each thing is made from, by its path; what many share is looked at once.

    `known` is what `each` gave for values among the inputs.
    """
    seen = {**known}
    return {thing.path: _marshalled(_plain((thing.make, thing.inputs), seen)) for thing in things}


def _marshalled(plain: Any) -> bytes:  # noqa: ANN401  whatever marshal writes
    return hashlib.blake2b(marshal.dumps(plain, _MARSHAL), digest_size=_SIZE).digest()


def _plain(value: object, known: dict[int, bytes]) -> object:  # noqa: PLR0911  one line for each type
    """The value as tuples of what `marshal` writes; `known` has the digests of objects that many share."""
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if isinstance(value, tuple | list):
        return _all_plain(value, known)
    if kind in _SHARED:
        if id(value) not in known:
            known[id(value)] = _marshalled(_fields(value, known))
        return known[id(value)]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return tuple((_plain(key, known), _plain(each, known)) for key, each in value.items())
    if isinstance(value, BaseModel):
        return value.model_dump_json()
    if isinstance(value, FunctionType):
        return f"{value.__module__}.{value.__qualname__}"
    return _fields(value, known)


def _all_plain(values: Iterable[object], known: dict[int, bytes]) -> tuple[object, ...]:
    return tuple([each if type(each) in _AS_THEY_ARE else _plain(each, known) for each in values])


def _fields(value: Any, known: dict[int, bytes]) -> tuple[object, ...]:  # noqa: ANN401  any dataclass
    kind, get = _getter(type(value))  # type: ignore[arg-type]  # mypy takes a class for unhashable
    return (kind, *_all_plain(get(value), known))


@cache
def _getter(kind: type[Any]) -> tuple[str, Callable[[Any], tuple[object, ...]]]:
    names = [field.name for field in fields(kind) if kind is not Paper or field.name not in _NOT_SHOWN]
    return kind.__qualname__, attrgetter(*names, names[0])  # one more, so that one field gives a tuple too
