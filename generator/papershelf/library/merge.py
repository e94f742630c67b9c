"""Records of the same work become one paper: each field from the best record that has it.

Records of facts complete those of editions; a work that only facts know is no paper of the list.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final, Literal

from papershelf.content.records import RecordFile
from papershelf.core.fields import FIELDS
from papershelf.core.model import Appearance, Link, Listing, Paper, Record
from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import Location
from papershelf.library import same_work
from papershelf.library.inferred_dates import dated_by_arxiv
from papershelf.library.same_work import Apart
from papershelf.text import links, people

Identity = Literal["id", "arxiv", "doi", "openreview"]

_NEWEST: Final = tuple(
    (field.name, field.record) for field in FIELDS if field.record and field.merge == "newest"
)
_SEVERAL: Final = 2


@dataclass(frozen=True, slots=True)
class ListedRecord:
    """A record, the listing that has it, and the line it stands in."""

    record: Record
    listing: Listing
    at: Location


def merge(
    files: Iterable[RecordFile],
    same: Mapping[str, str] = MappingProxyType({}),
    apart: Apart = frozenset(),
) -> tuple[Paper, ...]:
    """Return one paper for every work, in the order in which the works first appear in the files.

    `same` maps ids to the ids of papers that a curator declared to be the same work; the merged paper keeps
    the id at the end of the chain. `apart` has the pairs of records' ids that are declared to be two works.
    """
    groups = group_by_work(files, same, apart)
    return tuple([_merge_work(group, same) for group in groups if any(map(_is_edition, group))])


def group_by_work(
    files: Iterable[RecordFile], same: Mapping[str, str], apart: Apart = frozenset()
) -> tuple[tuple[ListedRecord, ...], ...]:
    """Group records by work: those connected by a common id, arXiv id, DOI or OpenReview id (union-find).

    A preprint and its printed version are one work as well. Nothing joins what a curator holds apart.
    """
    listed = [
        ListedRecord(same_work.plain(placed.record), file.listing, placed.at)
        for file in files
        for placed in file.records
    ]
    works = _Works([each.record.id for each in listed], apart)
    first: dict[tuple[Identity, str], int] = {}
    for index, each in enumerate(listed):
        for key in identities(each.record, same):
            works.join(first.setdefault(key, index), index)
    for one, other in same_work.preprints_with_prints([each.record for each in listed]):
        works.join(one, other)
    groups: defaultdict[int, list[ListedRecord]] = defaultdict(list)
    for index, each in enumerate(listed):
        groups[works.root(index)].append(each)
    return tuple(map(tuple, groups.values()))


class _Works:
    """Sets of records by their positions; two sets are joined unless they have two ids that are apart."""

    def __init__(self, ids: Sequence[str], apart: Apart) -> None:
        self._parent = list(range(len(ids)))
        self._apart = apart
        self._ids = {index: {paper_id} for index, paper_id in enumerate(ids)} if apart else {}

    def root(self, index: int) -> int:
        parent = self._parent
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    def join(self, one: int, other: int) -> None:
        if one == other:
            return
        low, high = sorted((self.root(one), self.root(other)))
        if low == high or self._are_apart(low, high):
            return
        self._parent[high] = low
        if self._apart:
            self._ids[low] |= self._ids.pop(high)

    def _are_apart(self, one: int, other: int) -> bool:
        return bool(self._apart) and any(
            frozenset((ours, theirs)) in self._apart for ours in self._ids[one] for theirs in self._ids[other]
        )


def identities(record: Record, same: Mapping[str, str]) -> Iterator[tuple[Identity, str]]:
    """What two records of one work have in common: (kind of identity, value)."""
    yield "id", record.id
    if record.id in same:
        yield "id", same[record.id]
    yield from (each.key for each in same_work.work_ids(record))


def kept_id(group: Sequence[ListedRecord], same: Mapping[str, str]) -> str:
    """The id of the merged paper: the one that a curator chose, else that of the earliest edition."""
    chosen = [each.record.id for each in group if each.record.id in same]
    kept = chosen[0] if chosen else min(group, key=_earliest_capture_first).record.id
    while kept in same:
        kept = same[kept]
    return kept


def _merge_work(group: Sequence[ListedRecord], same: Mapping[str, str]) -> Paper:
    """Merge the records of one work, the newest capture first.

    Of a preprint and its printed version the date is the preprint's, on which the work became public.
    """
    ranked = sorted(group, key=_newest_capture_first)
    kept = kept_id(group, same)
    values: dict[str, Any] = {}
    origin: dict[str, Location] = {}
    for each in reversed(ranked):
        record, at = each.record, each.at
        for name, name_in_record in _NEWEST:
            value = getattr(record, name_in_record)
            if value is not None and value != ():
                values[name] = value
                origin[name] = at
    named = _named(ranked)
    if named:
        everybody = (author for each in ranked for author in each.record.authors)
        values["authors"] = people.with_orcids(named.record.authors, everybody)
        values["more_authors"] = named.record.more_authors
        origin["authors"] = origin["more_authors"] = named.at
    prints = _printed_versions(ranked)
    for each in reversed(prints):
        given = {
            name: value for name in same_work.OF_PRINT if (value := getattr(each.record, name)) is not None
        }
        values |= given
        origin |= dict.fromkeys(given, each.at)
    of_each_version = (_dated([each for each in ranked if each not in prints]), _dated(prints))
    dated = min(filter(None, of_each_version), key=_is_inferred, default=None)
    if dated:
        values["published"] = dated.record.published
        values["published_inferred"] = "published" in dated.record.inferred
        origin["published"] = dated.at
    found = _links(ranked)
    for link, at in found:
        origin[f"links {link.url}"] = at
    merged = Paper(
        id=kept,
        former_ids=tuple(sorted({each.record.id for each in group if _is_edition(each)} - {kept})),
        **values,
        links=tuple([link for link, _ in found]),
        appearances=tuple(
            [Appearance(each.listing.id, each.record.position) for each in ranked if _is_edition(each)]
        ),
        origin=origin,
    )
    return dated_by_arxiv(merged)


def _named(ranked: Iterable[ListedRecord]) -> ListedRecord | None:
    """The first record with all authors, else the first with some."""
    with_authors = [each for each in ranked if each.record.authors]
    complete = (each for each in with_authors if not each.record.more_authors)
    return next(complete, with_authors[0] if with_authors else None)


def _printed_versions(ranked: Sequence[ListedRecord]) -> Sequence[ListedRecord]:
    """The records of the printed version, if others are of the preprint."""
    if len(ranked) < _SEVERAL or not any(same_work.is_preprint(each.record) for each in ranked):
        return ()
    return [each for each in ranked if same_work.is_print(each.record)]


def _dated(ranked: Iterable[ListedRecord]) -> ListedRecord | None:
    """The record with the best date of publication: a written one, of editions, the most precise, the newest.

    If another written date is part of that one, as 2023-05-12 is of 2023, it completes it.
    """
    dated = [each for each in ranked if each.record.published]
    if len(dated) < _SEVERAL:
        return dated[0] if dated else None
    best, *others = sorted(dated, key=_by_date)
    if _is_inferred(best):
        return best
    written = (each for each in others if not _is_inferred(each))
    return next((each for each in written if _is_part(each.record.published, best.record.published)), best)


def _by_date(listed: ListedRecord) -> tuple[bool, bool, int]:
    return _is_inferred(listed), not _is_edition(listed), -len(str(listed.record.published))


def _is_inferred(listed: ListedRecord) -> bool:
    return "published" in listed.record.inferred


def _is_part(one: PartialDate | None, whole: PartialDate | None) -> bool:
    return one != whole and str(one).startswith(str(whole))


def _links(ranked: Iterable[ListedRecord]) -> Sequence[tuple[Link, Location]]:
    """Every link once: from the first record that says whether it is official, else from the first one."""
    given = [(link, each.at) for each in ranked for link in each.record.code]
    if len(given) < _SEVERAL:
        return given
    found: dict[str, tuple[Link, Location]] = {}
    for link, at in given:
        key = links.key(link.url)
        known, _ = found.setdefault(key, (link, at))
        if known.official is None and link.official is not None:
            found[key] = link, at
    return list(found.values())


def _is_edition(listed: ListedRecord) -> bool:
    return listed.listing.role == "edition"


def _earliest_capture_first(listed: ListedRecord) -> tuple[bool, int, str, int]:
    captured = listed.listing.captured or date.max
    return (not _is_edition(listed), captured.toordinal(), listed.listing.id, listed.record.position)


def _newest_capture_first(listed: ListedRecord) -> tuple[bool, int, str, int]:
    """Editions before facts, which therefore only complete."""
    captured = listed.listing.captured or date.min
    return (not _is_edition(listed), -captured.toordinal(), listed.listing.id, listed.record.position)
