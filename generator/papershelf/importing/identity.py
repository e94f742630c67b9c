"""Which work a record speaks of, and the id it keeps: made once from the title, never changed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import chain, count

from papershelf.core.model import MAX_SLUG, Record
from papershelf.text import links, normalise

_SAME_TITLE = 0.8
_Key = tuple[str, str]


def assign(records: Sequence[Record], own: Sequence[Record], others: Iterable[Record]) -> tuple[str, ...]:
    """An id for each record of a listing, the same for entries of one work; a new work's is the record's.

    `own` are the records that the listing had before, `others` those of all other listings. A work is
    known again by DOI, arXiv id or OpenReview id, else by its title where no such id speaks against it.
    A record that replaces another in its place keeps its id if title, links or abstract agree.
    """
    works = _Works((*own, *others))
    chosen: list[str | None] = [works.find(record) for record in records]
    for index, old in _retitled(records, own, chosen):
        chosen[index] = old
    for record, known in zip(records, chosen, strict=True):
        if known:
            works.learn(record, known)
    return tuple(known or works.found_or_made(record) for record, known in zip(records, chosen, strict=True))


class _Works:
    """The works known so far, by all that tells them apart; lives only while ids are assigned."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._title = cache(normalise)
        self._by_key: dict[_Key, str] = {}
        self._by_title: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._keys: defaultdict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for record in records:
            self.learn(record, record.id)

    def learn(self, record: Record, known: str) -> None:
        self._by_title[self._title(record.title)][known] = None
        keys = self._keys[known]
        for kind, value in _keys(record):
            self._by_key.setdefault((kind, value), known)
            keys[kind].add(value)

    def find(self, record: Record) -> str | None:
        by_key = (self._by_key[key] for key in _keys(record) if key in self._by_key)
        by_title = (known for known in self._by_title.get(self._title(record.title), ()))
        agreeing = (known for known in by_title if not _contradicts(self._keys[known], record))
        return next(by_key, None) or next(agreeing, None)

    def found_or_made(self, record: Record) -> str:
        known = self.find(record) or self._new(record.id)
        self.learn(record, known)
        return known

    def _new(self, base: str) -> str:
        ends = chain([""], (f"-{number}" for number in count(2)))
        names = (base[: MAX_SLUG - len(end)].rstrip("-") + end for end in ends)
        return next(name for name in names if name not in self._keys)


def _keys(record: Record) -> Iterator[_Key]:
    for kind, value in (("doi", record.doi), ("arxiv", record.arxiv), ("openreview", record.openreview)):
        if value:
            yield kind, value if kind == "openreview" else value.lower()


def _contradicts(keys: dict[str, set[str]], record: Record) -> bool:
    return any(keys.get(kind) and value not in keys[kind] for kind, value in _keys(record))


def _retitled(
    records: Sequence[Record], own: Sequence[Record], chosen: Sequence[str | None]
) -> Iterator[tuple[int, str]]:
    """The unknown records that stand where one of the listing's own has gone, with its id."""
    before = [record.id for record in own]
    now = [known or f"?{index}" for index, known in enumerate(chosen)]
    gone = {record.id: record for record in own if record.id not in chosen}
    if not gone or None not in chosen:
        return
    for _, start, end, first, last in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        for index in (index for index in range(first, last) if chosen[index] is None):
            candidates = (gone[known] for known in before[start:end] if known in gone)
            old = next((old for old in candidates if _agree(old, records[index])), None)
            if old:
                del gone[old.id]
                yield index, old.id


def _agree(old: Record, new: Record) -> bool:
    keys: defaultdict[str, set[str]] = defaultdict(set)
    for kind, value in _keys(old):
        keys[kind].add(value)
    if _contradicts(keys, new):
        return False
    shared = {links.key(link.url) for link in old.code} & {links.key(link.url) for link in new.code}
    titles = SequenceMatcher(None, normalise(old.title), normalise(new.title))
    return (
        bool(shared) or titles.ratio() >= _SAME_TITLE or bool(old.abstract and old.abstract == new.abstract)
    )
