"""Conditions on papers, as a person writes them: `status=read`, `venue!=ICLR 2024`, `doi`, `!summary`."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Final

from papershelf.core.model import Link, Paper, Reference

_WRITTEN: Final = re.compile(r"(?P<not>!?)(?P<field>[a-z_]+)(?:(?P<sign>!?=)(?P<value>.*))?", re.DOTALL)
_NOT_ASKED: Final = {"origin", "edit", "appearances", "former_ids"}
_VALUES: Final[Mapping[str, Callable[[Paper], object]]] = {
    **{each.name: attrgetter(each.name) for each in fields(Paper) if each.name not in _NOT_ASKED},
    "year": lambda paper: paper.published.year if paper.published else None,
    "edition": lambda paper: tuple(each.listing for each in paper.appearances),
}
FIELDS: Final = tuple(_VALUES)
"""What may be asked: the fields of a paper, and its year and editions."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a field must be or, `negated`, must not be: `value`, one of several, or with None: known."""

    field: str
    value: str | None = None
    negated: bool = False

    @classmethod
    def parse(cls, written: str) -> "Condition":
        """Read FIELD, !FIELD, FIELD=VALUE or FIELD!=VALUE; raises ValueError with the cure."""
        found = _WRITTEN.fullmatch(written)
        if not found or (found["not"] and found["sign"]):
            raise ValueError(f"'{written}' is no condition: write FIELD=VALUE, FIELD!=VALUE, FIELD or !FIELD")
        if found["field"] not in _VALUES:
            raise ValueError(f"there is no field '{found['field']}'; fields: {', '.join(FIELDS)}")
        return cls(found["field"], found["value"], bool(found["not"]) or found["sign"] == "!=")

    def holds(self, paper: Paper) -> bool:
        """Whether a paper meets it; texts are compared whole in any case, dates as far as they are given."""
        value = _VALUES[self.field](paper)
        found = bool(value) if self.value is None else any(map(self._is_equal, _items(value)))
        return found != self.negated

    def _is_equal(self, value: str) -> bool:
        wanted = (self.value or "").casefold()
        return value.startswith(wanted) if self.field == "published" else value.casefold() == wanted


def _items(value: object) -> Iterable[str]:
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    if isinstance(value, tuple):
        return (each.url if isinstance(each, Link | Reference) else str(each) for each in value)
    return () if value is None else (str(value),)
