"""Assign ids to imported records. A work gets its id from the title once and keeps it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import chain, count
from typing import Final

from papershelf.core.fields import FIELDS
from papershelf.core.model import MAX_SLUG, Record
from papershelf.library import same_work
from papershelf.text import links, normalise

_SAME_TITLE = 0.8
_COMPLETED: Final = tuple(field.record for field in FIELDS if field.record)
_Identifier = tuple[str, str]
_Known = Mapping[str, Collection[str]]


def assign(records: Sequence[Record], own: Sequence[Record], others: Iterable[Record]) -> tuple[str, ...]:
    """The id of each record of a listing; entries for one work share it, and a new work keeps the record's.

    own: the records that the listing had before.
    others: the records of all other listings.

    A known work is found by DOI, arXiv id or OpenReview id, else by its title: unless an identifier of the
    same kind differs, authors and abstracts both differ, or only identifiers of different kinds are known.
    A record that takes the place of another gets its id if titles, links or abstracts agree.
    """
    works = _Works((*own, *others))
    chosen: list[str | None] = [works.find(record) for record in records]
    for index, old in _retitled(records, own, chosen):
        chosen[index] = old
    for record, known in zip(records, chosen, strict=True):
        if known:
            works.add(record, known)
    return tuple(known or works.find_or_add(record) for record, known in zip(records, chosen, strict=True))


def completed(record: Record, other: Record) -> Record:
    """The record of a work with what only another entry of its document says.

    Of a preprint and its printed version, DOI, venue and type are those of the print.
    """
    values = {name: getattr(other, name) for name in _COMPLETED if getattr(other, name) not in (None, ())}
    is_print = same_work.is_preprint(record) and same_work.is_print(other)
    missing = {
        name: value
        for name, value in values.items()
        if getattr(record, name) in (None, ()) or (is_print and name in same_work.OF_PRINT)
    }
    if "published" in missing:
        missing["inferred"] = other.inferred
    return record.model_copy(update=missing)


class _Works:
    """An index of the known works by identifier and title, used while ids are assigned."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._title = cache(normalise)
        self._by_identifier: dict[_Identifier, str] = {}
        self._by_title: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._identifiers: defaultdict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._records: defaultdict[str, list[Record]] = defaultdict(list)
        for record in records:
            self.add(record, record.id)

    def add(self, record: Record, known: str) -> None:
        self._by_title[self._title(record.title)][known] = None
        self._records[known].append(record)
        values = self._identifiers[known]
        for kind, value in _identifiers(record):
            self._by_identifier.setdefault((kind, value), known)
            values[kind].add(value)

    def find(self, record: Record) -> str | None:
        by_identifier = (
            self._by_identifier[each] for each in _identifiers(record) if each in self._by_identifier
        )
        by_title = (known for known in self._by_title.get(self._title(record.title), ()))
        agreeing = (known for known in by_title if self._agrees(known, record))
        return next(by_identifier, None) or next(agreeing, None)

    def _agrees(self, known: str, record: Record) -> bool:
        """Whether a record with the title of a known work is that work."""
        values = self._identifiers[known]
        if _contradicts(values, record):
            return False
        judged = {same_work.agree(each, record) for each in self._records[known]}
        if True in judged:
            return True
        is_unclear = any(values.values()) and any(_identifiers(record))
        return not is_unclear and False not in judged

    def find_or_add(self, record: Record) -> str:
        known = self.find(record) or self._new(record.id)
        self.add(record, known)
        return known

    def _new(self, base: str) -> str:
        ends = chain([""], (f"-{number}" for number in count(2)))
        names = (base[: MAX_SLUG - len(end)].rstrip("-") + end for end in ends)
        return next(name for name in names if name not in self._identifiers)


def _identifiers(record: Record) -> Iterator[_Identifier]:
    return (each.key for each in same_work.work_ids(record))


def _contradicts(known: _Known, record: Record) -> bool:
    """Whether a record has another DOI, arXiv id or OpenReview id than the `known` ones of a work."""
    return any(known.get(kind) and value not in known[kind] for kind, value in _identifiers(record))


def _retitled(
    records: Sequence[Record], own: Sequence[Record], chosen: Sequence[str | None]
) -> Iterator[tuple[int, str]]:
    """The index of each unknown record that takes the place of one of `own`, with the old id."""
    before = [record.id for record in own]
    now = [known or f"?{index}" for index, known in enumerate(chosen)]
    missing = {record.id: record for record in own if record.id not in chosen}
    if not missing or None not in chosen:
        return
    for _, start, end, first, last in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        for index in (index for index in range(first, last) if chosen[index] is None):
            candidates = (missing[known] for known in before[start:end] if known in missing)
            old = next((old for old in candidates if _agree(old, records[index])), None)
            if old:
                del missing[old.id]
                yield index, old.id


def _agree(old: Record, new: Record) -> bool:
    known: defaultdict[str, set[str]] = defaultdict(set)
    for kind, value in _identifiers(old):
        known[kind].add(value)
    if _contradicts(known, new):
        return False
    shared = {links.key(link.url) for link in old.code} & {links.key(link.url) for link in new.code}
    titles = SequenceMatcher(None, normalise(old.title), normalise(new.title))
    return (
        bool(shared) or titles.ratio() >= _SAME_TITLE or bool(old.abstract and old.abstract == new.abstract)
    )
